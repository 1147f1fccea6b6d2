"""Years with counts that are easy to follow, small ones among them."""

from __future__ import annotations

from datetime import UTC, datetime

from stats.models import CountedYear, FollowUp, WorkCount, YearlyCount

APPLICATION, UNDER_25 = "supplementary_application", "under_25"
# type, area, month, urgent, outcome, count: Tampere, Akaa, Orivesi and Nokia in Pirkanmaa; Helsinki; Kuhmoinen.
CELLS = (
    ("supplementary_application", "837", 1, False, "granted", 100),
    ("supplementary_application", "837", 2, True, "granted", 60),
    ("supplementary_application", "091", 1, False, "rejected", 400),
    ("supplementary_application", "091", 2, True, "rejected", 90),
    ("supplementary_application", "562", 1, False, "granted", 3),
    ("supplementary_application", "536", 1, False, "granted", 9),
    ("under_25", "837", 3, False, "", 50),
    ("under_25", "091", 3, False, "", 70),
    ("under_25", "withheld", 3, False, "", 6),
)
# type, receiver, measure, value, count, each in the home that HOMES has for the receiver: of the 662 applications and 126 notices above
WORK = (
    (APPLICATION, "county-08", "delivered", "", 662),
    (APPLICATION, "county-08", "noted", "0", 300),
    (APPLICATION, "county-08", "noted", "2", 300),
    (APPLICATION, "county-08", "closed", "5", 400),
    (APPLICATION, "county-08", "closed", "11", 100),
    (APPLICATION, "county-08", "begun", "in_time", 450),
    (APPLICATION, "county-08", "begun", "late", 50),
    (APPLICATION, "county-08", "returned", "moved", 20),
    (APPLICATION, "county-21", "returned", "duplicate", 46),
    (UNDER_25, "county-21", "delivered", "", 126),
    (UNDER_25, "county-21", "noted", "3", 9),
    (UNDER_25, "county-21", "begun", "in_time", 9),
)
HOMES = {"county-08": "837", "county-21": "698"}


def year_of(year: int, *, times: int = 1) -> None:
    """A counted year with the cells above, each so many times as large."""
    YearlyCount.objects.bulk_create(
        YearlyCount(
            year=year, month=month, type=type, area=area, receiver="county-08", urgent=urgent, outcome=outcome,
            count=count * times,
        )
        for type, area, month, urgent, outcome, count in CELLS
    )  # fmt: skip
    CountedYear.objects.create(year=year, built_at=datetime(2026, 1, 2, tzinfo=UTC), referrals=788, seconds=1)


def worked(year: int) -> None:
    """How what `year_of` counts was handled."""
    for cell in WORK:
        work_of(year, *cell)


def work_of(year: int, type: str, receiver: str, measure: str, value: str, count: int) -> None:
    """One more cell of it."""
    WorkCount.objects.create(
        year=year, type=type, area=HOMES.get(receiver, "unknown"), receiver=receiver, measure=measure, value=value,
        count=count,
    )  # fmt: skip


def followed_up(year: int) -> None:
    """How it went on with those of whom `worked` tells under 25, and with some immigrants."""
    for type, receiver, *counts in (
        (UNDER_25, "county-08", 30, 20, 0),
        (UNDER_25, "county-21", 50, 21, 5),
        ("immigrant", "county-08", 12, 3, 0),
    ):
        still, ended, untold = counts
        FollowUp.objects.create(year=year, type=type, receiver=receiver, still=still, ended=ended, untold=untold)
