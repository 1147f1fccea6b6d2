"""Waking a worker after the transaction. If the wake-up is lost, the sweep comes."""

from __future__ import annotations

import logging
import threading
from functools import partial

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)


def wake(task: str) -> None:
    """Once the present transaction has committed, ask a worker to run `task`; a broker that is away costs only time.

    Once a transaction is enough, however many rows wait: the worker finds them all.
    """
    _asked.tasks.add(task)
    transaction.on_commit(partial(_send_once, task), robust=True)


class _Asked(threading.local):
    """The tasks that the thread's transaction asks for and has not sent yet.

    A task whose transaction was rolled back may stay here; it is sent with the next one of its name.
    """

    def __init__(self) -> None:
        self.tasks: set[str] = set()


_asked = _Asked()


def _send_once(task: str) -> None:
    if task in _asked.tasks:
        _asked.tasks.discard(task)
        _send(task)


def _send(task: str) -> None:
    try:
        current_app.send_task(task, ignore_result=True)
    except Exception as error:  # noqa: BLE001 - whatever the broker's client raises: the row is the queue
        logger.warning("no wake-up for %s: %s", task, type(error).__name__)
