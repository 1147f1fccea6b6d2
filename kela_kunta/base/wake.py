"""Waking a worker after the transaction. If the wake-up is lost, the sweep comes."""

from __future__ import annotations

import logging
from functools import partial

from celery import current_app
from django.db import connection, transaction

logger = logging.getLogger(__name__)


def wake(task: str) -> None:
    """Once the present transaction has committed, ask a worker to run `task`; a broker that is away costs only time.

    Once a transaction is enough: however many rows wait, the worker finds them all.
    """
    if not _is_asked(task):
        transaction.on_commit(partial(_send, task), robust=True)


def _is_asked(task: str) -> bool:
    """Whether the present transaction asks for it already, not only in a savepoint that might be rolled back alone."""
    present = set(connection.savepoint_ids)
    return any(
        isinstance(call, partial) and call.func is _send and call.args == (task,) and set(savepoints) <= present
        for savepoints, call, *_ in connection.run_on_commit
    )


def _send(task: str) -> None:
    try:
        current_app.send_task(task, ignore_result=True)
    except Exception as error:  # noqa: BLE001 - whatever the broker's client raises: the row is the queue
        logger.warning("no wake-up for %s: %s", task, type(error).__name__)
