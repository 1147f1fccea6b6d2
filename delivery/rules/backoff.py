"""When to try again what did not get through: waits that double, with jitter, for three days."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=3)
_DOUBLINGS = 7  # after which the longest wait is reached


def next_try(attempts: int, *, began: datetime, now: datetime, chance: float) -> datetime | None:
    """When to try again after the failure number `attempts` (from 1); None to give up.

    `began` is the moment of the first try. `chance`, at least 0 and below 1, spreads those that
    failed together over the second half of the wait. The last try falls on the end of the third day.
    """
    end = began + GIVEN_UP_AFTER
    if now >= end:
        return None
    return min(now + longest_wait(attempts) * (1 - chance / 2), end)


def longest_wait(attempts: int) -> timedelta:
    """How long at most to wait after the failure number `attempts` (from 1)."""
    return min(FIRST_WAIT * 2 ** min(attempts - 1, _DOUBLINGS), LONGEST_WAIT)
