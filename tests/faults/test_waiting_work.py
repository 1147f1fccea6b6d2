"""Rows are the queue: whatever is killed, emptied or hangs costs seconds, never a referral."""

import os
import signal
import time

import pytest
from django.db import connection
from django.db.models import Count

from delivery.models import Event
from kela_kunta.base.actor import Actor, acting
from referrals.models import Referral
from tests.breaking import until
from tests.conftest import cluster
from tools import servers

pytestmark = pytest.mark.django_db(transaction=True)


def waiting() -> int:
    with acting(Actor.system("test")):
        return Referral.objects.filter(status="sent").count()


def test_a_wake_up_brings_a_referral_to_its_authority_without_a_sweep(start_worker, send_only):
    start_worker()
    send_only()
    assert until(lambda: waiting() == 0) < 5


def test_without_a_broker_sending_works_and_the_sweep_delivers_later(broker, start_worker, start_beat, send_only):
    start_worker()
    broker.kill()
    began = time.monotonic()
    send_only()
    assert time.monotonic() - began < 2
    assert waiting() == 1
    broker.start()
    start_beat()
    until(lambda: waiting() == 0)


def test_a_broker_that_hangs_holds_a_sender_for_little_more_than_a_second(broker, send_only):
    send_only()  # connected
    broker.process.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    send_only()
    assert time.monotonic() - began < 2.5
    assert waiting() == 2


def test_a_worker_works_on_after_the_broker_died_with_all_it_held(broker, start_worker, send_only):
    process = start_worker()
    broker.kill()
    time.sleep(0.5)
    broker.start()
    send_only()
    until(lambda: waiting() == 0)
    assert process.poll() is None


def test_workers_killed_at_work_lose_nothing_and_do_nothing_twice(start_worker, send_only):
    sent = 60
    for _ in range(3):
        process = start_worker()
        for _ in range(sent // 3):
            send_only()
        os.killpg(process.pid, signal.SIGKILL)
    start_worker()
    send_only()
    until(lambda: waiting() == 0)
    with acting(Actor.system("test")):
        kinds = dict(Event.objects.values_list("kind").annotate(Count("kind")))
        assert Referral.objects.filter(status="delivered").count() == sent + 1
    assert kinds == {"sent": sent + 1, "delivered": sent + 1}


def test_a_database_that_was_away_is_found_again_by_the_worker(start_worker, start_beat, send_only):
    """All of the worker's connections are cut, as when PostgreSQL restarts."""
    start_worker()
    send_only()
    until(lambda: waiting() == 0)
    with cluster().superuser() as database:
        database.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = %s",
            [connection.settings_dict["NAME"], servers.APPLICATION],
        )
    connection.close()  # the test's own was cut too
    start_beat()
    send_only()
    until(lambda: waiting() == 0)
