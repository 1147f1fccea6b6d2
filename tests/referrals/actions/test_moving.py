"""What holds for every change: locked, checked, one event and one version more, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from delivery.models import Event
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Invalid, MoveForbidden, NotFound, Problem, Stale
from referrals.actions.correcting import attach_decision, change_urgency, correct_outcome, reroute, withdraw
from referrals.actions.moving import change, lock, moves_for
from referrals.actions.working import acknowledge, assign, close, return_to_kela, start, transfer
from referrals.drafts import read_decision
from referrals.models import Referral
from referrals.queries import history
from referrals.rules.lifecycle import HELD, PAIRS, Move
from tests.builders import decision
from tests.cast import LAPLAND, PIRKANMAA, now
from tests.referrals.actions.moves import as_it_is

pytestmark = pytest.mark.django_db
HERE = {"authority": PIRKANMAA, "text": "T"}
THERE = {"authority": LAPLAND, "text": "T"}
CALLS: dict[Move, list[Callable[..., Referral]]] = {
    Move.ACKNOWLEDGE: [acknowledge],
    Move.START: [start],
    Move.CLOSE: [partial(close, outcome="granted"), partial(close, outcome="moved")],
    Move.RETURN: [partial(return_to_kela, reason="duplicate", text="T"), partial(return_to_kela, reason="", text="T")],
    Move.TRANSFER: [partial(transfer, reason="moved", **where) for where in (HERE, THERE)],
    Move.REROUTE: [partial(reroute, **where) for where in (HERE, THERE)],
    Move.WITHDRAW: [partial(withdraw, reason="duplicate")],
    Move.RAISE_URGENCY: [partial(change_urgency, urgent=True, reason="T")],
    Move.LOWER_URGENCY: [partial(change_urgency, urgent=False, reason="T")],
    Move.CORRECT_OUTCOME: [partial(correct_outcome, outcome="rejected")],
}
STEPS = st.tuples(
    st.sampled_from([call for calls in CALLS.values() for call in calls]),
    st.sampled_from(["handler", "handler2", "supervisor", "pirkanmaa", "lapland", "analyst"]),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(home=st.sampled_from(["837", "698", "478"]), steps=st.lists(STEPS, min_size=3, max_size=12))
def test_no_sequence_of_moves_leaves_the_table(
    send, handler, handler2, supervisor, pirkanmaa, lapland, analyst, home, steps
):
    """Whoever tries whatever: it is done whole and lawfully, or refused and nothing has changed."""
    people = {"handler": handler, "handler2": handler2, "supervisor": supervisor} | {
        "pirkanmaa": pirkanmaa, "lapland": lapland, "analyst": analyst
    }  # fmt: skip
    referral = send(client={"home_municipality": home})
    for call, who in steps:
        before = as_it_is(referral)
        try:
            call(referral.pk, by=people[who].actor, version=before["version"])
        except (NotFound, MoveForbidden, Invalid):
            assert as_it_is(referral) == before
        else:
            after = as_it_is(referral)
            assert after["version"] - before["version"] == after["events"] - before["events"] > 0
            assert_lawful(now(referral), before["version"])


def assert_lawful(referral: Referral, former: int) -> None:
    with acting(Actor.system("test")):
        events = history(referral)
    assert [event.version for event in events] == list(range(1, referral.version + 1))
    assert events[-1].status == referral.status
    for one, next_one in zip(events[former - 1 :], events[former:], strict=False):
        assert one.status == next_one.status or (one.status, next_one.status) in PAIRS
    assert (referral.due_on is not None) == (referral.status in HELD)
    assert referral.receiving_authority_id is not None or referral.status in ("unroutable", "withdrawn")


def test_what_is_offered_is_what_works(send, handler, supervisor, pirkanmaa, lapland, pirkanmaa2):
    """In every status and for everybody: a move that is offered succeeds, one that is not is refused."""
    everybody = [user.actor for user in (handler, supervisor, pirkanmaa, lapland)]
    more: dict[Move, list[Callable[..., Referral]]] = {
        Move.ASSIGN: [partial(assign, assignee=pirkanmaa2.pk)],
        Move.RESOLVE: CALLS[Move.REROUTE],
        Move.ATTACH_DECISION: [
            partial(attach_decision, decision=read_decision(decision(clock.today()), on=clock.today()))
        ],
    }
    for referral in every_status(send, handler, pirkanmaa):
        for by in everybody:
            with acting(by):
                seen = Referral.objects.filter(pk=referral.pk).first()
                offered = moves_for(seen, by) if seen else []
            for move, calls in (CALLS | more).items():
                done = any(succeeds(call, referral, by) for call in calls)
                if move in (Move.REROUTE, Move.RESOLVE):  # one action for both
                    assert done == bool({Move.REROUTE, Move.RESOLVE} & set(offered))
                elif move in (Move.RAISE_URGENCY, Move.LOWER_URGENCY):
                    assert done <= (move in offered)  # only where it changes something
                else:
                    assert done == (move in offered), (move, referral.status, by.role)


def every_status(send, handler, pirkanmaa) -> Iterator[Referral]:
    yield send(client={"home_municipality": "478"})
    yield send()
    for calls in (
        [acknowledge],
        [start],
        [start, *CALLS[Move.CLOSE][:1]],
        CALLS[Move.RETURN][:1],
    ):
        referral = send()
        for call in calls:
            call(referral.pk, by=pirkanmaa.actor, version=None)
        yield now(referral)
    yield withdraw(send().pk, by=handler.actor, version=None, reason="duplicate")


def succeeds(call: Callable[..., Any], referral: Referral, by: Actor) -> bool:
    """Whether it is done; then it is undone again."""
    try:
        with undone():
            call(referral.pk, by=by, version=None)
    except Problem:
        return False
    return True


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_two_cannot_both_write_one_version(send, pirkanmaa):
    """Were the lock ever forgotten, the event's key would still refuse the second."""
    referral = send()

    def write_unlocked(stale: Referral) -> None:
        with acting(Actor.system("test")):
            change(stale, "noted", by=pirkanmaa.actor)

    stale = now(referral)
    write_unlocked(now(referral))
    with pytest.raises(IntegrityError):
        write_unlocked(stale)
    assert as_it_is(referral)["events"] == 3


def test_a_lock_names_the_version_that_was_read_or_none(send, pirkanmaa):
    referral = send()
    with acting(pirkanmaa.actor):
        assert lock(referral.pk, version=2) == lock(referral.pk, version=None) == referral
        assert Event.objects.filter(subject_id=referral.pk).count() == 2


def test_a_job_that_was_faster_is_told_of_without_its_name(send, pirkanmaa):
    with pytest.raises(Stale) as raised:
        acknowledge(send().pk, by=pirkanmaa.actor, version=1)
    assert raised.value.detail.startswith("The system changed it on ")
