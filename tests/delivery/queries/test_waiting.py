"""Who should fetch and does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delivery.actions.calling import deliver_webhooks
from delivery.actions.subscribing import subscribe
from delivery.queries.waiting import Unfetched, unfetched
from kela_kunta.base import clock
from referrals.actions import working
from tests.cast import PIRKANMAA

pytestmark = pytest.mark.django_db


@pytest.fixture
def fetch(calls_as, county_pirkanmaa):
    caller = calls_as(county_pirkanmaa)
    return lambda: caller.get("inbox/changes/").json()["changes"]


def after(**time: float) -> list[Unfetched]:
    with clock.frozen(clock.now() + timedelta(**time)):
        return unfetched()


def test_two_hours_without_a_fetch_are_told_where_something_waits(send, fetch):
    fetch()
    referral = send()
    assert after(minutes=119) == []
    (found,) = after(minutes=121)
    assert (found.authority, found.referrals, found.since) == (PIRKANMAA, 1, referral.delivered_at)
    fetch()
    assert after(hours=5) == []


def test_an_authority_that_never_fetches_is_not_expected_to(send):
    send()
    assert after(days=3) == []


def test_where_nothing_waits_silence_is_no_fault(send, fetch):
    send()
    fetch()
    assert after(days=3) == []


def test_what_just_came_does_not_count_yet(send, fetch):
    fetch()
    with clock.frozen(clock.now() + timedelta(hours=10)):
        send()
        assert after(hours=1) == []
        assert len(after(hours=3)) == 1


def test_who_fetches_and_is_behind_is_not_told(send, calls_as, county_pirkanmaa):
    for _ in range(3):
        send()
    later = clock.now() + timedelta(hours=5)
    with clock.frozen(later):
        calls_as(county_pirkanmaa).get("inbox/changes/?limit=1")
        assert unfetched() == []


def test_what_the_authority_did_itself_does_not_wait_for_it(send, fetch, pirkanmaa):
    referral = send()
    fetch()
    working.acknowledge(referral.pk, by=pirkanmaa.actor, version=2)
    assert after(hours=5) == []


def test_what_no_system_may_see_does_not_wait(send, fetch, county_pirkanmaa):
    fetch()
    send(client={"non_disclosure": True})
    assert after(hours=5) == []
    county_pirkanmaa.cleared = True
    county_pirkanmaa.save()
    assert len(after(hours=5)) == 1


def test_a_webhook_that_gets_nothing_through_counts_as_silence(send, receiver, county_pirkanmaa):
    subscribe(receiver.url, [], by=county_pirkanmaa.actor)
    assert after(hours=5) == []
    send()
    receiver.replies = [500]
    deliver_webhooks()
    assert [found.referrals for found in after(hours=5)] == [1]
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        deliver_webhooks()
    assert after(hours=5) == []


def test_one_of_two_ways_is_enough(send, fetch, receiver, county_pirkanmaa):
    subscribe(receiver.url, [], by=county_pirkanmaa.actor)
    receiver.always = 500
    send()
    deliver_webhooks()
    fetch()
    assert after(hours=5) == []


def test_a_system_that_is_no_more_is_not_expected_to_fetch(send, fetch, county_pirkanmaa):
    fetch()
    send()
    county_pirkanmaa.delete()
    assert after(hours=5) == []


def test_a_webhook_that_wants_no_more_is_not_expected_to_fetch(send, receiver, county_pirkanmaa):
    subscribe(receiver.url, [], by=county_pirkanmaa.actor)
    send()
    receiver.replies = [410]
    deliver_webhooks()
    send()
    assert after(hours=5) == []


def test_it_is_one_statement(send, fetch):
    fetch()
    send()
    with CaptureQueriesContext(connection) as queries:
        after(hours=5)
    assert len([query for query in queries if "delivery_reader" in query["sql"]]) == 1
    assert len(queries) <= 5


def test_a_cleared_test_client_makes_nothing_of_the_protected_wait(send, fetch, county_test):
    fetch()
    send(client={"non_disclosure": True})
    assert after(days=1) == []
