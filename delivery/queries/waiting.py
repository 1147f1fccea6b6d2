"""Authorities whose systems ought to fetch what happened, and do not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting

LONGEST_SILENCE = timedelta(hours=2)

# An authority has fetched as far as the one of its systems that has come furthest, by feed or by webhook. What it did
# itself does not wait for it, and what is protected waits only where a system is cleared to see it.
_UNFETCHED = """
WITH fetched AS (
    SELECT r.authority_id, r.fetched_at, r.number
    FROM delivery_reader r JOIN accounts_apiclient c ON r.client_id = 'client:' || c.client_id
    UNION ALL
    SELECT s.authority_id, coalesce(s.delivered_at, s.created_at), coalesce(
        (SELECT min(d.number) - 1 FROM delivery_delivery d
         WHERE d.subscription_id = s.id AND d.next_attempt_at IS NOT NULL), s.number)
    FROM delivery_subscription s JOIN accounts_apiclient c ON s.client_id = 'client:' || c.client_id
    WHERE s.state <> 'ended'
), last AS (
    SELECT authority_id, max(fetched_at) AS fetched_at, max(number) AS number FROM fetched GROUP BY authority_id
)
SELECT last.authority_id, last.fetched_at, count(DISTINCT e.subject_id), min(e.at)
FROM last JOIN delivery_event e ON e.authority_id = last.authority_id AND e.number > last.number
WHERE last.fetched_at <= %(silent_since)s
  AND e.actor_authority <> e.authority_id
  AND (NOT e.protected OR EXISTS (
      SELECT 1 FROM accounts_apiclient c WHERE c.authority_id = e.authority_id AND c.cleared AND NOT c.test))
GROUP BY last.authority_id, last.fetched_at
HAVING min(e.at) <= %(silent_since)s
ORDER BY min(e.at), last.authority_id
"""


@dataclass(frozen=True, slots=True)
class Unfetched:
    """How many referrals have changed, since when, and when the authority last fetched anything."""

    authority: str
    fetched_at: datetime
    referrals: int
    since: datetime


def unfetched() -> list[Unfetched]:
    """Authorities with systems that have fetched nothing for two hours although something waits, longest first.

    One statement, read by our own job: only counts come out of it.
    """
    with acting(Actor.system("watch")), connection.cursor() as cursor:
        cursor.execute(_UNFETCHED, {"silent_since": clock.now() - LONGEST_SILENCE})
        return [Unfetched(*row) for row in cursor.fetchall()]
