"""Any table of a year by dimensions of the reader's choice, and the same as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.pages import for_roles
from kela_kunta.base import clock
from stats import queries, wording
from stats.exports.dataset import Dataset
from stats.exports.files import FORMATS, WRITERS
from stats.figures import dataset
from stats.pages.grids import laid_out
from stats.pages.reading import READERS, TODAY, counted, division_of, frame, is_full
from stats.queries.publishing import AREAS, ATTRIBUTES

MOST = 3  # dimensions of one table on a page
LONGEST = 200  # characters of a list of dimensions
DEFAULT = ("type",)
TOLD = ("type", *AREAS, *ATTRIBUTES)
WITHIN = ("receiver",)  # what only those see who see every count


@dataclass(frozen=True, slots=True)
class Asked:
    """Which table the address asks for: all that the page shows follows from it."""

    by: tuple[str, ...]
    only: Mapping[str, str] = field(default_factory=dict)
    division: date | None = None

    @property
    def query(self) -> str:
        """The address's part that asks for it."""
        wanted: list[tuple[str, str]] = [("by", ",".join(self.by)), *self.only.items()]
        return urlencode([*wanted, *([("division", TODAY)] if self.division else [])], safe=",")


class Misunderstood(Exception):
    """`field` of the form is wrong, as `text` says."""

    def __init__(self, field: str, text: str | Promise) -> None:
        super().__init__(field)
        self.field, self.text = field, text


@for_roles(*READERS)
@require_safe
def table(request: HttpRequest, year: int) -> HttpResponse:
    """`?by=` lists dimensions; each of them may be limited to one value, `?division=today` takes today's areas."""
    years = counted(year)
    try:
        asked = read(request.GET, full=is_full(request), division=division_of(request))
        found, values = _found(year, asked, full=is_full(request))
        data = _data(year, asked, found)
    except Misunderstood as wrong:
        return _wrong(request, year, years, wrong)
    counts = list(found.cells.values())
    context = _form(request, year, years, asked, values) | {
        "data": data,
        "grid": laid_out(data),
        "hidden": counts.count(None),
        "all_hidden": bool(counts) and all(count is None for count in counts),
        "formats": FORMATS.items(),
    }
    return render(request, "stats/table.html", context)


@for_roles(*READERS)
@require_safe
def export(request: HttpRequest, year: int) -> HttpResponse:
    """The same table as a file: `?format=` csv, xlsx, jsonstat or px."""
    years = counted(year)
    try:
        form = request.GET.get("format", "csv")
        if form not in WRITERS:
            raise Misunderstood("format", _("There is no such format."))
        asked = read(request.GET, full=is_full(request), division=division_of(request))
        found, _values = _found(year, asked, full=is_full(request))
        return WRITERS[form](_data(year, asked, found))
    except Misunderstood as wrong:
        return _wrong(request, year, years, wrong)


def read(params: QueryDict, *, full: bool, division: date | None) -> Asked:
    """What an address asks for. Dimensions come with commas or one by one.

    Raises:
        Misunderstood
    """
    listed = ",".join(params.getlist("by"))[:LONGEST].split(",")
    by = tuple(name.strip() for name in listed if name.strip()) or DEFAULT
    if set(by) - {*TOLD, *(WITHIN if full else ())}:
        raise Misunderstood("by", _("There is no such dimension."))
    if len(set(by)) < len(by):
        raise Misunderstood("by", _("Name each dimension once."))
    if len(by) > MOST:
        raise Misunderstood("by", _("Choose three dimensions at most."))
    return Asked(by, {name: str(params[name]) for name in by if params.get(name)}, division)


def _found(year: int, asked: Asked, *, full: bool) -> tuple[queries.Published, dict[str, list[tuple[str, str]]]]:
    """The table that is asked for, and the values that each of its dimensions could be limited to."""
    try:
        [found] = queries.shown(year, asked.by, full=full, division=asked.division)
    except queries.TooManyCells as error:
        raise Misunderstood("by", error.title) from error
    values = {
        name: wording.values_of(name, {cell[place] for cell in found.cells}) for place, name in enumerate(asked.by)
    }
    for name, value in asked.only.items():
        if value not in dict(values[name]):
            raise Misunderstood(name, _("There is no such value in this year."))
    return queries.limited(found, asked.only), values


def _data(year: int, asked: Asked, found: queries.Published) -> Dataset:
    try:
        return dataset(year, found, division=asked.division)
    except queries.TooManyCells as error:
        raise Misunderstood("by", error.title) from error


def _form(
    request: HttpRequest,
    year: int,
    years: list[int],
    asked: Asked,
    values: Mapping[str, Sequence[tuple[str, str]]],
) -> dict[str, Any]:
    names = [*TOLD, *(WITHIN if is_full(request) else ())]
    return frame(request, year, years, place="table") | {
        "asked": asked,
        "slots": [asked.by[place] if place < len(asked.by) else "" for place in range(MOST)],
        "dimensions": [(name, wording.DIMENSIONS[name]) for name in names],
        "limits": [
            (name, wording.DIMENSIONS[name], listed, asked.only.get(name, "")) for name, listed in values.items()
        ],
        "today": clock.today(),
        "wrong": None,
    }


def _wrong(request: HttpRequest, year: int, years: list[int], wrong: Misunderstood) -> HttpResponse:
    """The form again, with what is wrong at its head."""
    context = _form(request, year, years, Asked(DEFAULT), {}) | {"wrong": wrong}
    return render(request, "stats/table.html", context, status=422)
