"""The one clock: times are UTC, days are Helsinki's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """This day in Helsinki, by which every deadline and responsibility is counted."""
    return helsinki_day(now())


def helsinki_day(moment: datetime) -> date:
    """The Helsinki date of an aware `moment`."""
    return moment.astimezone(HELSINKI).date()


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Everything inside happens at `at` (aware): for replays of a past day and for tests."""
    token = _frozen.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
