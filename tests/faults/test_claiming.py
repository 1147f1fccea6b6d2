"""Workers that claim rows at the same time, and one that dies between claiming and committing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from contacts.queries import register
from delivery.models import Event
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.celery import app
from referrals.actions.sending import send_referrals
from referrals.drafts import read_draft
from referrals.models import Referral
from tests.breaking import until
from tests.builders import body
from tests.cast import PIRKANMAA
from tests.conftest import cluster
from tools import servers

pytestmark = pytest.mark.django_db(transaction=True)
ROUTE = "referrals.route_pending"


@pytest.fixture
def waiting(handler, broker) -> int:
    """As many referrals wait for the router, more than one batch."""
    draft = read_draft(body("supplementary_application"), on=clock.today(), register=register())
    return len(send_referrals({str(number): draft for number in range(300)}, by=handler.actor))


@contextmanager
def feed_held() -> Iterator[None]:
    """Nobody can commit an event for Pirkanmaa meanwhile: who has routed waits with all rows claimed."""
    with psycopg.connect(cluster().url(connection.settings_dict["NAME"], servers.APPLICATION)) as holder:
        holder.execute("INSERT INTO delivery_feedcounter (authority_id, last) VALUES (%s, 0)", [PIRKANMAA])
        yield
        holder.rollback()


def held_up() -> int:
    """How many workers wait for the feed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


def statuses() -> set[str]:
    with acting(Actor.system("test")):
        return set(Referral.objects.values_list("status", flat=True))


def assert_each_delivered_once(count: int) -> None:
    with acting(Actor.system("test")):
        assert Referral.objects.filter(status="delivered", version=2).count() == count
        numbers = Event.objects.filter(kind="delivered").order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, count + 1))


def test_two_workers_take_different_rows_and_deliver_each_once(start_worker, waiting):
    with feed_held():
        for _ in range(2):
            start_worker()
            app.send_task(ROUTE)
        until(lambda: held_up() == 2)
    until(lambda: statuses() == {"delivered"})
    assert_each_delivered_once(waiting)


def test_a_worker_killed_with_rows_in_its_hands_leaves_them_to_the_next(start_worker, waiting):
    with feed_held():
        process = start_worker()
        app.send_task(ROUTE)
        until(lambda: held_up() == 1)
        os.killpg(process.pid, signal.SIGKILL)
    until(lambda: held_up() == 0)
    assert statuses() == {"sent"}
    start_worker()
    app.send_task(ROUTE)
    until(lambda: statuses() == {"delivered"})
    assert_each_delivered_once(waiting)
