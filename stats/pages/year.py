"""A year at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.pages import for_roles
from contacts.models import Region
from kela_kunta.base import clock
from referrals.types import TYPES
from referrals.types.base import ReferralType
from stats import charts, queries, wording
from stats.pages.drawing import draw
from stats.pages.reading import READERS, counted, frame, is_full, last_day
from stats.queries.publishing import MONTHS
from stats.rules.comparing import Change, change, per_thousand, share, whole


@dataclass(frozen=True, slots=True)
class Figure:
    """A type's count in the year and in the year before, where that was counted."""

    type: ReferralType
    count: int
    share: float
    change: Change | None


@for_roles(*READERS)
@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """The latest counted year."""
    years = queries.counted_years()
    if not years:
        return render(request, "stats/nothing.html")
    return redirect("stats:year", year=years[0])


@for_roles(*READERS)
@require_safe
def one_year(request: HttpRequest, year: int) -> HttpResponse:
    """`?measure=` and `?map=` change the map."""
    return render(request, "stats/year.html", glance(request, year))


def glance(request: HttpRequest, year: int) -> dict[str, Any]:
    """What the page and the report tell of a year, as far as this reader may see it.

    Raises:
        Http404: the year has no counts.
    """
    years = counted(year)
    found = queries.year(year)
    before = queries.by_type(year - 1) if year - 1 in years and year < clock.today().year else {}
    months, urgent, outcomes = queries.shown(year, ["month"], ["type", "urgent"], ["outcome"], full=is_full(request))
    types = [TYPES[code] for code in found.by_type]
    context = frame(request, year, years, place="year") | {
        "found": found,
        "before": sum(before.values()) if before else None,
        "change": change(sum(before.values()), found.total) if before else None,
        "figures": [
            Figure(
                kind,
                found.by_type[kind.code],
                found.share(kind.code),
                change(before.get(kind.code, 0), found.by_type[kind.code]) if before else None,
            )
            for kind in types
        ],
        "types": types,
        "months": _months(months),
        "urgent": _urgent(urgent, types),
        "outcomes": _outcomes(outcomes),
    }
    return context | _regions(request, found, types)


def _regions(request: HttpRequest, found: queries.Year, types: list[ReferralType]) -> dict[str, Any]:
    """The table by region, and its map. Regional totals by type are exact for everybody."""
    people = queries.inhabitants("region", found.year, last_day(found.year))
    totals = {row.code: row.total for row in found.regions}
    rates = {code: per_thousand(totals.get(code, 0), people.get(code)) for code in people}
    widths = charts.lengths(list(totals.values()))
    return {
        "people_year": queries.population_year(found.year),
        "table": [
            (row, [row.counts.get(kind.code, 0) for kind in types], rates.get(row.code), width)
            for row, width in zip(found.regions, widths, strict=True)
        ],
        "map": draw(
            "region",
            found.year,
            {region.code: region.name for region in Region.objects.all()},
            totals,
            rates,
            request.GET,
        ),
    }


def _months(found: queries.Published) -> dict[str, Any] | None:
    """The months as a line and as rows; None where they are not told."""
    counts = [found.cells.get((month,), 0) for month in MONTHS]
    chart = charts.line_chart([counts])
    if chart is None:
        return None
    rows = zip(range(1, 13), counts, charts.lengths(counts), strict=True)
    return {
        "chart": chart,
        "line": chart.lines[0],
        "labels": list(enumerate(chart.across, start=1)),
        "rows": list(rows),
    }


def _urgent(found: queries.Published, types: list[ReferralType]) -> list[tuple[ReferralType, int | None, float | None]]:
    """Of each type that has any: how many were urgent, and which share of it."""
    rows = []
    for kind in types:
        urgent, other = (found.cells.get((kind.code, value), 0) for value in ("true", "false"))
        if urgent != 0:
            rows.append((kind, urgent, share(urgent, whole([urgent, other]))))
    return rows


def _outcomes(found: queries.Published) -> list[tuple[str, int | None, int | None]]:
    """(outcome, count, per cent of the largest), the most first."""
    labels = wording.values_of("outcome", [code for (code,) in found.cells])
    rows = sorted(
        ((label, found.cells[code,]) for code, label in labels), key=lambda row: (row[1] is None, -(row[1] or 0))
    )
    return [(*row, width) for row, width in zip(rows, charts.lengths([count for _, count in rows]), strict=True)]
