"""A year by areas of one kind, and one area by its municipalities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.pages import for_roles
from contacts.models import County, Region
from kela_kunta.base import clock
from referrals.types import TYPES
from referrals.types.base import ReferralType
from stats import charts, queries, wording
from stats.pages.drawing import ALAND, Map, draw
from stats.pages.reading import (
    AREAS,
    FIRST_COUNTY_YEAR,
    READERS,
    TODAY,
    counted,
    division_of,
    frame,
    is_full,
    last_day,
)
from stats.rules.comparing import per_thousand, whole

MAPPED = {"region": Region, "county": County}
EMPTY = (*wording.NOWHERE, *ALAND.values())  # shown only where something was counted
DRILLED = ("region", "county", "district")  # what consists of municipalities


@dataclass(frozen=True, slots=True)
class Row:
    """One area: its counts in the order of the types, what they are together and of 1 000 inhabitants, and the bar."""

    code: str
    name: str
    counts: list[int | None]
    total: int | None
    rate: float | None
    width: int | None
    leads: bool


@for_roles(*READERS)
@require_safe
def by_area(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """All areas of a kind by type. `?division=today` takes the areas of today, which counties before they began always
    are; `?measure=` and `?map=` change the map."""
    years, division = _asked(request, year, kind)
    day = division or last_day(year)
    [found] = queries.shown(year, ["type", kind], full=is_full(request), division=division)
    types = _types(found, 0)
    people = queries.inhabitants(kind, year, day) if kind != "receiver" else {}
    rows = [row for row in _rows(found, kind, types, people) if row.total != 0 or row.code not in EMPTY]
    context = frame(request, year, years, place=kind) | {
        "kind": kind,
        "label": AREAS[kind],
        "types": types,
        "rows": rows,
        "hides": any(None in row.counts for row in rows),
        "division": TODAY if division else "",
        "day": day,
        "always_today": kind == "county" and year < FIRST_COUNTY_YEAR,
        "people_year": queries.population_year(year),
        "map": _map(kind, day, rows, request) if kind in MAPPED else None,
    }
    return render(request, "stats/by_area.html", context)


@for_roles(*READERS)
@require_safe
def one_area(request: HttpRequest, year: int, kind: str, code: str) -> HttpResponse:
    """The municipalities of a region, county or Kela's area, in the year's division or that of `?division=today`."""
    if kind not in DRILLED:
        raise Http404
    years, division = _asked(request, year, kind)
    day = division or last_day(year)
    wholes, parts = queries.shown(
        year, ["type", kind], ["type", "municipality", kind], full=is_full(request), division=division
    )
    name = dict(wording.values_of(kind, [code])).get(code)
    members = queries.limited(parts, {kind: code})
    if name is None or not (members.cells or queries.limited(wholes, {kind: code}).cells):
        raise Http404
    types = _types(wholes, 0)
    inside = queries.Published(("type", "municipality"), {cell[:2]: count for cell, count in members.cells.items()})
    rows = _rows(inside, "municipality", types, queries.inhabitants("municipality", year, day))
    together = next(
        iter(_rows(queries.limited(wholes, {kind: code}), kind, types, queries.inhabitants(kind, year, day))), None
    )
    context = frame(request, year, years, place=kind) | {
        "kind": kind,
        "code": code,
        "name": name,
        "label": AREAS[kind],
        "types": types,
        "rows": rows,
        "together": together,
        "hides": any(None in row.counts for row in rows),
        "division": TODAY if division else "",
        "always_today": kind == "county" and year < FIRST_COUNTY_YEAR,
        "day": day,
        "people_year": queries.population_year(year),
    }
    return render(request, "stats/one_area.html", context)


def _asked(request: HttpRequest, year: int, kind: str) -> tuple[list[int], date | None]:
    """The counted years, and the day whose areas are meant (None for the year's own).

    Raises:
        Http404: there is no such kind, or the year has no counts.
        PermissionDenied: by receiver no count leaves Kela.
    """
    if kind not in AREAS:
        raise Http404
    if kind == "receiver" and not is_full(request):
        raise PermissionDenied
    division = division_of(request)
    if kind == "county" and year < FIRST_COUNTY_YEAR:
        division = clock.today()
    return counted(year), division


def _types(found: queries.Published, place: int) -> list[ReferralType]:
    present = {cell[place] for cell in found.cells}
    return [kind for code, kind in TYPES.items() if code in present]


def _rows(found: queries.Published, kind: str, types: Sequence[ReferralType], people: Mapping[str, int]) -> list[Row]:
    """From a table by type and area, the areas in Finnish order."""
    named = wording.values_of(kind, {area for _type, area in found.cells})
    counts = [[found.cells.get((type.code, code), 0) for type in types] for code, _name in named]
    totals = [whole(row) for row in counts]
    return [
        Row(
            code,
            name,
            row,
            total,
            per_thousand(total, people.get(code)),
            width,
            kind in DRILLED and code not in wording.NOWHERE,
        )
        for (code, name), row, total, width in zip(named, counts, totals, charts.lengths(totals), strict=True)
    ]


def _map(kind: str, day: date, rows: Sequence[Row], request: HttpRequest) -> Map:
    names = {area.pk: area.name for area in MAPPED[kind]._default_manager.all()}
    told: dict[str, Any] = {row.code: row for row in rows}
    return draw(
        kind,
        day.year,
        names,
        {code: row.total for code, row in told.items()},
        {code: row.rate for code, row in told.items()},
        request.GET,
    )
