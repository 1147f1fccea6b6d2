"""Years with counts that are easy to follow, small ones among them."""

from __future__ import annotations

from datetime import UTC, datetime

from stats.models import CountedYear, YearlyCount

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
