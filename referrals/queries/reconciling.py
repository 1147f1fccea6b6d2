"""What an authority holds, day by day, for comparing with what its own system holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor

_DAYS = """
SELECT (delivered_at AT TIME ZONE 'Europe/Helsinki')::date AS day, count(*),
       encode(sha256(convert_to(string_agg(id || ':' || version || ':' || status || E'\\n', '' ORDER BY id), 'UTF8')), 'hex'),
       CASE WHEN %(ids)s THEN json_agg(json_build_object('id', id, 'version', version, 'status', status) ORDER BY id) END
FROM referrals_referral
WHERE receiving_authority_id = %(authority)s AND delivered_at >= %(since)s AND delivered_at < %(until)s
GROUP BY day ORDER BY day
"""


@dataclass(frozen=True, slots=True)
class Day:
    """The referrals that the authority received on a Helsinki day, as they are now.

    `digest` is the SHA-256, in hexadecimal, of the lines "id:version:status", each ended by a
    line feed, sorted. `items` has the same in order, None when nobody asked for it.
    """

    day: date
    count: int
    digest: str
    items: list[dict[str, Any]] | None


def days_of_delivery(by: Actor, *, first: date, last: date, ids: bool) -> list[Day]:
    """The days from `first` to `last`, both included, on which `by`'s authority received what it has and `by` may see.

    By day; days without any are left out. One statement, read from an index.
    """
    values: dict[str, Any] = {
        "authority": by.authority,
        "since": _midnight(first),
        "until": _midnight(last + timedelta(days=1)),
        "ids": ids,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, values)
        return [Day(*row) for row in cursor.fetchall()]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.HELSINKI)
