"""Deliveries on their way to a real server: what comes there, and what becomes of what does not."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta

import pytest
from standardwebhooks import WebhookVerificationError

from accounts.models import User
from delivery.actions import calling, subscribing
from delivery.actions.calling import deliver_webhooks
from delivery.channels import webhook
from delivery.models import Delivery, Letter, State, Subscription
from delivery.rules.outcomes import Tally
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.actions import working
from tests.cast import LAPLAND, PIRKANMAA
from tests.receiver import Receiver, status

pytestmark = pytest.mark.django_db
TEST = Actor.system("test")


@pytest.fixture
def subscribe(receiver, county_pirkanmaa):
    """A webhook of Pirkanmaa's system at the receiver, and its secret."""

    def subscribed(*kinds: str, to: Receiver = receiver) -> tuple[Subscription, str]:
        return subscribing.subscribe(to.url, list(kinds), by=county_pirkanmaa.actor)

    return subscribed


def now(subscription: Subscription) -> Subscription:
    with acting(TEST):
        return Subscription.objects.get(pk=subscription.pk)


def deliveries() -> list[Delivery]:
    with acting(TEST):
        return list(Delivery.objects.order_by("subscription", "number"))


def later(**time_passed: float):
    return clock.frozen(clock.now() + timedelta(**time_passed))


def test_a_change_comes_signed_with_ids_alone(send, subscribe, receiver):
    subscription, secret = subscribe()
    referral = send()
    assert deliver_webhooks() == Tally(done=1)
    (call,) = receiver.calls
    call.verify(secret)
    told = json.loads(call.body)
    assert set(told) == {"type", "timestamp", "data"}
    assert told["type"] == "referral.delivered"
    assert datetime.fromisoformat(told["timestamp"]) == referral.delivered_at
    assert told["data"] == {
        "referral": str(referral.pk), "kind": "delivered", "status": "delivered", "version": 2,
        "cursor": told["data"]["cursor"],
    }  # fmt: skip
    (delivery,) = deliveries()
    assert call.id == str(delivery.pk)
    assert (delivery.attempts, delivery.last_status, delivery.last_error) == (1, 204, "")
    assert delivery.delivered_at == now(subscription).delivered_at


def test_its_cursor_leads_into_the_feed(send, subscribe, receiver, calls_as, county_pirkanmaa):
    subscribe()
    send()
    second = send()
    deliver_webhooks()
    place = receiver.calls[0].data["cursor"]
    changes = calls_as(county_pirkanmaa).get(f"inbox/changes/?after={place}").json()["changes"]
    assert [change["referral"] for change in changes] == [str(second.pk)]


def test_another_secret_or_a_changed_body_is_found_out(send, subscribe, receiver):
    _, secret = subscribe()
    _, other = subscribe()
    send()
    deliver_webhooks()
    first, second = receiver.calls
    with pytest.raises(WebhookVerificationError):
        first.verify(other if first.id == str(deliveries()[0].pk) else secret)
    second.body = second.body.replace(b"delivered", b"withdrawn")
    for key in (secret, other):
        with pytest.raises(WebhookVerificationError):
            second.verify(key)


def test_it_begins_with_what_happens_after_the_subscription(send, subscribe, receiver):
    send()
    subscribe()
    second = send()
    deliver_webhooks()
    assert [call.data["referral"] for call in receiver.calls] == [str(second.pk)]


def test_each_subscription_gets_its_kinds_in_the_feeds_order_and_each_change_once(
    send, subscribe, receiver, start_receiver, pirkanmaa
):
    some = start_receiver()
    subscribe()
    subscribe("acknowledged", "transferred", to=some)
    referral = send()
    working.acknowledge(referral.pk, by=pirkanmaa.actor, version=2)
    working.transfer(referral.pk, by=pirkanmaa.actor, version=3, authority=LAPLAND, reason="moved", text="")
    assert deliver_webhooks() == Tally(done=5)
    assert deliver_webhooks() == Tally()
    assert [call.data["kind"] for call in receiver.calls] == ["delivered", "acknowledged", "transferred"]
    assert [call.data["kind"] for call in some.calls] == ["acknowledged", "transferred"]


def test_of_protected_people_only_the_cleared_are_told(send, subscribe, receiver, county_pirkanmaa):
    subscribe()
    send(client={"non_disclosure": True})
    assert deliver_webhooks() == Tally()
    county_pirkanmaa.cleared = True
    county_pirkanmaa.save()
    send(client={"non_disclosure": True})
    assert deliver_webhooks() == Tally(done=1)


def test_what_fails_is_tried_again_later_with_the_same_id_and_body(send, subscribe, receiver):
    subscription, _ = subscribe()
    send()
    receiver.replies = [500, 500]
    assert deliver_webhooks() == Tally(later=1)
    (delivery,) = deliveries()
    assert (delivery.attempts, delivery.last_status, delivery.last_error) == (1, 500, "answered_error")
    assert timedelta(seconds=14) < delivery.next_attempt_at - clock.now() <= timedelta(seconds=30)
    assert deliver_webhooks() == Tally()  # it is not due yet
    with later(seconds=31):
        assert deliver_webhooks() == Tally(later=1)
        assert deliveries()[0].attempts == 2
    assert now(subscription).failing_since is not None
    with later(seconds=100):
        assert deliver_webhooks() == Tally(done=1)
    first, second, third = receiver.calls
    assert first.id == second.id == third.id
    assert first.body == second.body == third.body
    assert int(third.headers["webhook-timestamp"]) >= int(first.headers["webhook-timestamp"]) + 99
    assert now(subscription).failing_since is None


def test_retry_after_is_kept_to_by_the_whole_subscription(send, subscribe, receiver):
    subscribe()
    send()
    receiver.replies = [status(503, Retry_After="600")]
    deliver_webhooks()
    send()
    for seconds in (0, 599):
        with later(seconds=seconds - 1):
            assert deliver_webhooks() == Tally()
    assert len(receiver.calls) == 1
    with later(seconds=601):
        assert deliver_webhooks() == Tally(done=2)


def test_410_ends_the_subscription_and_its_leads_are_told(send, subscribe, receiver, lead):
    User.objects.filter(pk=lead.pk).update(email="lead@pirkanmaa.example")
    subscription, _ = subscribe()
    send()
    receiver.replies = [410]
    deliver_webhooks()
    send()
    with later(days=10):
        assert deliver_webhooks() == Tally()
    assert now(subscription).state == State.ENDED
    with acting(TEST):
        letter = Letter.objects.get()
    assert (letter.kind, letter.reader_id, letter.data) == (
        "webhook_stopped", lead.pk, {"subscription": str(subscription.pk)},
    )  # fmt: skip


def test_a_receiver_that_fails_time_and_again_is_let_alone_for_longer_and_longer(send, subscribe, receiver):
    subscription, _ = subscribe()
    for _ in range(6):
        send()
    receiver.always = 500
    deliver_webhooks()
    assert len(receiver.calls) == 3
    waits = []
    for _ in range(4):
        quiet = now(subscription).quiet_until
        waits.append(quiet - clock.now())
        with clock.frozen(quiet - timedelta(seconds=1)):
            deliver_webhooks()
        came = len(receiver.calls)
        with clock.frozen(quiet + timedelta(seconds=1)):
            deliver_webhooks()
            waits[-1] = now(subscription).quiet_until - clock.now()
        assert len(receiver.calls) <= came + 3
    assert max(waits) > timedelta(minutes=2)


def test_one_change_that_a_receiver_cannot_take_holds_up_no_other(send, subscribe, receiver):
    subscribe()
    poisoned = send()
    others = [send() for _ in range(4)]

    def refuse_one(handler):
        status(500 if receiver.calls[-1].data["referral"] == str(poisoned.pk) else 204)(handler)

    receiver.always = refuse_one
    assert deliver_webhooks() == Tally(done=4, later=1)
    assert [call.data["referral"] for call in receiver.calls] == [str(referral.pk) for referral in [poisoned, *others]]


def test_a_slow_receiver_does_not_hold_up_the_others(send, subscribe, receiver, start_receiver, monkeypatch):
    monkeypatch.setattr(webhook, "PATIENCE", timedelta(seconds=0.3))
    slow = start_receiver()
    slow.always = lambda handler: time.sleep(2)
    subscribe(to=slow)
    subscribe()
    for _ in range(5):
        send()
    began = time.monotonic()
    assert deliver_webhooks() == Tally(done=5, later=3)
    assert time.monotonic() - began < 2
    assert {delivery.last_error for delivery in deliveries()} == {"", "timed_out"}


def test_a_receiver_that_takes_its_time_lets_another_have_a_turn(
    send, subscribe, receiver, start_receiver, monkeypatch
):
    monkeypatch.setattr(calling, "LONGEST_ROUND", timedelta(0))
    turns: list[str] = []
    other = start_receiver()
    for name, one in (("first", receiver), ("second", other)):
        subscribe(to=one)
        one.always = lambda handler, name=name: turns.append(name) or status(204)(handler)
    send()
    send()
    assert deliver_webhooks() == Tally(done=4)
    assert turns == ["first", "second"] * 2


class TestDeadForThreeDays:
    @pytest.fixture
    def dead(self, send, subscribe, receiver, lead):
        """A subscription paused after three days of failures, during which more happened."""
        User.objects.filter(pk=lead.pk).update(email="lead@pirkanmaa.example")
        subscription, _ = subscribe()
        receiver.always = 500
        self.sent = [send()]
        for hours in range(0, 84, 6):
            with later(hours=hours):
                if hours == 12:
                    self.sent.append(send())
                deliver_webhooks()
        with later(hours=85):
            self.sent.append(send())
            deliver_webhooks()
        return subscription

    def test_it_is_paused_and_its_leads_are_told_once(self, dead):
        paused = now(dead)
        assert paused.state == State.PAUSED
        assert timedelta(days=3) <= paused.stopped_at - paused.failing_since < timedelta(days=3, hours=7)
        with acting(TEST):
            assert [letter.kind for letter in Letter.objects.all()] == ["webhook_stopped"]

    def test_nothing_is_called_any_more(self, dead, receiver):
        before = len(receiver.calls)
        with later(days=30):
            assert deliver_webhooks() == Tally()
        assert len(receiver.calls) == before
        assert before < 40

    def test_resumed_it_gets_all_that_it_missed(self, dead, receiver, county_pirkanmaa):
        receiver.calls.clear()
        receiver.always = 204
        with later(days=5):
            subscribing.resume(dead.pk, by=county_pirkanmaa.actor)
            assert deliver_webhooks() == Tally(done=3)
        assert [call.data["referral"] for call in receiver.calls] == [str(referral.pk) for referral in self.sent]
        assert now(dead).failing_since is None

    def test_resumed_and_still_dead_it_has_three_more_days(self, dead, receiver, county_pirkanmaa):
        with later(days=5):
            subscribing.resume(dead.pk, by=county_pirkanmaa.actor)
            deliver_webhooks()
            assert now(dead).state == State.ACTIVE


def test_calls_carry_both_signatures_for_a_day_after_a_rotation(send, subscribe, receiver, county_pirkanmaa):
    subscription, former = subscribe()
    _, secret = subscribing.rotate(subscription.pk, by=county_pirkanmaa.actor)
    assert secret != former
    send()
    deliver_webhooks()
    for key in (former, secret):
        receiver.calls[0].verify(key)
    with acting(TEST):
        Subscription.objects.update(former_until=clock.now())
    send()
    deliver_webhooks()
    receiver.calls[1].verify(secret)
    with pytest.raises(WebhookVerificationError):
        receiver.calls[1].verify(former)


def test_who_died_while_sending_has_lost_nothing(send, subscribe, receiver, monkeypatch):
    """The answer was never written down: when the lease is over, another sends it again with the same id."""

    class Killed(BaseException):
        pass

    def die(*facts: object) -> None:
        raise Killed

    subscription, _ = subscribe()
    send()
    with monkeypatch.context() as patch:
        patch.setattr(calling._Round, "_settle", die)
        with pytest.raises(Killed):
            deliver_webhooks()
    assert deliver_webhooks() == Tally()  # somebody may still be sending
    with clock.frozen(now(subscription).sending_until):
        assert deliver_webhooks() == Tally(done=1)
    assert len({call.id for call in receiver.calls}) == 1
    assert len(receiver.calls) == 2


def test_who_lost_the_lease_writes_nothing_and_stops(send, subscribe, receiver):
    subscription, _ = subscribe()
    for _ in range(3):
        send()

    original = calling._Round._settle

    def too_late(self, *facts):
        with acting(TEST):
            Subscription.objects.update(sending_until=clock.now() + timedelta(seconds=33))
        return original(self, *facts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calling._Round, "_settle", too_late)
        assert deliver_webhooks() == Tally()
    assert len(receiver.calls) == 1
    assert [delivery.attempts for delivery in deliveries()] == [0, 0, 0]
    assert now(subscription).state == State.ACTIVE


def test_one_deleted_while_it_was_called_is_no_fault(send, subscribe, receiver, monkeypatch, county_pirkanmaa):
    subscription, _ = subscribe()
    send()
    original = calling._Round._settle

    def delete_first(self, *facts):
        subscribing.unsubscribe(subscription.pk, by=county_pirkanmaa.actor)
        return original(self, *facts)

    monkeypatch.setattr(calling._Round, "_settle", delete_first)
    assert deliver_webhooks() == Tally()
    assert deliveries() == []


def test_a_refused_address_is_noted_and_never_called(send, subscribe, receiver, settings):
    subscribe()
    send()
    settings.WEBHOOK_LOOPBACK = False
    assert deliver_webhooks() == Tally(later=1)
    assert (deliveries()[0].last_error, deliveries()[0].last_status) == ("forbidden_address", None)
    assert receiver.calls == []


def test_a_client_that_may_not_read_any_more_is_told_nothing(send, subscribe, receiver, county_pirkanmaa):
    subscription, _ = subscribe()
    county_pirkanmaa.scopes = "directory:read"
    county_pirkanmaa.save()
    send()
    assert deliver_webhooks() == Tally()
    assert (now(subscription).state, receiver.calls) == (State.PAUSED, [])


def test_another_authoritys_changes_never_come(send, subscribe, receiver, pirkanmaa, lapland, county_lapland):
    referral = send()
    working.transfer(referral.pk, by=pirkanmaa.actor, version=2, authority=LAPLAND, reason="moved", text="")
    subscribe()
    working.acknowledge(referral.pk, by=lapland.actor, version=4)
    assert deliver_webhooks() == Tally()
    assert now(subscribe()[0]).authority_id == PIRKANMAA


def test_it_costs_one_look_where_nobody_is_behind(send, django_assert_num_queries):
    send()
    with django_assert_num_queries(10):
        deliver_webhooks()
