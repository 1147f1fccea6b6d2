"""What Kela does with a referral after sending, and what either side sets right."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Invalid, MoveForbidden, NotFound, Stale
from referrals.actions.correcting import attach_decision, change_urgency, correct_outcome, reroute, withdraw
from referrals.actions.routing import hand_over_ended
from referrals.actions.working import acknowledge, close, return_to_kela
from referrals.drafts import read_decision
from referrals.models import BasicDecision, Referral
from referrals.queries import history
from tests.builders import decision
from tests.cast import PIRKANMAA, now
from tests.referrals.actions.moves import at, faults, last_event, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(begun, pirkanmaa) -> Referral:
    close(begun.pk, by=pirkanmaa.actor, version=4, outcome="granted")
    return now(begun)


@pytest.fixture
def returned(send, pirkanmaa) -> Referral:
    """It came back with Lapland proposed."""
    referral = send()
    facts = {"reason": "wrong_authority", "text": "Lives in Rovaniemi.", "proposed_authority": "county-21"}
    return_to_kela(referral.pk, by=pirkanmaa.actor, version=2, **facts)
    return now(referral)


@pytest.fixture
def unroutable(send) -> Referral:
    return send(client={"home_municipality": "478"})


MISTAKE = {"reason": "sent_by_mistake"}


class TestWithdrawing:
    def test_the_sender_ends_what_nobody_works_on(self, send, handler, handler2, pirkanmaa, analyst):
        referral = send()
        refused(MoveForbidden, withdraw, referral, by=handler2.actor, version=2, **MISTAKE)
        refused(MoveForbidden, withdraw, referral, by=pirkanmaa.actor, version=2, **MISTAKE)
        refused(NotFound, withdraw, referral, by=analyst.actor, version=2, **MISTAKE)
        refused(Stale, withdraw, referral, by=handler.actor, version=1, **MISTAKE)
        withdraw(referral.pk, by=handler.actor, version=2, reason="client_cancelled", text="Asked us to.")
        ended = now(referral)
        assert (ended.status, ended.withdrawal_reason, ended.version) == ("withdrawn", "client_cancelled", 3)
        assert (ended.due_on, ended.acknowledge_by, ended.receiving_authority_id) == (None, None, PIRKANMAA)
        assert last_event(referral).data == {"reason": "client_cancelled", "text": "Asked us to."}
        assert last_event(referral).authority_id == PIRKANMAA  # its inbox is told

    def test_a_supervisor_ends_what_others_sent(self, send, supervisor):
        referral = send()
        withdraw(referral.pk, by=supervisor.actor, version=2, **MISTAKE)
        assert now(referral).status == "withdrawn"

    def test_what_is_in_progress_is_the_authoritys_to_end(self, begun, handler, supervisor):
        refused(MoveForbidden, withdraw, begun, by=handler.actor, version=4, **MISTAKE)
        refused(MoveForbidden, withdraw, begun, by=supervisor.actor, version=4, **MISTAKE)

    def test_what_is_closed_stays_closed(self, closed, handler):
        refused(MoveForbidden, withdraw, closed, by=handler.actor, version=5, **MISTAKE)

    @pytest.mark.parametrize("found", ["returned", "unroutable", "acknowledged"])
    def test_what_came_back_found_nobody_or_was_only_noted_can_be_ended(self, request, send, handler, pirkanmaa, found):
        if found == "acknowledged":
            referral = acknowledge(send().pk, by=pirkanmaa.actor, version=2)
        else:
            referral = request.getfixturevalue(found)
        withdraw(referral.pk, by=handler.actor, version=referral.version, **MISTAKE)
        assert now(referral).status == "withdrawn"

    def test_a_reason_of_the_list_is_needed(self, send, handler):
        for reason in ("", "none_such"):
            problem = refused(Invalid, withdraw, send(), by=handler.actor, version=2, reason=reason)
            assert faults(problem) == [("#/reason", "invalid_choice")]


class TestSendingOn:
    def test_the_sender_sends_a_returned_one_on(self, returned, handler, handler2, lapland):
        refused(MoveForbidden, reroute, returned, by=handler2.actor, version=3, authority="county-21", text="T")
        refused(NotFound, reroute, returned, by=lapland.actor, version=3, authority="county-21", text="T")
        refused(Stale, reroute, returned, by=handler.actor, version=2, authority="county-21", text="T")
        with clock.frozen(at("2026-11-24T12:00")):
            reroute(returned.pk, by=handler.actor, version=3, authority="county-21", text="As proposed.")
        moved = now(returned)
        assert (moved.status, moved.receiving_authority_id, moved.handovers) == ("delivered", "county-21", 1)
        assert (moved.return_reason, moved.return_text, moved.proposed_authority_id) == ("", "", None)
        assert (moved.due_on, moved.first_due_on) == (date(2026, 12, 3), returned.first_due_on)
        with acting(Actor.system("test")):
            *_, sent_on, arrived = history(moved)
        assert (sent_on.kind, sent_on.authority_id) == ("rerouted", PIRKANMAA)
        assert sent_on.data == {"text": "As proposed.", "from": PIRKANMAA, "authority": "county-21"}
        assert (arrived.kind, arrived.authority_id) == ("delivered", "county-21")
        acknowledge(moved.pk, by=lapland.actor, version=moved.version)

    def test_back_to_who_returned_it_is_allowed_with_words(self, returned, handler, pirkanmaa):
        reroute(returned.pk, by=handler.actor, version=3, authority=PIRKANMAA, text="Lives in Tampere after all.")
        acknowledge(returned.pk, by=pirkanmaa.actor, version=None)

    def test_what_was_not_returned_is_not_sent_on(self, begun, handler, supervisor):
        refused(MoveForbidden, reroute, begun, by=handler.actor, version=4, authority="county-21", text="T")
        refused(MoveForbidden, reroute, begun, by=supervisor.actor, version=4, authority="county-21", text="T")

    @pytest.mark.parametrize(
        ("authority", "text", "wanted"),
        [
            ("county-21", " ", [("#/text", "required")]),
            ("kela", "T", [("#/authority", "invalid_choice")]),
            ("", "", [("#/authority", "invalid_choice"), ("#/text", "required")]),
            ("municipality-837", "T", [("#/authority", "invalid_choice")]),
        ],
    )
    def test_an_authority_of_the_list_and_a_reason_are_needed(self, returned, handler, authority, text, wanted):
        problem = refused(Invalid, reroute, returned, by=handler.actor, version=3, authority=authority, text=text)
        assert faults(problem) == wanted


class TestFindingAReceiverByHand:
    def test_is_for_supervisors(self, unroutable, handler, supervisor, pirkanmaa):
        refused(MoveForbidden, reroute, unroutable, by=handler.actor, version=2, authority=PIRKANMAA, text="T")
        refused(NotFound, reroute, unroutable, by=pirkanmaa.actor, version=2, authority=PIRKANMAA, text="T")
        reroute(unroutable.pk, by=supervisor.actor, version=2, authority=PIRKANMAA, text="Stays in Tampere.")
        found = now(unroutable)
        assert (found.status, found.receiving_authority_id, found.handovers) == ("delivered", PIRKANMAA, 0)
        assert found.first_delivered_at == found.delivered_at
        assert found.routing_reason == {"code": "by_hand", "params": {"authority": PIRKANMAA}}
        with acting(Actor.system("test")):
            *_, resolved, arrived = history(found)
        assert (resolved.kind, resolved.data["text"]) == ("resolved", "Stays in Tampere.")
        assert (arrived.kind, arrived.authority_id) == ("delivered", PIRKANMAA)
        acknowledge(found.pk, by=pirkanmaa.actor, version=found.version)

    def test_holds_against_the_rule_at_the_next_midnight(self, unroutable, supervisor):
        reroute(unroutable.pk, by=supervisor.actor, version=2, authority=PIRKANMAA, text="Stays in Tampere.")
        assert hand_over_ended() == 0
        assert now(unroutable).receiving_authority_id == PIRKANMAA


class TestTheBasicDecision:
    def test_is_attached_and_corrected_as_further_versions(self, send, handler, handler2, pirkanmaa):
        referral, given = send(), read_decision(decision(clock.today()), on=clock.today())
        refused(MoveForbidden, attach_decision, referral, decision=given, by=pirkanmaa.actor, version=2)
        refused(Stale, attach_decision, referral, decision=given, by=handler.actor, version=1)
        attach_decision(referral.pk, given, by=handler.actor, version=2)
        attach_decision(referral.pk, given | {"number": "K-2"}, by=handler2.actor)
        with acting(handler.actor):
            assert list(now(referral).decisions.values_list("version", "number")) == [(1, "K-1"), (2, "K-2")]
            kinds = [event.kind for event in history(referral)]
        assert kinds == ["sent", "delivered", "decision_attached", "decision_corrected"]
        assert (now(referral).status, now(referral).version) == ("delivered", 4)

    def test_follows_into_every_status_but_withdrawn(self, send, begun, handler):
        given = read_decision(decision(clock.today()), on=clock.today())
        attach_decision(begun.pk, given, by=handler.actor)
        ended = withdraw(send().pk, by=handler.actor, version=2, **MISTAKE)
        refused(MoveForbidden, attach_decision, ended, decision=given, by=handler.actor)

    def test_is_only_for_forwarded_applications(self, send, handler):
        given = read_decision(decision(clock.today()), on=clock.today())
        for type in ("under_25", "social_work_need"):
            refused(MoveForbidden, attach_decision, send(type), decision=given, by=handler.actor)

    def test_once_there_is_never_changed_or_taken_away(self, send, handler):
        attach_decision(send().pk, read_decision(decision(clock.today()), on=clock.today()), by=handler.actor)
        for change in (BasicDecision.objects.all().delete, lambda: BasicDecision.objects.update(number="K-9")):
            with acting(handler.actor), pytest.raises(Exception, match="permission denied"), transaction.atomic():
                change()


def test_raising_the_urgency_shortens_both_clocks_and_lengthens_neither(send, pirkanmaa):
    with clock.frozen(at("2026-11-24T09:00")):
        referral = send()
    ordinary = referral.acknowledge_by
    assert ordinary == at("2026-11-27T00:00")
    with clock.frozen(at("2026-11-24T10:00")):
        change_urgency(referral.pk, by=pirkanmaa.actor, version=None, urgent=True, reason="No food.")
    assert now(referral).acknowledge_by == at("2026-11-25T00:00")
    assert now(referral).due_on.isoformat() == "2026-11-25"


def test_urgency_raised_on_the_last_evening_does_not_push_acknowledging_to_the_next_morning(send, pirkanmaa):
    with clock.frozen(at("2026-11-24T09:00")):
        referral = send()
    with clock.frozen(at("2026-11-26T16:00")):
        change_urgency(referral.pk, by=pirkanmaa.actor, version=None, urgent=True, reason="No food.")
    assert now(referral).acknowledge_by == referral.acknowledge_by


def test_lowering_the_urgency_counts_from_the_arrival_again(send, pirkanmaa):
    with clock.frozen(at("2026-11-24T09:00")):
        referral = send()
    with clock.frozen(at("2026-11-24T10:00")):
        change_urgency(referral.pk, by=pirkanmaa.actor, version=None, urgent=True, reason="No food.")
        change_urgency(referral.pk, by=pirkanmaa.actor, version=None, urgent=False, reason="Has food.")
    assert (now(referral).due_on, now(referral).acknowledge_by) == (referral.due_on, referral.acknowledge_by)


class TestUrgency:
    def test_is_raised_by_the_sender_or_the_holder_and_lowered_by_the_holder(
        self, send, handler, handler2, pirkanmaa, lapland
    ):
        referral, facts = send(), {"urgent": True, "reason": "No food."}
        refused(MoveForbidden, change_urgency, referral, by=handler2.actor, version=2, **facts)
        refused(NotFound, change_urgency, referral, by=lapland.actor, version=2, **facts)
        refused(Stale, change_urgency, referral, by=handler.actor, version=1, **facts)
        change_urgency(referral.pk, by=handler.actor, version=2, **facts)
        assert (now(referral).urgent, now(referral).status, now(referral).version) == (True, "delivered", 3)
        assert (last_event(referral).kind, last_event(referral).data) == ("urgency_raised", {"reason": "No food."})
        refused(MoveForbidden, change_urgency, referral, by=handler.actor, version=3, urgent=False, reason="Has food.")
        change_urgency(referral.pk, by=pirkanmaa.actor, version=3, urgent=False, reason="Has food.")
        assert (now(referral).urgent, last_event(referral).kind) == (False, "urgency_lowered")

    def test_needs_a_reason_and_a_change(self, send, handler):
        referral = send()
        problem = refused(Invalid, change_urgency, referral, by=handler.actor, version=2, urgent=True, reason=" ")
        assert faults(problem) == [("#/reason", "required")]
        change_urgency(referral.pk, by=handler.actor, version=2, urgent=True, reason="No food.")
        refused(MoveForbidden, change_urgency, referral, by=handler.actor, version=3, urgent=True, reason="Again.")

    def test_is_not_for_alerts(self, send, handler):
        refused(MoveForbidden, change_urgency, send("under_25"), by=handler.actor, version=2, urgent=True, reason="T")

    def test_before_delivery_counts_when_it_arrives(self, unroutable, handler, supervisor):
        change_urgency(unroutable.pk, by=handler.actor, version=2, urgent=True, reason="No food.")
        assert now(unroutable).due_on is None
        with clock.frozen(at("2026-11-24T09:00")):
            reroute(unroutable.pk, by=supervisor.actor, version=3, authority=PIRKANMAA, text="T")
        assert now(unroutable).due_on == date(2026, 11, 25)


class TestTheOutcome:
    def test_is_set_right_by_who_closed_it_and_the_status_stays(self, closed, pirkanmaa, handler, lapland):
        facts = {"outcome": "rejected", "text": "A slip of the hand."}
        refused(MoveForbidden, correct_outcome, closed, by=handler.actor, version=5, **facts)
        refused(NotFound, correct_outcome, closed, by=lapland.actor, version=5, **facts)
        refused(Stale, correct_outcome, closed, by=pirkanmaa.actor, version=4, **facts)
        correct_outcome(closed.pk, by=pirkanmaa.actor, version=5, **facts)
        corrected = now(closed)
        assert (corrected.status, corrected.outcome, corrected.outcome_text) == ("closed", "rejected", facts["text"])
        assert corrected.closed_at == closed.closed_at
        assert last_event(closed).data == facts | {"former": "granted"}

    def test_is_one_of_the_type(self, closed, begun, pirkanmaa):
        problem = refused(Invalid, correct_outcome, closed, by=pirkanmaa.actor, version=5, outcome="moved")
        assert faults(problem) == [("#/outcome", "invalid_choice")]

    def test_of_what_is_open_there_is_none(self, begun, pirkanmaa):
        refused(MoveForbidden, correct_outcome, begun, by=pirkanmaa.actor, version=4, outcome="granted")
