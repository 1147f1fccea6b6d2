"""Two years, two regions, or one region in two years, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from accounts.pages import for_roles
from contacts.models import Region
from stats import charts, queries, wording
from stats.pages.reading import READERS, frame, is_full, last_day
from stats.rules.comparing import Change, change, per_thousand, whole

BY: dict[str, str | Promise] = {name: wording.DIMENSIONS[name] for name in ("type", "month", "urgent", "outcome")}


@dataclass(frozen=True, slots=True)
class Side:
    """A year, of a region or of the whole country ("")."""

    year: int
    region: str
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """One value on both sides, with its bars' lengths on one scale."""

    label: str
    first: int | None
    second: int | None
    change: Change | None
    widths: tuple[int | None, int | None]


@for_roles(*READERS)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """`?year=`, `?region=` against `?with_year=`, `?with_region=`, `?by=` one dimension; what is not named or unknown is
    the latest year against the one before, of the whole country, by type."""
    years = queries.counted_years()
    if not years:
        raise Http404
    regions = {region.code: region.name for region in Region.objects.order_by("sort_key")}
    first = _side(request, "", years, years[min(1, len(years) - 1)], regions)
    second = _side(request, "with_", years, years[0], regions)
    by = request.GET.get("by", "")
    by = by if by in BY else "type"
    counts = [_counts(side, by, full=is_full(request)) for side in (first, second)]
    rows = _rows(by, *counts)
    totals = [whole(list(cells.values())) for cells in counts]
    context = frame(request, second.year, years, place="compare") | {
        "first": first,
        "second": second,
        "by": by,
        "by_label": BY[by],
        "dimensions": BY.items(),
        "regions": regions.items(),
        "rows": rows,
        "totals": totals,
        "change": change(*totals),
        "rates": [per_thousand(total, _people(side)) for total, side in zip(totals, (first, second), strict=True)],
        "hides": any(None in (row.first, row.second) for row in rows),
    }
    return render(request, "stats/compare.html", context)


def _side(request: HttpRequest, prefix: str, years: list[int], otherwise: int, regions: dict[str, str]) -> Side:
    year, region = request.GET.get(f"{prefix}year", ""), request.GET.get(f"{prefix}region", "")
    found = next((one for one in years if str(one) == year), otherwise)
    return Side(found, region, regions[region]) if region in regions else Side(found, "", "")


def _counts(side: Side, by: str, *, full: bool) -> dict[str, int | None]:
    """A side's counts by the values of `by`."""
    if not side.region:
        [found] = queries.shown(side.year, [by], full=full)
        return {value: count for (value,), count in found.cells.items()}
    [found] = queries.shown(side.year, [by, "region"], full=full)
    return {value: count for (value, region), count in found.cells.items() if region == side.region}


def _rows(by: str, first: dict[str, int | None], second: dict[str, int | None]) -> list[Row]:
    named = wording.values_of(by, {*first, *second})
    pairs = [(first.get(code, 0), second.get(code, 0)) for code, _label in named]
    widths = charts.lengths([count for pair in pairs for count in pair])
    return [
        Row(label, *pair, change(*pair), (widths[2 * place], widths[2 * place + 1]))
        for place, ((_code, label), pair) in enumerate(zip(named, pairs, strict=True))
    ]


def _people(side: Side) -> int | None:
    """Who lives on a side; Åland is not counted, since social assistance there is none of Kela's tasks."""
    people: dict[str, Any] = queries.inhabitants("region", side.year, last_day(side.year))
    return people.get(side.region) if side.region else sum(people.values()) - people.get("21", 0)
