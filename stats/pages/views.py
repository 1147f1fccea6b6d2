from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.pages import for_roles
from referrals.types import TYPES
from stats import queries

READERS = ("handler", "supervisor", "editor", "analyst", "worker", "lead", "directory")


@for_roles(*READERS)
def newest(request: HttpRequest) -> HttpResponse:
    """The latest year that is over and counted, else the latest counted one."""
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
    return render(
        request,
        "stats/year.html",
        {
            "found": found,
            "years": years,
            "figures": [(kind, found.by_type[kind.code], found.share(kind.code)) for kind in types],
            "types": types,
            "table": [(row, [row.counts.get(kind.code, 0) for kind in types]) for row in found.regions],
            "months": [(month, found.months.get(month, 0)) for month in range(1, 13)],
            "largest_month": max(found.months.values(), default=0),
        },
    )


@for_roles(*READERS)
def definitions(request: HttpRequest) -> HttpResponse:
    return render(request, "stats/definitions.html", {"types": TYPES.values()})
