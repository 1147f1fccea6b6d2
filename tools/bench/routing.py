"""Routing of what waits by two workers, against one UPDATE that sets the same columns of the same rows."""

from __future__ import annotations

from functools import partial
from statistics import median

import psycopg
from psycopg import sql

from tools.bench.pending import COUNT, pending, route_all
from tools.bench.results import Result, seconds
from tools.bench.stage import Stage, say

ROUNDS = 3
COLUMNS = [
    "status", "version", "routing_reason", "receiving_authority_id", "delivered_at", "first_delivered_at", "due_on",
    "first_due_on", "acknowledge_by", "updated_at",
]  # fmt: skip
_ROUTED = sql.SQL("SELECT id, {} FROM referrals_referral").format(sql.SQL(", ").join(map(sql.Identifier, COLUMNS)))
_OUTCOME = sql.SQL("COPY ({}) TO STDOUT").format(_ROUTED)
_UPDATE = sql.SQL("UPDATE referrals_referral AS referral SET {} FROM routed WHERE referral.id = routed.id").format(
    sql.SQL(", ").join(sql.SQL("{0} = routed.{0}").format(sql.Identifier(column)) for column in COLUMNS)
)


def measure(stage: Stage) -> list[Result]:
    template = pending(stage)
    routed, updated = [], []
    for place in range(1, ROUNDS + 1):
        with stage.copy(template):
            routed.append(seconds(route_all))
            with stage.superuser() as session, session.cursor().copy(_OUTCOME) as lines:
                outcome = b"".join(lines)
        with stage.copy(template), stage.superuser() as session:
            _lay_ready(session, outcome)
            updated.append(seconds(partial(session.execute, _UPDATE)))
        say(f"routing, round {place} of {ROUNDS}: {routed[-1]:.1f} s, UPDATE {updated[-1]:.2f} s")
    return [
        Result(
            f"{COUNT} referrals routed by two workers",
            median(routed),
            "s",
            median(updated),
            "one UPDATE of the same columns, without the events",
            goal=10,
            why="The UPDATE finds every answer ready; a router reads the case, decides by the rules, and writes an "
            "event with its number in the authority's feed.",
        )
    ]


def _lay_ready(session: psycopg.Connection, outcome: bytes) -> None:
    """Put what routing made beside the rows that wait, so that it has only to be taken over."""
    session.execute(sql.SQL("CREATE TEMP TABLE routed AS {} LIMIT 0").format(_ROUTED))
    with session.cursor().copy("COPY routed FROM STDIN") as lines:
        lines.write(outcome)
    session.execute("ANALYZE routed")
