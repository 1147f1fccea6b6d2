"""Is the process alive, and can it do its work?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from psycopg_pool import ConnectionPool

from kela_kunta.celery import app

PATIENCE = 2  # seconds for each answer


@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """200 while this process answers, whatever else is away."""
    return JsonResponse({"status": "alive"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, broker and a worker answer; else 503, and which of them does not."""
    parts = {name: _answers(part) for name, part in PARTS.items()}
    is_ready = all(parts.values())
    body = {
        "status": "ready" if is_ready else "not ready",
        **{name: "answers" if answers else "away" for name, answers in parts.items()},
    }
    return JsonResponse(body, status=200 if is_ready else 503)


def _answers(part: Callable[[], Any]) -> bool:
    try:
        return bool(part())
    except Exception:  # noqa: BLE001 - whatever a driver raises: that part is away
        return False


def _database() -> bool:
    pool: ConnectionPool = connection.pool  # type: ignore[attr-defined]  # PostgreSQL's connection has one
    pool.open()  # Django opens it with the first query; until then it is closed
    with pool.connection(timeout=PATIENCE) as database:
        return bool(database.execute("SELECT true").fetchone())


def _broker() -> bool:
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=PATIENCE)
        return True


def _workers() -> bool:
    return bool(app.control.ping(timeout=PATIENCE, limit=1))


PARTS: dict[str, Callable[[], bool]] = {"database": _database, "broker": _broker, "workers": _workers}
