"""Whether an entry of the directory can still be relied on."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

ASKED_BEFORE = timedelta(days=14)


class Freshness(StrEnum):
    """How long ago an entry was confirmed, against what its owner has promised."""

    FRESH = "fresh"
    DUE = "due"  # soon to be confirmed: its owner is asked
    STALE = "stale"  # its time is over: the page says so


def review_on(confirmed_on: date, months: int) -> date:
    """The last day on which an entry counts as confirmed: `months` calendar months later, clamped to the month's end."""
    years, month = divmod(confirmed_on.month - 1 + months, 12)
    year, month = confirmed_on.year + years, month + 1
    return date(year, month, min(confirmed_on.day, monthrange(year, month)[1]))


def freshness(confirmed_on: date, months: int, *, on: date) -> Freshness:
    """What an entry confirmed on that day, to be reviewed every `months` months, is on day `on`."""
    last = review_on(confirmed_on, months)
    if on > last:
        return Freshness.STALE
    return Freshness.DUE if on >= last - ASKED_BEFORE else Freshness.FRESH
