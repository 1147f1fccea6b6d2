"""Redis emptied while wake-ups wait in it, and while workers listen."""

from __future__ import annotations

import pytest
import redis

from kela_kunta.base.actor import Actor, acting
from referrals.models import Referral
from tests.breaking import until

pytestmark = pytest.mark.django_db(transaction=True)


def waiting() -> int:
    with acting(Actor.system("test")):
        return Referral.objects.filter(status="sent").count()


def empty(url: str) -> int:
    """How many keys there were."""
    with redis.Redis.from_url(url) as client:
        keys = client.dbsize()
        client.flushall()
        return keys


def test_lost_wake_ups_cost_one_sweep(broker, send_only, start_worker, start_beat):
    send_only()
    assert empty(broker.url) > 0
    start_worker()
    empty(broker.url)  # its own entries too
    assert waiting() == 1
    start_beat()
    until(lambda: waiting() == 0)
    empty(broker.url)
    send_only()
    until(lambda: waiting() == 0)
