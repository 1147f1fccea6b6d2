"""What is known about people goes when it is not kept any more; numbers stay."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from datetime import time as time_of_day
from typing import Any

from django.db import connection, transaction

from accounts.actions.forgetting import forget_looks
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.models import Purge, Trace
from referrals.rules import retention

PURGER = Actor.system("retention")
AT_ONCE = 500  # referrals in one transaction
Gone = dict[str, int]


def purge_expired(as_of: date) -> Purge:
    """Delete what is not kept any more as of a Helsinki day that has come; how many of each kind.

    Referrals go with their client, details, decision, files, messages and events, in transactions
    of their own: what breaks off goes on the next night. The counts of statistics stay, and from
    the first moment on it is known that their source may not be whole any more.

    Raises:
        ValueError: the day is still to come.
    """
    began, gone = time.monotonic(), Counter[str]()
    parts = _parts(as_of)
    with acting(PURGER):
        purge = Purge.objects.create(as_of=as_of, started_at=clock.now())
    for part in parts:
        gone.update(part)
    with acting(PURGER):
        purge.seconds, purge.gone = time.monotonic() - began, dict(gone)
        purge.save(update_fields=["seconds", "gone"])
        return purge


def preview_purge(as_of: date) -> Gone:
    """What `purge_expired` would delete as of the same day: it is tried, and taken back.

    Raises:
        ValueError: the day is still to come.
    """
    gone = Counter[str]()
    with transaction.atomic():
        for part in _parts(as_of):
            gone.update(part)
        transaction.set_rollback(True)
    return dict(gone)


def _parts(as_of: date) -> Iterator[Gone]:
    """Each part is deleted when it is asked for."""
    if as_of > clock.today():
        raise ValueError(f"{as_of} is still to come.")
    return _deleted(retention.limits(as_of))


def _deleted(limits: retention.Limits) -> Iterator[Gone]:
    ended, mistaken, spoken, looked, traced = (
        datetime.combine(day, time_of_day(), clock.HELSINKI)
        for day in (limits.referrals, limits.mistakes, limits.messages, limits.looks, limits.traces)
    )
    yield {"referrals": 0}
    while number := _call("purge_referrals_v1", ended, mistaken, sorted(retention.MISTAKES), AT_ONCE)[0]:
        yield {"referrals": number}
    yield {"messages": _call("purge_messages_v1", spoken)[0]}
    months, imports, people = _call("purge_months_v1", limits.months)
    yield {"months": months, "imports": imports, "recipients": people}
    yield {"runs": _call("purge_runs_v1", ended)[0]}
    yield {"looks": forget_looks(looked, by=PURGER)}
    yield {"traces": _forget_traces(traced)}


def _forget_traces(before: datetime) -> int:
    with acting(PURGER):
        return Trace.objects.filter(at__lt=before).delete()[0]


def _call(function: str, *values: Any) -> tuple[int, ...]:
    """One of PostgreSQL's functions that alone may delete, in a transaction of its own."""
    with acting(PURGER), connection.cursor() as cursor:
        cursor.callproc(function, values)
        return tuple(cursor.fetchone())
