"""What a system does with its webhooks: its authority's own and no others."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from delivery.actions import subscribing
from delivery.actions.calling import deliver_webhooks
from delivery.actions.filling import make_deliveries
from delivery.models import Delivery, State, Subscription
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Invalid, NotFound

pytestmark = pytest.mark.django_db
TEST = Actor.system("test")
URL = "https://example.com/hook"


@pytest.fixture
def subscription(county_pirkanmaa) -> Subscription:
    return subscribing.subscribe(URL, [], by=county_pirkanmaa.actor)[0]


def test_the_secret_is_sealed_at_rest(county_pirkanmaa):
    subscription, secret = subscribing.subscribe(URL, [], by=county_pirkanmaa.actor)
    with acting(TEST), connection.cursor() as cursor:
        cursor.execute("SELECT s::text FROM delivery_subscription s WHERE id = %s", [subscription.pk])
        ((row,),) = cursor.fetchall()
    assert secret.startswith("whsec_")
    assert len(secret) == len("whsec_") + 44
    assert secret.encode().hex() not in row
    assert secret not in row


def test_an_authority_has_at_most_20(county_pirkanmaa, county_lapland):
    for _ in range(20):
        subscribing.subscribe(URL, [], by=county_pirkanmaa.actor)
    with pytest.raises(Invalid):
        subscribing.subscribe(URL, [], by=county_pirkanmaa.actor)
    subscribing.subscribe(URL, [], by=county_lapland.actor)


def test_another_authoritys_is_not_there(subscription, send, county_lapland):
    send()
    make_deliveries()
    by = county_lapland.actor
    for action in (subscribing.unsubscribe, subscribing.rotate, subscribing.resume):
        with pytest.raises(NotFound):
            action(subscription.pk, by=by)
    with acting(TEST):
        delivery = Delivery.objects.get()
    with pytest.raises(NotFound):
        subscribing.resend(subscription.pk, delivery.pk, by=by)
    with acting(by):
        assert (Subscription.objects.count(), Delivery.objects.count()) == (0, 0)


@pytest.mark.parametrize("who", ["handler", "pirkanmaa", "lead", "analyst", "auditor"])
def test_people_see_no_webhooks(subscription, send, request, who):
    send()
    make_deliveries()
    with acting(request.getfixturevalue(who).actor):
        assert (Subscription.objects.count(), Delivery.objects.count()) == (0, 0)


def test_a_supervisor_sees_how_they_do_and_changes_nothing(subscription, supervisor):
    with acting(supervisor.actor):
        assert Subscription.objects.count() == 1
        assert Subscription.objects.update(url="https://example.com/other") == 0


def test_none_is_made_in_anothers_name(subscription, county_lapland):
    facts = {field.attname: getattr(subscription, field.attname) for field in Subscription._meta.fields}
    with acting(county_lapland.actor), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Subscription.objects.create(**facts | {"id": uuid4()})


def test_unsubscribing_takes_the_log_along(subscription, send, county_pirkanmaa):
    send()
    make_deliveries()
    subscribing.unsubscribe(subscription.pk, by=county_pirkanmaa.actor)
    with acting(TEST):
        assert (Subscription.objects.count(), Delivery.objects.count()) == (0, 0)


def test_what_was_delivered_can_be_sent_again_with_the_same_id(receiver, send, county_pirkanmaa):
    subscription, _ = subscribing.subscribe(receiver.url, [], by=county_pirkanmaa.actor)
    send()
    deliver_webhooks()
    with acting(TEST):
        delivery = Delivery.objects.get()
    again = subscribing.resend(subscription.pk, delivery.pk, by=county_pirkanmaa.actor)
    assert (again.attempts, again.delivered_at) == (0, None)
    deliver_webhooks()
    assert [call.id for call in receiver.calls] == [str(delivery.pk)] * 2


def test_a_stopped_one_keeps_its_place_until_it_is_resumed(receiver, send, county_pirkanmaa):
    subscription, _ = subscribing.subscribe(receiver.url, [], by=county_pirkanmaa.actor)
    with acting(TEST):
        Subscription.objects.update(state=State.PAUSED, stopped_at=clock.now())
    sent = [send(), send()]
    deliver_webhooks()
    assert receiver.calls == []
    assert subscribing.resume(subscription.pk, by=county_pirkanmaa.actor).state == State.ACTIVE
    deliver_webhooks()
    assert [call.data["referral"] for call in receiver.calls] == [str(referral.pk) for referral in sent]


def test_resuming_calls_at_once_what_was_put_off(receiver, send, county_pirkanmaa):
    subscription, _ = subscribing.subscribe(receiver.url, [], by=county_pirkanmaa.actor)
    send()
    receiver.replies = [500]
    deliver_webhooks()
    with acting(TEST):
        Subscription.objects.update(quiet_until=clock.now() + timedelta(hours=1))
    subscribing.resume(subscription.pk, by=county_pirkanmaa.actor)
    assert deliver_webhooks().done == 1
