"""Tables as they may leave Kela: small counts hidden, and nothing told from which they could be computed
(stats/rules/disclosure.py, docs/why/small-counts.md).

Told are, each by type or for all types: counts by area, and by region with one of month, urgency and outcome. Any
other combination is too fine: its cells are hidden whatever their size. Of a year that has not ended only the country
and its regions are told, for what one day's table has more than the day before's would be somebody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod

from django.utils.translation import gettext_lazy as _

from contacts.models import Municipality
from kela_kunta.base import clock
from kela_kunta.base.problems import Problem
from stats.queries.inhabitants import membership
from stats.queries.tables import Table, Wanted, table
from stats.rules.disclosure import Protected, nested_atoms, protect, told

AREAS = ("region", "county", "district", "municipality")
ATTRIBUTES = ("month", "urgent", "outcome")
NOWHERE = ("unknown", "withheld")
MONTHS = [f"{month:02}" for month in range(1, 13)]
MOST_CELLS = 50_000
COUNTIES_BEGAN = date(2023, 1, 1)
Cell = tuple[str, ...]


class TooManyCells(Problem):
    """A table larger than anybody reads."""

    status, code, title = 422, "too_many_cells", _("This table would be too large. Ask for fewer dimensions.")
    remedy = "Ask for fewer dimensions in `by`."


@dataclass(frozen=True, slots=True)
class Published:
    """Every cell of a table: its count, or None where that is not told."""

    by: tuple[str, ...]
    cells: dict[Cell, int | None]


def published(year: int, by: Sequence[str], *, division: date | None = None) -> Published:
    """What may be told of a year's table, by areas of its last day or of the day `division`. At most twelve statements.

    Raises:
        KeyError: there is no such dimension, or it is none that leaves Kela.
        TooManyCells
    """
    [found] = published_tables(year, [by], division=division)
    return found


def published_tables(year: int, tables: Sequence[Sequence[str]], *, division: date | None = None) -> list[Published]:
    """The same of several tables; each after the first takes two statements at most.

    Raises:
        KeyError: there is no such dimension, or it is none that leaves Kela.
        TooManyCells
    """
    if unknown := {name for by in tables for name in by} - {*AREAS, *ATTRIBUTES, "type"}:
        raise KeyError(*sorted(unknown))
    telling = _Telling(year, division)
    return [telling.table(tuple(by)) for by in tables]


class _Telling:
    """A year's counts, and what of them may be told."""

    def __init__(self, year: int, division: date | None) -> None:
        self.year, self.division = year, division
        self.ended = year < clock.today().year
        counts = table(Wanted((year,), ("type", "municipality")))
        self.places = _places(year, division, counts.values("municipality"))
        self.types = counts.values("type")
        self.counts: defaultdict[Cell, int] = defaultdict(int, counts.cells)

    def table(self, by: tuple[str, ...]) -> Published:
        areas = [name for name in by if name in AREAS]
        attributes = [name for name in by if name in ATTRIBUTES]
        if not attributes:
            return self._by_area(by, areas)
        if len(attributes) == 1 and set(areas) <= {"region"} and self.division is None:
            return self._by_attribute(by, attributes[0])
        return self._too_fine(by)

    def _by_area(self, by: tuple[str, ...], areas: list[str]) -> Published:
        groups = {type: {place: group for group in self._groups(type) for place in group} for type in self.types}
        members: defaultdict[Cell, list[str]] = defaultdict(list)
        for place, areas_of in self.places.items():
            members[tuple(areas_of[name] for name in areas)].append(place)
        cells: dict[Cell, int | None] = {}
        for area, places in members.items():
            for types in _parts(self.types, by):
                parts = [
                    sum(self.counts[type, place] for place in places)
                    if told(places, {groups[type][place] for place in places})  # no other group can be cut
                    else None
                    for type in types
                ]
                cells[_key(by, areas, area, types)] = _sum(parts)
        return Published(by, cells)

    def _groups(self, type: str) -> list[frozenset[str]]:
        """What is told of a type's municipalities: in groups within the regions of that year's last day, and there within
        the counties wherever these are not small."""
        regions: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for place, areas in self.places.items():
            regions[areas["own region"]][place] = self.counts[type, place]
        if not self.ended:
            return [frozenset(region) for region in regions.values()]
        counties = {place: areas["own county"] for place, areas in self.places.items()}
        return [group for region in regions.values() for group in nested_atoms(region, counties)]

    def _by_attribute(self, by: tuple[str, ...], name: str) -> Published:
        counts = table(Wanted((self.year,), ("type", "region", name)))
        values = self._values(name, counts)
        regions = sorted({areas["region"] for areas in self.places.values()})
        by_type = {
            type: {
                (region, value): counts.cells.get((type, region, value), 0)
                for region, value in product(regions, values)
            }
            for type in self.types
        }
        hidden = {type: self._hidden(cells) for type, cells in by_type.items()}
        cells: dict[Cell, int | None] = {}
        for value, types in product(values, _parts(self.types, by)):
            if "region" not in by:
                whole = [
                    None if value in hidden[type].columns else sum(by_type[type][region, value] for region in regions)
                    for type in types
                ]
                cells[_key(by, [name], (value,), types)] = _sum(whole)
                continue
            for region in regions:
                parts = [
                    None if (region, value) in hidden[type].cells else by_type[type][region, value] for type in types
                ]
                cells[_key(by, ["region", name], (region, value), types)] = _sum(parts)
        return Published(by, cells)

    def _hidden(self, cells: dict[tuple[str, str], int]) -> Protected:
        if self.ended:
            return protect(cells)
        return Protected(frozenset(cells), frozenset(value for _region, value in cells))

    def _values(self, name: str, counts: Table) -> list[str]:
        return {"month": MONTHS, "urgent": ["false", "true"]}.get(name) or counts.values(name)

    def _too_fine(self, by: tuple[str, ...]) -> Published:
        """All hidden: which cells there could be is all that is told."""
        domains: dict[str, list[str]] = {"type": self.types}
        for name in by:
            if name in ATTRIBUTES:
                domains[name] = self._values(name, table(Wanted((self.year,), (name,))))
        areas = [name for name in by if name in AREAS]
        places = sorted({tuple(areas_of[name] for name in areas) for areas_of in self.places.values()})
        others = [name for name in by if name not in AREAS]
        if len(places) * prod(len(domains[name]) for name in others) > MOST_CELLS:
            raise TooManyCells
        return Published(
            by,
            {
                _ordered(by, dict(zip(areas, place, strict=True)) | dict(zip(others, rest, strict=True))): None
                for place in places
                for rest in product(*(domains[name] for name in others))
            },
        )


def _parts(types: list[str], by: tuple[str, ...]) -> Iterator[list[str]]:
    """The types of a cell: each alone, or all together where the table is not by type."""
    yield from ([type] for type in types) if "type" in by else [types]


def _sum(parts: Sequence[int | None]) -> int | None:
    """The whole is told only when every part is."""
    return None if None in parts else sum(part or 0 for part in parts)


def _key(by: tuple[str, ...], names: Sequence[str], values: Cell, types: list[str]) -> Cell:
    found = dict(zip(names, values, strict=True))
    return _ordered(by, found | {"type": types[0]} if "type" in by else found)


def _ordered(by: tuple[str, ...], values: dict[str, str]) -> Cell:
    return tuple(values[name] for name in by)


def _places(year: int, division: date | None, counted: Sequence[str]) -> dict[str, dict[str, str]]:
    """Every place that counts of a year can have, with its areas. `own region` is that of the year's last day, `own county`
    that of the same day or of the counties' first: they do not depend on `division`, or two tables could be subtracted."""
    last = date(year, 12, 31)
    own, day = _members(last), division or last
    then = _members(day)
    counties = membership("county", max(last, COUNTIES_BEGAN))
    successors = dict(Municipality.objects.filter(successor__isnull=False).values_list("code", "successor_id"))
    ends = {row.code: row.valid.upper for row in Municipality.objects.filter(successor__isnull=False)}

    def became(code: str) -> str:
        while code in successors and ends[code] <= day:
            code = successors[code]
        return code

    def county(code: str) -> str:
        while code not in counties and code in successors:
            code = successors[code]
        return counties.get(code, "unknown")

    def areas(code: str, region: str) -> dict[str, str]:
        now = became(code)
        found = {name: then[name].get(now, "unknown") for name in then}
        return found | {"municipality": now, "own region": region, "own county": county(code)}

    places = {code: areas(code, region) for code, region in own["region"].items()}
    places |= {code: dict.fromkeys((*AREAS, "own region", "own county"), code) for code in NOWHERE}
    # One that was gone before the year's last day is counted in no region (stats/sql/table.sql).
    return places | {code: areas(code, "unknown") for code in counted if code not in places}


def _members(day: date) -> dict[str, dict[str, str]]:
    return {name: membership(name, day) for name in ("region", "county", "district")}
