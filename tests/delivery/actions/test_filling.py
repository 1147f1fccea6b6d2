"""Deliveries are made from the feed: each event once for each subscription, whatever happens in between."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from threading import Event as Signal
from uuid import uuid4

import pytest
from django.db import connection

from accounts.models import ApiClient
from delivery.actions.filling import WEBHOOKS, make_deliveries
from delivery.actions.subscribing import subscribe
from delivery.events import Happening, record
from delivery.models import Delivery, Event, FeedCounter, Subscription
from kela_kunta.base.actor import Actor, acting
from referrals.actions.routing import ROUTER, route_batch
from referrals.actions.wiping import wipe_test_data
from tests.cast import PIRKANMAA
from tests.together import at_once

WRITER = Actor.system("writer")


@pytest.fixture
def subscription(county_pirkanmaa: ApiClient) -> Subscription:
    return subscribe("https://example.com/", [], by=county_pirkanmaa.actor)[0]


def happen(count: int = 1) -> None:
    with acting(WRITER):
        for _ in range(count):
            event = ("test", uuid4(), 1, "delivered", "delivered", WRITER)
            record(Happening(*event, protected=False, authority=PIRKANMAA))


def numbers() -> tuple[list[int], list[int]]:
    """Of the feed, and of the deliveries."""
    with acting(WRITER):
        feed = Event.objects.order_by("number").values_list("number", flat=True)
        made = Delivery.objects.order_by("number").values_list("number", flat=True)
        return list(feed), list(made)


@pytest.mark.django_db
def test_many_events_are_gone_through_in_parts(subscription):
    happen(25)
    assert make_deliveries(events=10) == 25
    assert make_deliveries() == 0
    feed, made = numbers()
    assert made == feed


@pytest.mark.django_db
def test_events_that_were_deleted_before_they_were_told_are_passed_over(county_test, etotu_test, send_only):
    """A place in the feed behind which nothing is left must not keep the maker busy for ever."""
    subscribe("https://example.com/", [], by=county_test.actor)
    for left in (1, 0):
        for _ in range(2):
            send_only(by=etotu_test.actor)
        route_batch(by=ROUTER.in_test)
        wipe_test_data(etotu_test.actor.id)
        for _ in range(left):
            send_only(by=etotu_test.actor)
        route_batch(by=ROUTER.in_test)
        assert make_deliveries(by=WEBHOOKS.in_test, events=1) == left
    with acting(WEBHOOKS.in_test):
        assert FeedCounter.objects.get().last == Subscription.objects.get().number == 5


@pytest.mark.django_db
def test_cursor_and_deliveries_are_written_together(subscription, monkeypatch):
    class Killed(Exception):
        pass

    def die(*facts: object, **more: object) -> None:
        raise Killed

    happen(3)
    with monkeypatch.context() as patch, suppress(Killed):
        patch.setattr("django.db.models.query.QuerySet.update", die)
        make_deliveries()
    assert numbers()[1] == []
    assert make_deliveries() == 3


@pytest.mark.django_db(transaction=True)
def test_beside_writers_several_makers_make_each_delivery_once(subscription):
    ended = Signal()

    def write() -> None:
        random = Random(7)
        for _ in range(40):
            happen(random.randint(1, 3))
        ended.set()

    def make() -> None:
        while not ended.is_set():
            make_deliveries(events=5)
        make_deliveries(events=5)
        connection.close()

    assert at_once(write, make, make) == [None, None, None]
    make_deliveries()
    feed, made = numbers()
    assert made == feed
    assert len(made) >= 40
