"""Waking a worker after the transaction. If the wake-up is lost, the sweep comes."""

from __future__ import annotations

import logging

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)


def wake(task: str) -> None:
    """Once the present transaction has committed, ask a worker to run `task`; a broker that is away costs only time."""
    transaction.on_commit(lambda: _send(task), robust=True)


def _send(task: str) -> None:
    try:
        current_app.send_task(task, ignore_result=True)
    except Exception as error:  # noqa: BLE001 - whatever the broker's client raises: the row is the queue
        logger.warning("no wake-up for %s: %s", task, type(error).__name__)
