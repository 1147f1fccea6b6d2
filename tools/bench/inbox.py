"""The inbox at ten thousand and at a million referrals: the same open work, and an archive a hundred times as large."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from statistics import median

import psycopg
from django.db import models
from django.test import Client as Browser
from django.urls import reverse
from psycopg import sql

from accounts.models import User
from kela_kunta.base import clock
from kela_kunta.base.actor import acting
from kela_kunta.demo.accounts import make_accounts
from referrals import queries
from referrals.models import DETAIL_MODELS, Client, Referral
from referrals.pages.filters import NEAREST_DEADLINE
from tools.bench.pending import COUNT, pending, route_all
from tools.bench.results import Result, seconds
from tools.bench.stage import Stage, say

SMALL, BIG = COUNT, 1_000_000
BLOCKS, WARMING, CALLS = 6, 5, 15
WORKER, HANDLER = "worker.pirkanmaa", "handler"
MODELS: list[type[models.Model]] = [Referral, Client, *DETAIL_MODELS]

# Seven of ten are closed, a few came back, the rest is being worked on, with deadlines around today.
_AGE = """
WITH numbered AS (
    SELECT id, row_number() OVER (ORDER BY id) AS place FROM referrals_referral WHERE status = 'delivered'
), new AS (
    SELECT id, place, make_interval(days => (mod(place, 10) + CASE WHEN mod(place, 10) < 7 THEN 10 ELSE 0 END)::integer) AS back,
           CASE WHEN mod(place, 10) < 7 THEN 'closed' WHEN mod(place, 100) = 99 THEN 'returned'
                ELSE (ARRAY['delivered', 'acknowledged', 'in_progress'])[1 + mod(place / 10, 3)] END AS status
    FROM numbered
)
UPDATE referrals_referral AS referral SET
    status = new.status, sent_at = sent_at - back, delivered_at = delivered_at - back, updated_at = updated_at - back,
    due_on = CASE WHEN new.status NOT IN ('closed', 'returned') THEN current_date + mod(place / 10, 21)::integer - 4 END,
    closed_at = CASE WHEN new.status = 'closed' THEN delivered_at - back + interval '5 days' END,
    outcome = CASE WHEN new.status = 'closed' THEN 'granted' ELSE '' END,
    return_reason = CASE WHEN new.status = 'returned' THEN 'other' ELSE '' END,
    assignee_id = CASE WHEN new.status = 'in_progress' AND receiving_authority_id = worker.authority_id THEN worker.id END
FROM new, accounts_user worker
WHERE referral.id = new.id AND worker.username = %s
"""
_COPIED = """
CREATE TEMP TABLE copied AS
SELECT id AS old, uuidv7(-back) AS new, '-' || times AS mark, back
FROM generate_series(1, 200) times, make_interval(weeks => {weeks}) back, referrals_referral
WHERE status = %s ORDER BY times DESC LIMIT %s
"""
_CHANGED = {
    "id": "copied.new",
    "referral_id": "copied.new",
    "key": "source.key || copied.mark",
    **{
        column: f"source.{column} - copied.back"
        for column in ("sent_at", "first_delivered_at", "delivered_at", "closed_at", "updated_at")
    },
}


def measure(stage: Stage) -> list[Result]:
    small = ten_thousand(stage)
    say(f"inbox: filling the archive up to {BIG} referrals ...")
    big = stage.template("million", small, lambda: _fill_archive(stage))
    times: dict[str, dict[str, list[float]]] = {small: defaultdict(list), big: defaultdict(list)}
    for _ in range(BLOCKS):
        for database, taken in times.items():
            stage.use(database)
            for name, call in _calls().items():
                taken[name] += [seconds(call) for _ in range(WARMING + CALLS)][WARMING:]
    return [
        Result(
            f"{name}, at {BIG}", 1000 * median(slow), "ms", 1000 * median(times[small][name]), f"at {SMALL}", goal=1.3
        )
        for name, slow in times[big].items()
    ]


def _calls() -> dict[str, Callable[[], None]]:
    """What is measured, as the worker meets it, the line in the access log included; and the box beside a handler's form."""
    worker, handler = (User.objects.get(username=name) for name in (WORKER, HANDLER))
    by, today = worker.actor, clock.today()
    browser, writing = logged_in(worker), logged_in(handler)
    new = reverse("referrals:new", args=["supplementary-application"])

    def query() -> None:
        condition = queries.inbox_view(by, "open", today=today)
        with acting(by):
            queries.worklist(by, condition, queries.Wanted(), order=NEAREST_DEADLINE)

    def page(view: str) -> None:
        answer = browser.get(reverse("referrals:worklist"), {"view": view})
        if answer.status_code != 200:
            raise RuntimeError(f"The worklist answered {answer.status_code}.")

    def box() -> None:
        answer = writing.post(new, {"step": "aside", "client.home_municipality": "837"})
        if answer.status_code != 200:
            raise RuntimeError(f"The box answered {answer.status_code}.")

    return {
        "The inbox's query": query,
        "The inbox's page": lambda: page("open"),
        "The page of the closed": lambda: page("closed"),
        "The box beside the form": box,
    }


def logged_in(user: User) -> Browser:
    browser = Browser(SERVER_NAME="127.0.0.1")
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def ten_thousand(stage: Stage) -> str:
    """The template with `SMALL` referrals of the last weeks."""
    return stage.template("ten_thousand", pending(stage), lambda: _make_small(stage))


def _make_small(stage: Stage) -> None:
    """Route what waits, and let most of it have come to an end."""
    make_accounts()
    route_all()
    with past_triggers(stage) as session:
        session.execute(_AGE, [WORKER])
        session.execute("VACUUM ANALYZE")


def _fill_archive(stage: Stage) -> None:
    """The closed ones again and again, each time four weeks further back: some ten years."""
    with past_triggers(stage) as session:
        copy_past(session, BIG - SMALL, status="closed", weeks="4 * times")
        session.execute("VACUUM ANALYZE")


def copy_past(session: psycopg.Connection, count: int, *, status: str, weeks: str) -> None:
    """Up to `count` copies of the referrals in a status, all of them once for each `times`, set back by so many `weeks`
    (in SQL); with all that lists and figures show, which is neither events nor decisions."""
    session.execute(sql.SQL(_COPIED).format(weeks=sql.SQL(weeks)), [status, count])
    session.execute("ANALYZE copied")
    for model in MODELS:
        _copy(session, model)


def _copy(session: psycopg.Connection, model: type[models.Model]) -> None:
    key = "id" if model is Referral else "referral_id"
    columns = [str(field.column) for field in model._meta.concrete_fields]
    values = [_CHANGED.get(column, f"source.{column}") for column in columns]
    session.execute(
        sql.SQL(
            "INSERT INTO {table} ({columns}) SELECT {values} FROM {table} source JOIN copied ON source.{key} = old"
        ).format(
            table=sql.Identifier(model._meta.db_table),
            columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
            values=sql.SQL(", ").join(map(sql.SQL, values)),
            key=sql.Identifier(key),
        )
    )


def past_triggers(stage: Stage) -> psycopg.Connection:
    """A session for what nobody does: neither foreign keys nor the life cycle are asked."""
    session = stage.superuser()
    session.execute(
        "SET session_replication_role = replica; SET maintenance_work_mem = '256MB'; SET work_mem = '256MB'"
    )
    return session
