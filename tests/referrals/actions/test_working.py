"""What the authority that holds a referral does with it: each step, and from the same set-up what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from threading import Event as Signal
from time import sleep
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Q

from accounts.models import User
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Invalid, MoveForbidden, NotFound, Problem, Stale
from referrals.actions.correcting import withdraw
from referrals.actions.moving import lock
from referrals.actions.working import (
    acknowledge,
    acknowledge_all,
    assign,
    assign_all,
    close,
    return_to_kela,
    start,
    transfer,
    workers_of,
)
from referrals.models import Referral
from referrals.queries import history
from referrals.rules.lifecycle import ReturnReason
from referrals.types import TYPES
from tests.cast import PIRKANMAA, now
from tests.referrals.actions.moves import at, faults, last_event, refused
from tests.together import PATIENCE, at_once

pytestmark = pytest.mark.django_db
SYSTEM_OF_PIRKANMAA = Actor("authority_system", "client:county-pirkanmaa", "System", PIRKANMAA, cleared=True)
EVERYTHING = Q()


@pytest.fixture
def acknowledged(send, pirkanmaa) -> Referral:
    referral = send()
    acknowledge(referral.pk, by=pirkanmaa.actor, version=2)
    return now(referral)


@pytest.fixture
def protected(send, supervisor) -> Referral:
    """Of a person under non-disclosure."""
    return send(by=supervisor, client={"non_disclosure": True})


MOVES: dict[str, tuple[Callable[..., Referral], dict[str, Any]]] = {
    "acknowledge": (acknowledge, {}),
    "start": (start, {}),
    "return": (return_to_kela, {"reason": "duplicate", "text": "Twice."}),
    "transfer": (transfer, {"authority": "county-21", "reason": "moved", "text": ""}),
}


@pytest.mark.parametrize("move", MOVES)
def test_who_holds_a_new_one_may_move_it_and_nobody_else(send, move, pirkanmaa, lapland, handler, analyst):
    referral, (call, facts) = send(), MOVES[move]
    refused(NotFound, call, referral, by=lapland.actor, version=2, **facts)
    refused(NotFound, call, referral, by=analyst.actor, version=2, **facts)
    refused(MoveForbidden, call, referral, by=handler.actor, version=2, **facts)
    call(referral.pk, by=pirkanmaa.actor, version=2, **facts)


@pytest.mark.parametrize("move", MOVES)
def test_who_read_an_older_version_is_told_who_was_faster(send, move, pirkanmaa, pirkanmaa2):
    referral, (call, facts) = send(), MOVES[move]
    with clock.frozen(at("2026-11-24T09:05")):
        start(referral.pk, by=pirkanmaa2.actor, version=2)
    stale = refused(Stale, call, referral, by=pirkanmaa.actor, version=2, **facts)
    assert stale.members == {"current_version": 4}
    assert stale.detail.startswith("Worker2.Pirkanmaa changed it on 24.11.2026 at 9.05.")


@pytest.mark.parametrize("move", MOVES)
def test_what_never_was_cannot_be_told_from_what_is_not_ones_own(send, move, lapland):
    referral, (call, facts) = send(), MOVES[move]
    theirs = refused(NotFound, call, referral, by=lapland.actor, version=2, **facts)
    with pytest.raises(NotFound) as never:
        call(uuid4(), by=lapland.actor, version=2, **facts)
    assert theirs.body() == never.value.body()


def test_acknowledging_is_noted_once(send, pirkanmaa):
    referral = send()
    with clock.frozen(at("2026-11-24T09:05")):
        acknowledge(referral.pk, by=pirkanmaa.actor, version=2)
    referral = now(referral)
    assert (referral.status, referral.version) == ("acknowledged", 3)
    assert referral.acknowledged_at == at("2026-11-24T09:05")
    assert (last_event(referral).kind, last_event(referral).actor_id) == ("acknowledged", str(pirkanmaa.pk))
    refused(MoveForbidden, acknowledge, referral, by=pirkanmaa.actor, version=3)


def test_starting_a_new_one_acknowledges_it_in_the_same_step(send, pirkanmaa):
    referral = send()
    start(referral.pk, by=pirkanmaa.actor, version=2)
    referral = now(referral)
    assert (referral.status, referral.version, referral.assignee_id) == ("in_progress", 4, pirkanmaa.pk)
    with acting(Actor.system("test")):
        events = [(event.kind, event.version, event.status) for event in history(referral)[2:]]
    assert events == [("acknowledged", 3, "acknowledged"), ("started", 4, "in_progress")]
    refused(MoveForbidden, start, referral, by=pirkanmaa.actor, version=4)


def test_a_lead_gives_it_to_a_worker_of_the_same_authority_alone(acknowledged, lead, pirkanmaa, lapland, handler):
    for other in (lapland.pk, handler.pk, uuid4()):
        problem = refused(Invalid, start, acknowledged, by=lead.actor, version=3, assignee=other)
        assert faults(problem) == [("#/assignee", "invalid_choice")]
    start(acknowledged.pk, by=lead.actor, version=3, assignee=pirkanmaa.pk)
    assert now(acknowledged).assignee_id == pirkanmaa.pk


def test_who_has_left_is_given_nothing(acknowledged, lead, pirkanmaa):
    User.objects.filter(pk=pirkanmaa.pk).update(is_active=False)
    refused(Invalid, start, acknowledged, by=lead.actor, version=3, assignee=pirkanmaa.pk)
    assert [worker.name for worker in workers_of(PIRKANMAA)] == [lead.name]


def test_a_system_starts_without_a_person(acknowledged):
    start(acknowledged.pk, by=SYSTEM_OF_PIRKANMAA, version=3)
    assert (now(acknowledged).status, now(acknowledged).assignee_id) == ("in_progress", None)


def test_work_in_progress_is_given_to_another(begun, lead, pirkanmaa, pirkanmaa2, lapland, acknowledged):
    refused(Invalid, assign, begun, by=lead.actor, version=4, assignee=lapland.pk)
    refused(NotFound, assign, begun, by=lapland.actor, version=4, assignee=lapland.pk)
    refused(Stale, assign, begun, by=lead.actor, version=3, assignee=pirkanmaa2.pk)
    refused(MoveForbidden, assign, acknowledged, by=lead.actor, version=3, assignee=pirkanmaa2.pk)
    assign(begun.pk, by=lead.actor, version=4, assignee=pirkanmaa2.pk)
    assert (now(begun).status, now(begun).assignee_id) == ("in_progress", pirkanmaa2.pk)
    assert last_event(begun).data == {"assignee": pirkanmaa2.name}


def test_only_the_cleared_work_on_what_is_protected(protected, pirkanmaa, pirkanmaa2, lead):
    refused(NotFound, start, protected, by=pirkanmaa.actor, version=2)
    refused(NotFound, acknowledge, protected, by=lead.actor, version=2)
    refused(Invalid, start, protected, by=pirkanmaa2.actor, version=2, assignee=pirkanmaa.pk)
    start(protected.pk, by=pirkanmaa2.actor, version=2)
    assert now(protected).assignee_id == pirkanmaa2.pk
    assert list(workers_of(PIRKANMAA, cleared_only=True)) == [pirkanmaa2]


def test_a_return_keeps_who_had_it_and_takes_it_from_their_work(begun, pirkanmaa):
    return_to_kela(begun.pk, by=pirkanmaa.actor, version=4, reason="insufficient_content", text="Which bed?")
    returned = now(begun)
    assert (returned.status, returned.receiving_authority_id) == ("returned", PIRKANMAA)
    assert (returned.due_on, returned.acknowledge_by, returned.assignee_id) == (None, None, None)
    assert (returned.return_reason, returned.return_text) == ("insufficient_content", "Which bed?")
    assert returned.first_due_on == begun.first_due_on
    assert last_event(begun).data == {
        "reason": "insufficient_content",
        "text": "Which bed?",
        "proposed_authority": None,
    }


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"reason": "wrong_authority", "text": "T"}, [("#/proposed_authority", "required")]),
        ({"reason": "wrong_authority", "text": "T", "proposed_authority": PIRKANMAA}, [("#/proposed_authority", "own")]),
        ({"reason": "wrong_authority", "text": "T", "proposed_authority": "kela"}, [("#/proposed_authority", "invalid_choice")]),
        ({"reason": "moved", "text": "T", "proposed_authority": "nowhere"}, [("#/proposed_authority", "invalid_choice")]),
        ({"reason": "moved", "text": "T", "proposed_authority": "municipality-837"}, [("#/proposed_authority", "invalid_choice")]),
        ({"reason": "none_such", "text": " \n"}, [("#/reason", "invalid_choice"), ("#/text", "required")]),
    ],
)  # fmt: skip
def test_a_return_says_why_and_proposes_the_right_authority(begun, pirkanmaa, facts, wanted):
    assert faults(refused(Invalid, return_to_kela, begun, by=pirkanmaa.actor, version=4, **facts)) == wanted
    right = {"reason": "wrong_authority", "text": "Lives in Rovaniemi.", "proposed_authority": "county-21"}
    return_to_kela(begun.pk, by=pirkanmaa.actor, version=4, **right)
    assert now(begun).proposed_authority_id == "county-21"


@pytest.mark.parametrize("reason", [reason for reason in ReturnReason if reason != "wrong_authority"])
def test_other_reasons_need_no_proposal(begun, pirkanmaa, reason):
    return_to_kela(begun.pk, by=pirkanmaa.actor, version=4, reason=reason, text="Look again.")
    assert now(begun).return_reason == reason


def test_a_transfer_hands_over_without_a_new_referral(begun, pirkanmaa, lapland):
    with clock.frozen(at("2026-11-24T12:00")):
        transfer(begun.pk, by=pirkanmaa.actor, version=4, authority="county-21", reason="moved", text="To Rovaniemi.")
    moved = now(begun)
    assert (moved.status, moved.receiving_authority_id, moved.assignee_id) == ("delivered", "county-21", None)
    assert (moved.handovers, moved.version) == (1, 6)
    assert (moved.due_on, moved.first_due_on) == (date(2026, 12, 3), begun.first_due_on)
    assert moved.first_delivered_at == begun.first_delivered_at
    assert moved.delivered_at == at("2026-11-24T12:00")
    with acting(Actor.system("test")):
        *_, given, arrived = history(moved)
        assert Referral.objects.count() == 1
    assert (given.kind, given.authority_id, given.actor_id) == ("transferred", PIRKANMAA, str(pirkanmaa.pk))
    assert given.data == {"reason": "moved", "text": "To Rovaniemi.", "from": PIRKANMAA, "authority": "county-21"}
    assert (arrived.kind, arrived.authority_id) == ("delivered", "county-21")
    refused(NotFound, acknowledge, moved, by=pirkanmaa.actor, version=6)
    acknowledge(moved.pk, by=lapland.actor, version=6)


@pytest.mark.parametrize(
    ("authority", "reason", "wanted"),
    [
        (PIRKANMAA, "moved", [("#/authority", "own")]),
        ("municipality-837", "moved", [("#/authority", "invalid_choice")]),  # serves immigrants only
        ("kela", "moved", [("#/authority", "invalid_choice")]),
        ("", "nonsense", [("#/authority", "invalid_choice"), ("#/reason", "invalid_choice")]),
    ],
)
def test_a_transfer_goes_to_another_authority_that_receives_the_type(begun, pirkanmaa, authority, reason, wanted):
    problem = refused(
        Invalid, transfer, begun, by=pirkanmaa.actor, version=4, authority=authority, reason=reason, text=""
    )
    assert faults(problem) == wanted


def test_handing_over_once_and_again_counts(begun, pirkanmaa, lapland):
    transfer(begun.pk, by=pirkanmaa.actor, version=None, authority="county-21", reason="moved", text="")
    transfer(begun.pk, by=lapland.actor, version=None, authority=PIRKANMAA, reason="wrong_authority", text="")
    assert (now(begun).handovers, now(begun).receiving_authority_id) == (2, PIRKANMAA)


@pytest.mark.parametrize("type", TYPES)
def test_every_outcome_of_a_type_closes_it_and_no_other_does(send, pirkanmaa, type):
    kind = TYPES[type]
    foreign = {outcome for other in TYPES.values() for outcome in other.outcomes} - set(kind.outcomes)
    worker = pirkanmaa
    if type == "immigrant":
        worker = User.objects.create_user("t", name="T", role="worker", authority_id="municipality-837")
    for outcome in kind.outcomes:
        referral = send(type)
        start(referral.pk, by=worker.actor, version=2)
        for other in [*sorted(foreign)[:2], "", "none such"]:
            problem = refused(Invalid, close, referral, by=worker.actor, version=4, outcome=other, text="T")
            assert faults(problem) == [("#/outcome", "invalid_choice")]
        close(referral.pk, by=worker.actor, version=4, outcome=outcome, text="Told.")
        assert (now(referral).status, now(referral).outcome) == ("closed", outcome)


def test_closing_ends_the_clock_and_keeps_who_did_it(begun, pirkanmaa):
    with clock.frozen(at("2026-11-24T12:00")):
        close(begun.pk, by=pirkanmaa.actor, version=4, outcome="granted", text="Bed bought.")
    closed = now(begun)
    assert (closed.due_on, closed.acknowledge_by, closed.closed_at) == (None, None, at("2026-11-24T12:00"))
    assert (closed.assignee_id, closed.outcome_text) == (pirkanmaa.pk, "Bed bought.")
    assert last_event(begun).data == {"outcome": "granted", "text": "Bed bought."}


def test_an_outcome_that_tells_nothing_needs_words(send, pirkanmaa):
    for kind in TYPES.values():
        for outcome in kind.outcomes_needing_text:
            referral = send(kind.code)
            start(referral.pk, by=pirkanmaa.actor, version=2)
            problem = refused(Invalid, close, referral, by=pirkanmaa.actor, version=4, outcome=outcome, text=" ")
            assert faults(problem) == [("#/text", "required")]


def test_a_new_one_is_not_closed_unread(send, acknowledged, pirkanmaa, lapland, handler):
    refused(MoveForbidden, close, send(), by=pirkanmaa.actor, version=2, outcome="granted")
    refused(NotFound, close, acknowledged, by=lapland.actor, version=3, outcome="granted")
    refused(MoveForbidden, close, acknowledged, by=handler.actor, version=3, outcome="granted")
    close(acknowledged.pk, by=pirkanmaa.actor, version=3, outcome="granted")


@pytest.mark.parametrize("move", [*MOVES, "close", "assign"])
def test_what_is_closed_or_returned_moves_no_more_here(send, begun, pirkanmaa, move):
    closed, returned = begun, send()
    close(closed.pk, by=pirkanmaa.actor, version=4, outcome="granted")
    return_to_kela(returned.pk, by=pirkanmaa.actor, version=2, reason="duplicate", text="Twice.")
    more = {"close": (close, {"outcome": "granted"}), "assign": (assign, {"assignee": pirkanmaa.pk})}
    call, facts = (MOVES | more)[move]
    for referral in (closed, returned):
        refused(MoveForbidden, call, referral, by=pirkanmaa.actor, version=None, **facts)


class TestManyTogether:
    def test_acknowledging_takes_what_is_new_and_ones_own(self, send, acknowledged, pirkanmaa, lapland):
        new = [send() for _ in range(3)]
        elsewhere = send(client={"home_municipality": "698"})
        assert now(elsewhere).receiving_authority_id == "county-21"
        assert acknowledge_all(EVERYTHING, by=pirkanmaa.actor) == 3
        assert acknowledge_all(EVERYTHING, by=pirkanmaa.actor) == 0
        assert {now(referral).status for referral in new} == {"acknowledged"}
        assert now(elsewhere).status == "delivered"
        assert now(acknowledged).version == acknowledged.version

    def test_only_what_is_wanted_and_no_more_than_the_limit(self, send, pirkanmaa):
        for _ in range(3):
            send()
        urgent = send(urgent_supplementary=True, urgent_supplementary_reason="No food.")
        assert acknowledge_all(Q(urgent=True), by=pirkanmaa.actor) == 1
        assert now(urgent).status == "acknowledged"
        assert acknowledge_all(EVERYTHING, by=pirkanmaa.actor, limit=2) == 2

    def test_kela_acknowledges_nothing(self, send, handler):
        send()
        assert acknowledge_all(EVERYTHING, by=handler.actor) == 0

    def test_assigning_starts_what_was_not_begun_and_passes_over_what_they_have(
        self, send, begun, lead, pirkanmaa, pirkanmaa2
    ):
        new = send()
        assert assign_all(EVERYTHING, by=lead.actor, assignee=pirkanmaa2.pk) == 2
        assert {now(referral).assignee_id for referral in (new, begun)} == {pirkanmaa2.pk}
        assert {now(referral).status for referral in (new, begun)} == {"in_progress"}
        assert (last_event(new).kind, last_event(begun).kind) == ("started", "assigned")
        assert assign_all(EVERYTHING, by=lead.actor, assignee=pirkanmaa2.pk) == 0

    def test_one_who_may_not_have_one_of_them_gets_none(self, send, supervisor, pirkanmaa, pirkanmaa2):
        open_one, _ = send(), send(by=supervisor, client={"non_disclosure": True})
        with pytest.raises(Invalid):
            assign_all(EVERYTHING, by=pirkanmaa2.actor, assignee=pirkanmaa.pk)
        assert now(open_one).status == "delivered"
        assert assign_all(Q(protected=False), by=pirkanmaa2.actor, assignee=pirkanmaa.pk) == 1


@pytest.mark.django_db(transaction=True)
class TestAtTheSameInstant:
    def test_of_two_the_one_wins_and_the_other_is_told(self, send, pirkanmaa, pirkanmaa2):
        for _ in range(3):
            referral = send()
            answers = at_once(
                *(partial(start, referral.pk, by=user.actor, version=2) for user in (pirkanmaa, pirkanmaa2))
            )
            assert_one_winner(answers, Stale)
            winner = next(answer for answer in answers if isinstance(answer, Referral))
            assert now(referral).assignee_id == winner.assignee_id
            assert now(referral).version == 4

    def test_different_moves_have_one_winner_too(self, send, pirkanmaa, pirkanmaa2, handler):
        referral = send()
        answers = at_once(
            partial(acknowledge, referral.pk, by=pirkanmaa.actor, version=2),
            partial(return_to_kela, referral.pk, by=pirkanmaa2.actor, version=2, reason="duplicate", text="T"),
            partial(withdraw, referral.pk, by=handler.actor, version=2, reason="duplicate"),
        )
        assert_one_winner(answers, Stale)
        assert now(referral).version == 3

    def test_who_comes_second_to_a_transfer_does_not_see_it_any_more(self, send, pirkanmaa, pirkanmaa2):
        referral = send()
        answers = at_once(
            *(
                partial(transfer, referral.pk, by=user.actor, version=2, authority=target, reason="moved", text="")
                for user, target in ((pirkanmaa, "county-21"), (pirkanmaa2, "county-05"))
            )
        )
        assert_one_winner(answers, NotFound)
        assert now(referral).handovers == 1

    def test_many_are_locked_by_id_so_that_nobody_locks_up(self, send, pirkanmaa, pirkanmaa2):
        """The nearest deadline is the later one's."""
        earlier, later = send(), send(urgent_supplementary=True, urgent_supplementary_reason="No food.")
        has_first, other_began = Signal(), Signal()

        def one_by_one() -> None:
            with acting(pirkanmaa.actor):
                lock(earlier.pk, version=None)
                has_first.set()
                assert other_began.wait(PATIENCE)
                sleep(0.2)
                lock(later.pk, version=None)

        def together() -> int:
            assert has_first.wait(PATIENCE)
            other_began.set()
            return acknowledge_all(EVERYTHING, by=pirkanmaa2.actor)

        assert at_once(one_by_one, together) == [None, 2]

    def test_acknowledging_all_and_one_do_not_lock_up(self, send, pirkanmaa, pirkanmaa2):
        referrals = [send() for _ in range(10)]
        all_at_once = [partial(acknowledge_all, EVERYTHING, by=user.actor) for user in (pirkanmaa, pirkanmaa2)]
        one = partial(acknowledge, referrals[5].pk, by=pirkanmaa2.actor, version=2)
        first, second, single = at_once(*all_at_once, one)
        assert first + second + isinstance(single, Referral) == 10
        assert {now(referral).version for referral in referrals} == {3}


def assert_one_winner(answers: list[Any], told: type[Problem]) -> None:
    kinds = sorted(type(answer).__name__ for answer in answers)
    assert kinds == sorted(["Referral"] + [told.__name__] * (len(answers) - 1))
