"""Workers killed in the middle of a call, and a broker emptied again and again: every change still comes."""

from __future__ import annotations

import os
import signal
from threading import Event as Signal

import pytest
import redis

from delivery.actions.subscribing import subscribe
from delivery.models import Delivery, Subscription
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from tests.breaking import until
from tests.receiver import status

pytestmark = pytest.mark.django_db(transaction=True)
TEST = Actor.system("test")


@pytest.fixture
def worker_settings() -> dict[str, str]:
    return {"WEBHOOK_LOOPBACK": "1"}


def delivered() -> int:
    with acting(TEST):
        return Delivery.objects.filter(delivered_at__isnull=False).count()


def test_a_wake_up_calls_without_a_sweep(send, receiver, county_pirkanmaa, start_worker):
    subscribe(receiver.url, [], by=county_pirkanmaa.actor)
    start_worker()
    send()
    assert until(lambda: delivered() == 1) < 5


def test_a_call_during_which_the_worker_is_killed_is_made_again(
    send, receiver, county_pirkanmaa, start_worker, start_beat
):
    arrived, killed = Signal(), Signal()

    def hold(handler) -> None:
        arrived.set()
        killed.wait(30)
        status(204)(handler)

    receiver.replies = [hold]
    subscribe(receiver.url, [], by=county_pirkanmaa.actor)
    worker = start_worker()
    send()
    assert arrived.wait(20)
    os.killpg(worker.pid, signal.SIGKILL)
    killed.set()
    assert delivered() == 0
    with acting(TEST):
        Subscription.objects.update(sending_until=clock.now())  # a minute later
    start_worker()
    start_beat()
    until(lambda: delivered() == 1)
    assert len(receiver.calls) == 2
    assert len({call.id for call in receiver.calls}) == 1


def test_a_broker_emptied_time_and_again_loses_no_call(
    broker, send, receiver, county_pirkanmaa, start_worker, start_beat
):
    subscribe(receiver.url, [], by=county_pirkanmaa.actor)
    sent = []

    def empty() -> None:
        with redis.Redis.from_url(broker.url) as client:
            client.flushall()

    for _ in range(3):
        sent.append(str(send().pk))
        empty()
    start_worker()
    start_beat()
    for _ in range(3):
        sent.append(str(send().pk))
        empty()
    until(lambda: delivered() == len(sent))
    assert [call.data["referral"] for call in receiver.calls] == sent
