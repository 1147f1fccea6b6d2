"""A batch of a thousand referrals by the API's own code, against plain inserts of the rows that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from statistics import median
from typing import Any

import psycopg
from django.db import models
from psycopg import sql

from contacts.queries import register
from kela_kunta.base import clock
from kela_kunta.base.actor import acting
from kela_kunta.base.problems import Invalid
from kela_kunta.demo.world import world
from referrals.api.sending import send_many
from referrals.drafts import read_draft
from referrals.models import BasicDecision, Client, Referral
from referrals.types import TYPES
from tools.bench.pending import HANDLER
from tools.bench.results import Result, seconds
from tools.bench.stage import BASE, Stage, say

LENGTH, ROUNDS = 1_000, 3
_DAY = datetime(2017, 12, 29, 12, tzinfo=UTC)
_PARTS: list[type[models.Model]] = [Referral, Client, *(kind.model for kind in TYPES.values()), BasicDecision]
_TABLES = [*(part._meta.db_table for part in _PARTS), "delivery_event"]
_AT_MOST = 65_535  # parameters of one statement
Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


def measure(stage: Stage) -> list[Result]:
    sent, inserted = [], []
    with clock.frozen(_DAY):
        for place in range(1, ROUNDS + 1):
            with stage.copy(BASE):
                bodies = list(islice(_bodies(), LENGTH))
                _send(bodies[:10], "warm")
                sent.append(seconds(partial(_send, bodies, "bench")))
                with stage.superuser() as session:
                    made = {table: _read(session, table) for table in _TABLES}
            with stage.copy(BASE), stage.superuser() as session:
                inserted.append(seconds(partial(_insert, session, made)))
            say(f"batches, round {place} of {ROUNDS}: {sent[-1]:.2f} s, inserts {inserted[-1]:.2f} s")
    return [
        Result(
            f"A batch of {LENGTH} sent",
            median(sent),
            "s",
            median(inserted),
            "psycopg's multi-row inserts of the same rows, the same triggers at work",
            goal=2.5,
            why="The inserts find every column ready; a batch is read field by field, checked by the rules of its "
            "type, sealed, and each item answered with the whole referral.",
        )
    ]


def _bodies() -> Iterator[dict[str, Any]]:
    """Referrals of 2017 as JSON, of all types, such as can be sent on its last days."""
    year, names = world(_DAY.year, sample=2 * LENGTH), register()
    teller = year.teller()
    for planned in year.plan:
        body = teller.story(planned).body
        try:
            read_draft(body, on=clock.today(), register=names)
        except Invalid:
            continue
        yield body


def _send(bodies: list[dict[str, Any]], name: str) -> None:
    items = [{"idempotency_key": f"{name}-{place}", "referral": body} for place, body in enumerate(bodies)]
    with acting(HANDLER):
        results = send_many({"items": items}, by=HANDLER)
    if refused := [result for result in results if result["status"] != 201]:
        raise RuntimeError(f"{len(refused)} of a batch were refused: {refused[0]['problem']['code']}.")


def _read(session: psycopg.Connection, table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The rows of the batch, without those that warmed it up, as text that PostgreSQL reads back into its types."""
    named = session.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
        "AND attidentity = '' AND attgenerated = '' ORDER BY attnum",
        [table],
    )
    names = [name for (name,) in named]
    reference = {"referrals_referral": "id", "delivery_event": "subject_id"}.get(table, "referral_id")
    query = sql.SQL(
        "SELECT {} FROM {} WHERE {} IN (SELECT id FROM referrals_referral WHERE key LIKE 'bench-%')"
    ).format(
        sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(name)) for name in names),
        sql.Identifier(table),
        sql.Identifier(reference),
    )
    return names, session.execute(query).fetchall()


def _insert(session: psycopg.Connection, made: Rows) -> None:
    """One statement for as many rows as it can hold, all in one transaction."""
    with session.transaction():
        for table, (names, rows) in made.items():
            step = _AT_MOST // len(names)
            for start in range(0, len(rows), step):
                part = rows[start : start + step]
                one = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(names)))
                session.execute(
                    sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
                        sql.Identifier(table),
                        sql.SQL(", ").join(map(sql.Identifier, names)),
                        sql.SQL(", ").join([one] * len(part)),
                    ),
                    [value for row in part for value in row],
                )
