"""What was sent finds its authority, or a reason why not; what an ended authority holds finds its successor."""

from __future__ import annotations

from datetime import date
from functools import partial
from threading import Event as Signal

import pytest
from django.db import connection

from accounts.models import User
from contacts.models import Responsibility
from contacts.queries import register
from delivery.models import Event
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.actions.correcting import reroute, withdraw
from referrals.actions.routing import hand_over_ended, route_batch
from referrals.actions.sending import send_referrals
from referrals.actions.working import return_to_kela, start
from referrals.drafts import read_draft
from referrals.models import Referral
from referrals.queries import history
from tests.builders import body, decision
from tests.cast import now
from tests.referrals.actions.moves import at
from tests.together import PATIENCE, at_once

pytestmark = pytest.mark.django_db
ETOTU = Actor("kela_system", "client:etotu", "eTotu", "kela", cleared=True)
NO_HOME = {"home_municipality": None, "home_municipality_missing_reason": "none"}


def kinds(referral: Referral) -> list[str]:
    with acting(Actor.system("test")):
        return [event.kind for event in history(referral)]


def test_what_was_sent_is_delivered_with_deadlines_a_reason_and_an_event(send_only):
    with clock.frozen(at("2026-11-24T12:00")):
        referral = send_only()
        assert route_batch() == 1
    referral = now(referral)
    assert (referral.status, referral.version, referral.receiving_authority_id) == ("delivered", 2, "county-08")
    assert referral.delivered_at == referral.first_delivered_at == at("2026-11-24T12:00")
    assert referral.due_on == referral.first_due_on == date(2026, 12, 3)
    assert referral.acknowledge_by == at("2026-11-27T00:00")
    assert referral.routing_reason["code"] == "home"
    with acting(Actor.system("test")):
        sent, delivered = history(referral)
    assert (delivered.kind, delivered.status, delivered.role) == ("delivered", "delivered", "system")
    assert (delivered.authority_id, delivered.number) == ("county-08", 1)
    assert delivered.data == {"routing": referral.routing_reason, "authority": "county-08"}
    assert (sent.authority_id, sent.number) == (None, None)


def test_the_clock_starts_when_it_is_delivered_not_when_it_was_sent(send_only):
    with clock.frozen(at("2026-11-24T12:00")):
        referral = send_only()
    with clock.frozen(at("2026-11-25T09:00")):
        route_batch()
    assert now(referral).due_on == date(2026, 12, 4)


def test_what_is_held_back_waits_for_its_day(send_only):
    with clock.frozen(at("2026-11-24T12:00")):
        referral = send_only(by=ETOTU, basic_decision=decision(date(2026, 11, 24)))
        assert route_batch() == 0
    with clock.frozen(at("2026-11-24T23:59")):
        assert route_batch() == 0
    with clock.frozen(at("2026-11-25T00:00")):
        assert route_batch() == 1
    assert now(referral).due_on == date(2026, 12, 4)


def test_a_batch_takes_the_oldest_first_and_no_more_than_its_limit(send_only):
    referrals = []
    for hour in (9, 10, 11):
        with clock.frozen(at(f"2026-11-24T{hour:02}:00")):
            referrals.append(send_only())
    assert [route_batch(limit=2), route_batch(limit=2), route_batch(limit=2)] == [2, 1, 0]
    with acting(Actor.system("test")):
        order = Event.objects.filter(kind="delivered").order_by("number").values_list("subject_id", flat=True)
        assert list(order) == [referral.pk for referral in referrals]


@pytest.mark.parametrize(
    ("code", "type", "client"),
    [
        ("U2", "under_25", NO_HOME | {"place_of_stay": "564"}),
        ("U3", "supplementary_application", {"home_municipality": "478"}),
        ("U5", "social_work_need", NO_HOME),
    ],
)
def test_what_finds_nobody_says_why_and_has_no_deadline(send_only, code, type, client):
    referral = send_only(type, client=client)
    route_batch()
    assert_unroutable(referral, code)


def test_a_municipality_that_the_register_lost_is_told_as_such(send_only):
    """As after a late update of the reference data."""
    referral = send_only()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contacts_municipality SET valid = daterange(NULL, '2020-01-01') WHERE code = '837'")
        cursor.execute("UPDATE contacts_referencerelease SET loaded_at = now()")
    route_batch()
    assert_unroutable(referral, "U1")


def test_a_municipality_that_nobody_serves_is_told_as_such_and_loudly(send_only, caplog):
    referral = send_only()
    Responsibility.objects.filter(municipality="837").delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contacts_referencerelease SET loaded_at = now()")
    route_batch()
    assert_unroutable(referral, "U4")
    (alarm,) = caplog.records
    assert (alarm.levelname, alarm.getMessage()) == (
        "ERROR",
        f"no authority is recorded for the place of referral {referral.pk}",
    )


def assert_unroutable(referral: Referral, code: str) -> None:
    referral = now(referral)
    assert (referral.status, referral.routing_reason["code"]) == ("unroutable", code)
    assert (referral.receiving_authority_id, referral.due_on, referral.acknowledge_by) == (None, None, None)
    assert kinds(referral) == ["sent", "unroutable"]


def test_routing_costs_no_statement_more_when_there_are_more(send_only, django_assert_max_num_queries):
    for _ in range(20):
        send_only()
    with django_assert_max_num_queries(16):
        assert route_batch() == 20


class TestTheAuthorityEnds:
    """Example 15: sent at 23.50 on the last day of 2022."""

    @pytest.fixture
    def held(self, send_only) -> Referral:
        with clock.frozen(at("2022-12-31T23:50")):
            referral = send_only()
            route_batch()
            hand_over_ended()
        referral = now(referral)
        assert (referral.receiving_authority_id, referral.due_on) == ("municipality-837", date(2023, 1, 12))
        return referral

    def test_at_midnight_what_it_holds_goes_to_the_successor(self, held):
        with clock.frozen(at("2023-01-01T00:00")):
            assert hand_over_ended() == 1
            assert hand_over_ended() == 0
        moved = now(held)
        assert (moved.status, moved.receiving_authority_id, moved.handovers) == ("delivered", "county-08", 1)
        assert (moved.delivered_at, moved.first_delivered_at) == (at("2023-01-01T00:00"), at("2022-12-31T23:50"))
        assert (moved.due_on, moved.first_due_on) == (date(2023, 1, 12), date(2023, 1, 12))
        with acting(Actor.system("test")):
            *_, succeeded, delivered = history(moved)
        assert (succeeded.kind, succeeded.authority_id) == ("succeeded", "municipality-837")
        assert succeeded.data == {"from": "municipality-837", "authority": "county-08"}
        assert (delivered.kind, delivered.authority_id) == ("delivered", "county-08")

    def test_what_was_worked_on_goes_too_and_has_nobody_yet(self, held):
        worker = User.objects.create_user("w", name="W", role="worker", authority_id="municipality-837")
        start(held.pk, by=worker.actor, version=None)
        with clock.frozen(at("2023-01-01T00:05")):
            assert hand_over_ended() == 1
        moved = now(held)
        assert (moved.status, moved.assignee_id) == ("delivered", None)

    def test_what_came_back_to_kela_stays_there(self, held, handler):
        worker = User.objects.create_user("w", name="W", role="worker", authority_id="municipality-837")
        return_to_kela(held.pk, by=worker.actor, version=None, reason="duplicate", text="Twice.")
        with clock.frozen(at("2023-01-01T00:05")):
            assert hand_over_ended() == 0
            reroute(held.pk, by=handler.actor, version=None, authority="county-08", text="On.")
        assert now(held).receiving_authority_id == "county-08"

    def test_an_authority_that_goes_on_keeps_what_it_has(self, held):
        with clock.frozen(at("2023-01-01T00:05")):
            hand_over_ended()
        with clock.frozen(at("2025-01-01T00:05")):
            assert hand_over_ended() == 0

    def test_immigrants_notices_go_back_to_the_municipality_in_2025(self, send_only):
        with clock.frozen(at("2024-12-31T12:00")):
            notice, application = send_only("immigrant"), send_only()
            route_batch()
        with clock.frozen(at("2025-01-01T00:05")):
            assert hand_over_ended() == 1
        assert now(notice).receiving_authority_id == "municipality-837"
        assert now(application).receiving_authority_id == "county-08"

    def test_without_a_successor_it_stays_where_people_see_it(self, held):
        Responsibility.objects.filter(municipality="837", type="supplementary_application").exclude(
            authority="municipality-837"
        ).delete()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE contacts_referencerelease SET loaded_at = now()")
        with clock.frozen(at("2023-01-01T00:05")):
            assert hand_over_ended() == 0
        assert now(held) == held
        assert now(held).status == "delivered"


@pytest.mark.django_db(transaction=True)
class TestAtTheSameInstant:
    def test_two_routers_take_different_rows(self, handler):
        draft = read_draft(body("supplementary_application"), on=clock.today(), register=register())
        send_referrals({str(number): draft for number in range(40)}, by=handler.actor)
        first_has_some, second_is_done = Signal(), Signal()

        def first() -> int:
            with acting(Actor.system("router")):
                done = route_batch(limit=10)
                first_has_some.set()
                assert second_is_done.wait(PATIENCE)
                return done

        def second() -> int:
            assert first_has_some.wait(PATIENCE)
            try:
                return route_batch(limit=100)
            finally:
                second_is_done.set()

        assert at_once(first, second) == [10, 30]
        assert_delivered_once(40)

    def test_many_routers_deliver_each_once(self, handler):
        draft = read_draft(body("under_25"), on=clock.today(), register=register())
        send_referrals({str(number): draft for number in range(60)}, by=handler.actor)

        def route_all() -> int:
            total = 0
            while done := route_batch(limit=7):
                total += done
            return total

        assert sum(at_once(*[route_all] * 4)) == 60
        assert_delivered_once(60)

    def test_a_router_that_dies_leaves_its_rows_to_the_next(self, send_only):
        class Died(Exception):
            pass

        def die() -> None:
            with acting(Actor.system("router")):
                assert route_batch() == 1
                raise Died

        referral = send_only()
        with pytest.raises(Died):
            die()
        assert (now(referral).status, kinds(referral)) == ("sent", ["sent"])
        assert route_batch() == 1
        assert_delivered_once(1)

    def test_who_withdraws_while_it_is_routed_comes_before_or_after(self, send_only, handler):
        for _ in range(5):
            referral = send_only()
            call = partial(withdraw, referral.pk, by=handler.actor, version=None, reason="sent_by_mistake", text="No.")
            answers = at_once(call, route_batch)
            assert not [answer for answer in answers if isinstance(answer, Exception)]
            assert now(referral).status == "withdrawn"
            assert kinds(referral) in (["sent", "withdrawn"], ["sent", "delivered", "withdrawn"])


def assert_delivered_once(count: int) -> None:
    with acting(Actor.system("test")):
        assert Referral.objects.filter(status="delivered", version=2).count() == count
        numbers = Event.objects.filter(kind="delivered").order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, count + 1))
