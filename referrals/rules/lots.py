"""When many alerts for one municipality leave: not all at once, but in lots, so that the receiver can keep up (Kela's
practice of 2017)."""

from __future__ import annotations

from datetime import date, timedelta

MONDAY = 0


def release_days(count: int, *, on: date, most_at_once: int, lot_size: int, queued: int = 0) -> list[date]:
    """The day of sending for each of `count` alerts of one municipality, oldest first, found on day `on`.

    Up to `most_at_once` leave at once; more leave each Monday, `lot_size` at a time, from the first Monday on, behind
    the `queued` that have had their places there since an earlier day.
    """
    if count <= most_at_once:
        return [on] * count
    first = first_monday(on)
    return [first + timedelta(weeks=place // lot_size) for place in range(queued, queued + count)]


def first_monday(on: date) -> date:
    """The next Monday, or `on` if it is one."""
    return on + timedelta(days=(MONDAY - on.weekday()) % 7)
