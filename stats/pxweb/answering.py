"""From a question to its table of counts, in the language active now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import prod

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kela_kunta.base import clock
from stats import wording
from stats.exports.dataset import Dataset, Dimension
from stats.pxweb.catalogue import CONTENTS, COUNT, PxTable
from stats.pxweb.problems import NoCodelist, NoExpression, NoSelection, NoVariable, TooMany
from stats.pxweb.selection import chosen
from stats.queries import shown

MOST_CELLS = 100_000  # of one answer
MOST_CODES = 1_000  # that a question may list of one variable
LONGEST_CODE = 100  # characters of one, or of an expression
Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Codes and expressions by variable, and lists of codes by variable. A variable left out is summed over."""

    selection: Mapping[str, Sequence[str]]
    codelists: Mapping[str, str] = field(default_factory=dict)


def usual(table: PxTable) -> Question:
    """What is answered when nothing is chosen: everything of the latest time, of the whole country in tables by more."""
    names = [name for name in table.variables if not (table.attribute and name == "region")]
    return Question({name: ["top(1)" if name == table.time else "*"] for name in names})


def answer(table: PxTable, question: Question) -> Dataset:
    """The counts as they may leave Kela. A variable without a selection is left out of the table that is told, not added
    up from told cells: so a total is told wherever it may be.

    Raises:
        NoVariable, NoCodelist, NoSelection, NoValue, NoExpression, TooMany
    """
    dimensions = _dimensions(table, question)
    if prod(len(one.values) for one in dimensions) > MOST_CELLS:
        raise TooMany
    day = clock.today() if table.today or question.codelists else None
    return described(table, dimensions, _cells(table, dimensions, day), day)


def described(
    table: PxTable,
    dimensions: Sequence[Dimension],
    cells: Mapping[Cell, int | None],
    day: date | None = None,
) -> Dataset:
    """Counts with their words: of the whole table or of a part of it."""
    times = next(one for one in dimensions if one.is_time)
    by = [one.code for one in dimensions if one.code != "year"]
    return Dataset(
        name=f"kela_kunta_{table.id}",
        title=table.title([code for code, _label in times.values], by or ["year"]),
        measure=_("Referrals"),
        dimensions=dimensions,
        cells=cells,
        source=_("Kela and the municipalities: referrals in social assistance"),
        updated=table.updated(),
        language=(get_language() or "fi")[:2],
        notes=wording.notes(hidden=sum(count is None for count in cells.values()), division=day),
    )


def _dimensions(table: PxTable, question: Question) -> list[Dimension]:
    selection = dict(question.selection)
    if chosen(selection.pop(CONTENTS, [COUNT]), [COUNT]) != [COUNT]:
        raise NoSelection(CONTENTS)
    if unknown := {*selection, *question.codelists} - {*table.variables, CONTENTS}:
        raise NoVariable(", ".join(sorted(unknown)))
    for name, codelist in question.codelists.items():
        if table.codelists.get(codelist) != name:
            raise NoCodelist(codelist)
    return [
        _part(table.dimension(name, today=name in question.codelists), wanted)
        for name in table.variables
        if (wanted := selection.get(name)) or name == table.time
    ]


def _part(whole: Dimension, wanted: Sequence[str] | None) -> Dimension:
    """The chosen values of a variable."""
    if not wanted:
        raise NoSelection(whole.code)
    if len(wanted) > MOST_CODES or any(len(code) > LONGEST_CODE for code in wanted):
        raise NoExpression(whole.code)
    codes = set(chosen(wanted, [code for code, _label in whole.values], is_time=whole.is_time))
    if not codes:
        raise NoSelection(whole.code)
    values = [(code, label) for code, label in whole.values if code in codes]
    return Dimension(whole.code, whole.label, values, is_time=whole.is_time, is_place=whole.is_place)


def _cells(table: PxTable, dimensions: Sequence[Dimension], day: date | None) -> dict[Cell, int | None]:
    """The told counts of the cells that were asked for. Some twelve statements a year."""
    names = [one.code for one in dimensions]
    by = [name for name in names if name != "year"]
    wanted = [{code for code, _label in one.values} for one in dimensions]
    cells: dict[Cell, int | None] = {}
    for year in sorted({int(code[:4]) for code in wanted[names.index(table.time)]}):
        [found] = shown(year, by, full=False, division=day)
        for values, count in found.cells.items():
            here = dict(zip(by, values, strict=True))
            here |= {"month": f"{year}M{here['month']}"} if "month" in here else {"year": str(year)}
            cell = tuple(here[name] for name in names)
            if all(code in codes for code, codes in zip(cell, wanted, strict=True)):
                cells[cell] = count
    return cells
