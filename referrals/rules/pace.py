"""How fast an authority takes note and begins, in working days."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from statistics import median_high

from referrals.rules.deadlines import first_working_day, working_days_between

FEWEST = 5  # fewer tell nothing of the usual, and too much of one


def taken(arrived_on: date, done_on: date) -> int:
    """Working days from an arrival to what was done: 0 for the same day, or the first working day after a day off."""
    return max(0, working_days_between(first_working_day(arrived_on), done_on))


def usual(days: Collection[int]) -> int | None:
    """The median of `days`, the later one of two; None when they are fewer than `FEWEST`."""
    return median_high(days) if len(days) >= FEWEST else None
