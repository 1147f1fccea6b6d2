"""Writing to the event log. One row is history, change feed and outbox at once.

Numbers are given at the very end of the transaction, authorities in sorted order: so their
order is the order of commits, no reader skips one, and no two writers deadlock
(docs/why/events.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, collect
from kela_kunta.base.wake import wake


@dataclass(frozen=True, slots=True)
class Happening:
    """An event about to be written. `authority` is the code of the one whose feed it enters, if any.

    `protected`: it is about a person under non-disclosure for personal safety (Act 661/2009, section 36).
    """

    subject_kind: str
    subject_id: UUID
    version: int
    kind: str
    status: str
    by: Actor
    _: KW_ONLY
    protected: bool
    authority: str | None = None
    at: datetime = field(default_factory=clock.now)
    data: dict[str, Any] = field(default_factory=dict)


def record(happening: Happening) -> None:
    """Write `happening` in the present transaction, just before it commits.

    Raises:
        NobodyActs: outside `acting()`.
    """
    collect(write, happening)


# Row by row in sorted order, so that two who write to the same feeds wait for each other and do not lock up.
_BUMP = """
INSERT INTO delivery_feedcounter AS counter (authority_id, last)
SELECT * FROM unnest(%s::text[], %s::bigint[]) AS wanted (authority, count) ORDER BY authority
ON CONFLICT (authority_id, test) DO UPDATE SET last = counter.last + excluded.last
RETURNING authority_id, last
"""
# Without RETURNING: the writer need not be one of those who may read the event. One statement for all: a statement
# for each would be planned, and its policies with it, as often.
_INSERT = """
INSERT INTO delivery_event (subject_id, version, subject_kind, kind, status, at, role, actor_id, actor_name,
                            actor_authority, call, data, protected, authority_id, number)
SELECT * FROM unnest(%s::uuid[], %s::integer[], %s::text[], %s::text[], %s::text[], %s::timestamptz[], %s::text[],
                     %s::text[], %s::text[], %s::text[], %s::text[], %s::jsonb[], %s::boolean[],
                     %s::text[], %s::bigint[])
"""


def write(happenings: list[Happening]) -> None:
    """Number the happenings of each feed and insert all."""
    numbers = reserve(Counter(happening.authority for happening in happenings if happening.authority))
    rows = [
        _row(happening, next(numbers[happening.authority]) if happening.authority else None) for happening in happenings
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, list(map(list, zip(*rows, strict=True))))
    if numbers:
        wake("delivery.deliver_pending")


def _row(h: Happening, number: int | None) -> tuple[Any, ...]:
    by = (h.by.role, h.by.id, h.by.name, h.by.authority, h.by.call)
    subject = (h.subject_id, h.version, h.subject_kind)
    return (*subject, h.kind, h.status, h.at, *by, Jsonb(h.data), h.protected, h.authority, number)


def reserve(counts: Mapping[str, int]) -> dict[str, Iterator[int]]:
    """The next numbers of the feeds of authorities, as many of each as `counts` says.

    Who else writes to one of these feeds waits until this transaction ends.
    """
    if not counts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_BUMP, [list(counts), list(counts.values())])
        return {authority: iter(range(last - counts[authority] + 1, last + 1)) for authority, last in cursor.fetchall()}
