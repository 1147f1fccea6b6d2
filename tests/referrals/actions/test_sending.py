"""A referral comes into being: once, whole, and waiting for the router."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from celery import current_app

from accounts.models import User
from contacts.queries import register
from delivery.models import Event
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import KeyReused, NotAllowed
from referrals.actions.routing import route_batch
from referrals.actions.sending import send_referral, send_referrals
from referrals.actions.working import start
from referrals.drafts import read_draft
from referrals.models import BasicDecision, Client, Referral
from referrals.types import TYPES
from referrals.types.base import Draft
from tests.builders import body, decision, month
from tests.cast import now
from tests.together import at_once

pytestmark = pytest.mark.django_db
ETOTU = Actor("kela_system", "client:etotu", "eTotu", "kela", cleared=True)
NIGHT_BEFORE = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)  # half past eleven in Helsinki


def draft(type: str = "supplementary_application", **facts) -> Draft:
    return read_draft(body(type, on=clock.today(), **facts), on=clock.today(), register=register())


def everything() -> dict[str, int]:
    """How many rows there are."""
    with acting(Actor.system("test")):
        return {model.__name__: model.objects.count() for model in (Referral, Client, BasicDecision, Event)}


@pytest.mark.parametrize("type", TYPES)
def test_each_type_is_stored_whole_and_waits(handler, type):
    referral, is_new = send_referral(draft(type), by=handler.actor, key="K")
    referral = now(referral)
    with acting(handler.actor):
        events = list(Event.objects.values_list("version", "kind", "status", "actor_name"))
        assert getattr(referral, TYPES[type].related_name).pk == referral.pk
    assert is_new
    assert (referral.type, referral.status, referral.version) == (type, "sent", 1)
    assert (referral.sender_id, referral.sender_name) == (str(handler.pk), handler.name)
    assert (referral.receiving_authority_id, referral.due_on, referral.routing_reason) == (None, None, None)
    assert referral.client.home_municipality_id == "837"
    assert events == [(1, "sent", "sent", handler.name)]


def test_identity_code_is_kept_sealed_and_found_by_its_index(handler):
    code = draft().client["identity_code"]
    referral, _ = send_referral(draft(), by=handler.actor, key="K")
    client = now(referral).client
    assert code.encode() not in bytes(client.sealed_identity_code) + bytes(client.person_index)
    assert client.identity_code == code


def test_the_router_is_woken_once_it_is_committed(handler, monkeypatch, django_capture_on_commit_callbacks):
    woken = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **options: woken.append(name))
    with django_capture_on_commit_callbacks(execute=True):
        send_referral(draft(), by=handler.actor, key="K")
    with django_capture_on_commit_callbacks(execute=True):
        send_referral(draft(), by=handler.actor, key="K")
    assert woken == ["referrals.route_pending"]


def test_the_same_key_with_the_same_content_gives_back_the_first(handler):
    first, _ = send_referral(draft(), by=handler.actor, key="K")
    before = everything()
    again, is_new = send_referral(draft(), by=handler.actor, key="K")
    assert (again.pk, is_new) == (first.pk, False)
    assert everything() == before


def test_the_same_key_with_other_content_is_refused_and_changes_nothing(handler):
    send_referral(draft(), by=handler.actor, key="K")
    before = everything()
    with pytest.raises(KeyReused):
        send_referral(draft(client={"given_names": "Aina"}), by=handler.actor, key="K")
    assert everything() == before


def test_two_senders_may_use_one_key(handler, handler2):
    first, _ = send_referral(draft(), by=handler.actor, key="K")
    second, is_new = send_referral(draft(client={"given_names": "Aina"}), by=handler2.actor, key="K")
    assert is_new
    assert first.pk != second.pk


def test_the_key_answers_still_when_the_referral_has_moved_on(send, handler, pirkanmaa):
    first, _ = send_referral(draft(), by=handler.actor, key="K")
    route_batch()
    start(first.pk, by=pirkanmaa.actor, version=2)
    again, is_new = send_referral(draft(), by=handler.actor, key="K")
    assert (again.pk, again.status, is_new) == (first.pk, "in_progress", False)


@pytest.mark.parametrize("who", ["analyst", "auditor", "pirkanmaa", "lead"])
def test_others_may_not_send(request, handler, who):
    person: User = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        send_referral(draft(), by=person.actor, key="K")
    with pytest.raises(NotAllowed):
        send_referrals({"K": draft()}, by=person.actor)
    assert everything()["Referral"] == 0
    assert send_referral(draft(), by=handler.actor, key="K")[1]


def test_what_a_person_sends_goes_at_once_and_what_a_system_sends_the_day_after_the_decision(handler):
    with clock.frozen(NIGHT_BEFORE):
        decided = draft(basic_decision=decision(clock.today()))
        by_hand, _ = send_referral(decided, by=handler.actor, key="K")
        by_system, _ = send_referral(decided, by=ETOTU, key="K")
    assert by_hand.release_at == NIGHT_BEFORE
    assert by_system.release_at == NIGHT_BEFORE + timedelta(minutes=30)


def test_area_for_statistics_is_home_else_the_place_of_stay(handler):
    home_missing = {"home_municipality": None, "home_municipality_missing_reason": "none"}
    staying, _ = send_referral(draft(client=home_missing | {"place_of_stay": "564"}), by=handler.actor, key="1")
    nowhere, _ = send_referral(draft(client=home_missing), by=handler.actor, key="2")
    at_home, _ = send_referral(draft(client={"place_of_stay": "564"}), by=handler.actor, key="3")
    assert [one.municipality_id for one in (staying, nowhere, at_home)] == ["564", None, "837"]


def test_the_requested_discussion_has_a_day_of_its_own(handler):
    with clock.frozen(NIGHT_BEFORE):
        asked = draft("social_work_need", personal_discussion_requested_on="2026-11-24")
        referral, _ = send_referral(asked, by=handler.actor, key="K")
    assert referral.discussion_due_on == date(2026, 12, 3)


class TestTheNoticeOfALoweredMonth:
    """A second one of the same person and month takes the place of the first."""

    def send(self, by: User, key: str, **facts) -> Referral:
        referral, _ = send_referral(draft("lowered_basic_amount", **facts), by=by.actor, key=key)
        return referral

    def test_replaces_the_former(self, handler):
        first = self.send(handler, "1")
        second = self.send(handler, "2", percent=40)
        assert (now(first).status, now(first).withdrawal_reason) == ("withdrawn", "replaced")
        assert now(second).status == "sent"
        with acting(handler.actor):
            event = Event.objects.get(subject_id=first.pk, kind="withdrawn")
        assert event.data == {"reason": "replaced", "by": str(second.pk)}

    def test_leaves_other_months_people_and_types(self, handler, send):
        others = [
            self.send(handler, "1", month=month(clock.today(), -1), to=f"{month(clock.today(), -1)}-15"),
            self.send(handler, "2", client=someone_else()),
            send("supplementary_application"),
        ]
        self.send(handler, "3")
        assert "withdrawn" not in {now(other).status for other in others}

    def test_leaves_what_the_authority_works_on(self, handler, pirkanmaa):
        first = self.send(handler, "1")
        route_batch()
        start(first.pk, by=pirkanmaa.actor, version=2)
        self.send(handler, "2")
        assert now(first).status == "in_progress"

    def test_replaces_what_was_delivered_and_takes_it_from_the_inbox(self, handler):
        first = self.send(handler, "1")
        route_batch()
        self.send(handler, "2")
        first = now(first)
        assert (first.status, first.receiving_authority_id, first.due_on) == ("withdrawn", "county-08", None)


def someone_else() -> dict:
    return body("lowered_basic_amount", on=clock.today() - timedelta(days=365))["client"]


class TestManyTogether:
    def test_are_stored_as_one_by_one(self, handler):
        drafts = {f"K-{type}": draft(type) for type in TYPES}
        assert send_referrals(drafts, by=handler.actor) == set(drafts)
        assert everything() == {"Referral": 6, "Client": 6, "BasicDecision": 0, "Event": 6}
        assert route_batch() == 6

    def test_keys_that_came_before_change_nothing(self, handler):
        first, _ = send_referral(draft(), by=handler.actor, key="1")
        new = send_referrals({"1": draft(client={"given_names": "Aina"}), "2": draft()}, by=handler.actor)
        assert new == {"2"}
        assert now(first).client.given_names == "Aino"
        assert everything()["Client"] == 2

    def test_cost_no_statement_more_when_there_are_more(self, handler, django_assert_max_num_queries):
        drafts = {str(number): draft(client={"family_name": f"E {'abcdefghij'[number]}"}) for number in range(10)}
        with django_assert_max_num_queries(25):
            send_referrals(drafts, by=handler.actor)


@pytest.mark.django_db(transaction=True)
class TestAtTheSameInstant:
    def test_one_key_sends_one_referral_and_both_get_it(self, handler):
        wanted = draft()
        send = partial(send_referral, wanted, by=handler.actor, key="K")
        answers = at_once(send, send, send)
        assert len({referral.pk for referral, _ in answers}) == 1
        assert sorted(is_new for _, is_new in answers) == [False, False, True]
        assert everything() == {"Referral": 1, "Client": 1, "BasicDecision": 0, "Event": 1}

    def test_one_key_with_two_contents_has_one_winner(self, handler):
        one, other = draft(), draft(client={"given_names": "Aina"})
        answers = at_once(*(partial(send_referral, wanted, by=handler.actor, key="K") for wanted in (one, other)))
        assert sorted(type(answer).__name__ for answer in answers) == ["KeyReused", "tuple"]
        assert everything()["Client"] == 1

    def test_many_and_one_with_the_same_keys_send_each_once(self, handler):
        drafts = {str(number): draft() for number in range(5)}
        backwards = dict(reversed(drafts.items()))
        many, others, (single, _) = at_once(
            partial(send_referrals, drafts, by=handler.actor),
            partial(send_referrals, backwards, by=handler.actor),
            partial(send_referral, draft(), by=handler.actor, key="3"),
        )
        assert not many & others
        assert single.key == "3"
        assert everything()["Referral"] == everything()["Client"] == everything()["Event"] == 5
