from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.pages import for_roles
from contacts.models import Region
from referrals.types import TYPES
from stats import maps, queries

ALAND = "21"
READERS = ("handler", "supervisor", "editor", "analyst", "worker", "lead", "directory")


@for_roles(*READERS)
def newest(request: HttpRequest) -> HttpResponse:
    """The latest counted year."""
    years = queries.counted_years()
    if not years:
        return render(request, "stats/nothing.html")
    return redirect("stats:year", year=years[0])


@for_roles(*READERS)
def one_year(request: HttpRequest, year: int) -> HttpResponse:
    years = queries.counted_years()
    if year not in years:
        raise Http404
    found = queries.year(year)
    types = [TYPES[code] for code in found.by_type]
    largest = max((row.total for row in found.regions), default=0)
    return render(
        request,
        "stats/year.html",
        {
            "found": found,
            "years": years,
            "figures": [(kind, found.by_type[kind.code], found.share(kind.code)) for kind in types],
            "types": types,
            "table": [
                (row, [row.counts.get(kind.code, 0) for kind in types], round(100 * row.total / largest))
                for row in found.regions
            ],
            "map": _map(found),
            "months": _months(found.months),
        },
    )


@for_roles(*READERS)
def definitions(request: HttpRequest) -> HttpResponse:
    return render(request, "stats/definitions.html", {"types": TYPES.values()})


def _map(found: queries.Year) -> dict[str, Any]:
    """Each region's outline with its class (0 for Åland, where this is not Kela's task), and the key of the classes."""
    height, paths = maps.region_paths(found.year)
    totals = {row.code: row.total for row in found.regions}
    names = {region.code: region.name for region in Region.objects.all()}
    limits = maps.classes(list(totals.values()))
    return {
        "width": maps.WIDTH,
        "height": height,
        "regions": [
            (
                path,
                names[code],
                totals.get(code, 0),
                0 if code == ALAND else bisect_left(limits, totals.get(code, 0)) + 1,
            )
            for code, path in paths.items()
        ],
        "key": [
            (place, lower + 1 if lower else 0, upper)
            for place, (lower, upper) in enumerate(pairwise([0, *limits]), start=1)
        ],
    }


def _months(months: dict[int, int]) -> list[tuple[int, int, int]]:
    """(month, count, per cent of the largest month)."""
    largest = max(months.values(), default=0) or 1
    return [(month, months.get(month, 0), round(100 * months.get(month, 0) / largest)) for month in range(1, 13)]
