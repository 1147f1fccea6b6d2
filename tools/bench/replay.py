"""The whole year 2017 by the product's rules, against COPY of the very same rows into the same tables."""

from __future__ import annotations

import resource
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from django.db.models import Model
from psycopg import sql

from accounts.models import User
from delivery.models import Event, FeedCounter
from kela_kunta.demo.replay import replay
from kela_kunta.demo.world import world
from referrals.models import DETAIL_MODELS, BasicDecision, Client, Referral
from tools.bench.results import Result, seconds
from tools.bench.stage import BASE, Stage, say

YEAR = 2017
ROUNDS = 3
MODELS: list[type[Model]] = [User, Referral, Client, *DETAIL_MODELS, BasicDecision, Event, FeedCounter]
TABLES = [model._meta.db_table for model in MODELS]
_CHUNK = 1 << 20  # bytes


def measure(stage: Stage) -> list[Result]:
    replayed, copied, telling = [], [], []
    with TemporaryDirectory() as folder:
        for place in range(1, ROUNDS + 1):
            with stage.copy(BASE):
                before = _processor_seconds()
                replayed.append(seconds(lambda: replay(world(YEAR))))
                telling.append(_processor_seconds() - before)
                if place == 1:
                    _write_rows(stage, Path(folder))
            with stage.copy(BASE):
                copied.append(seconds(lambda: _copy_rows(stage, Path(folder))))
            say(f"replay, round {place} of {ROUNDS}: {replayed[-1]:.1f} s, COPY {copied[-1]:.1f} s")
    return [
        Result(
            "The year 2017 replayed",
            median(replayed),
            "s",
            median(copied),
            "COPY of the same rows in one session",
            goal=2,
            why=f"{median(telling):.0f} s of processor time, shared by two processes, go into telling who sends what "
            "and what becomes of it, by the product's rules; COPY finds all that ready.",
        )
    ]


def _processor_seconds() -> float:
    """What this process and those it waited for have used, PostgreSQL's apart."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _write_rows(stage: Stage, folder: Path) -> None:
    with stage.superuser() as connection:
        for table in TABLES:
            statement = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(table))
            with (folder / table).open("wb") as file, connection.cursor().copy(statement) as rows:
                file.writelines(rows)


def _copy_rows(stage: Stage, folder: Path) -> None:
    """Every constraint, index and foreign key is in place; row security is not asked, COPY being refused under it."""
    with stage.superuser() as connection, connection.transaction():
        for table in TABLES:
            statement = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(table))
            with (folder / table).open("rb") as file, connection.cursor().copy(statement) as rows:
                while chunk := file.read(_CHUNK):
                    rows.write(chunk)
