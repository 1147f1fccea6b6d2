"""What all pages of statistics ask first: who reads, of which year, by which division."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kela_kunta.base import clock
from stats import queries

READERS = ("handler", "supervisor", "editor", "analyst", "worker", "lead", "directory")
OWN_READERS = ("worker", "lead")  # who works with their authority's referrals
TODAY = "today"  # ?division=today: by the areas of today, whatever the year
FIRST_COUNTY_YEAR = 2023
AREAS: dict[str, str | Promise] = {
    "region": _("Regions"),
    "county": _("Wellbeing services counties"),
    "district": _("Kela's areas"),
    "municipality": pgettext_lazy("statistics", "Municipalities"),
    "receiver": _("Receivers"),
}


def is_full(request: HttpRequest) -> bool:
    """Whether this reader sees every count; who does not sees what may leave Kela."""
    return bool(request.actor.role == "analyst")


def counted(year: int) -> list[int]:
    """Every year that has counts, the latest first.

    Raises:
        Http404: `year` is none of them.
    """
    years = queries.counted_years()
    if year not in years:
        raise Http404
    return years


def division_of(request: HttpRequest) -> date | None:
    """The day whose areas are asked for; None for those of the year itself."""
    return clock.today() if request.GET.get("division") == TODAY else None


def last_day(year: int) -> date:
    """The day by whose division a year's areas are told."""
    return date(year, 12, 31)


def frame(request: HttpRequest, year: int, years: list[int], *, place: str) -> dict[str, Any]:
    """What the head of every page needs: `place` says which of them it is."""
    areas = [(kind, label) for kind, label in AREAS.items() if kind != "receiver" or is_full(request)]
    return {
        "year": year,
        "years": years,
        "place": place,
        "areas": areas,
        "full": is_full(request),
        "has_own": request.actor.role in OWN_READERS,
        "ended": year < clock.today().year,
    }
