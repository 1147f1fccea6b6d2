"""The Celery application: it wakes workers up, nothing more.

A worker is started with `--without-gossip --without-mingle --without-heartbeat`: workers
need not know each other, and every such message is one more that a lost broker can disturb.
"""

import os
from typing import Any

from celery import Celery, Task
from celery.app.amqp import AMQP
from celery.signals import task_postrun, task_prerun
from django.db import connections
from kombu import Connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kela_kunta.settings")


class QuickConnection(Connection):
    """Comes back soon after the broker does: kombu itself waits for 2 to 30 s between two tries."""

    def _ensure_connection(self, *settled: Any, **wanted: Any) -> Any:
        if len(settled) < 3:
            wanted = {"interval_start": 0.2, "interval_step": 0.2, "interval_max": 1} | wanted
        return super()._ensure_connection(*settled, **wanted)


class QuickAMQP(AMQP):
    Connection = QuickConnection


app = Celery("kela_kunta", amqp=QuickAMQP)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
@task_postrun.connect
def hand_back(sender: Task, **others: Any) -> None:
    """Give connections back to the pool, which looks whether they still live before it hands them out again."""
    if not sender.request.is_eager:
        connections.close_all()
