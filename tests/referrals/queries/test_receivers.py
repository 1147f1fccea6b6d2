"""How it stands with those who receive."""

from __future__ import annotations

import pytest

from contacts.actions.pausing import pause
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import NotAllowed
from referrals.actions.working import acknowledge
from referrals.queries import Waiting, pace, pauses_at, waiting
from tests.cast import LAPLAND, PIRKANMAA
from tests.referrals.actions.moves import at

pytestmark = pytest.mark.django_db
TYPE = "supplementary_application"
NOON, ONE = at("2026-11-24T12:00"), at("2026-11-24T13:00")


def seen(user, authority: str = PIRKANMAA, type: str = TYPE) -> Waiting:
    with acting(user.actor):
        return waiting(authority, type, by=user.actor)


def test_what_waits_is_told_with_the_oldest(send, handler, pirkanmaa, django_assert_num_queries):
    with clock.frozen(NOON):
        first = send()
    with clock.frozen(ONE):
        send()
        send("social_work_need")
    assert seen(handler) == Waiting(2, NOON)
    acknowledge(first.pk, by=pirkanmaa.actor, version=2)
    assert seen(handler) == Waiting(1, ONE)
    assert seen(handler, type="under_25") == seen(handler, LAPLAND) == Waiting(0, None)


def test_the_protected_count_for_those_who_may_not_see_them(send, supervisor, handler2, pirkanmaa):
    send(client={"non_disclosure": True}, by=supervisor)
    assert seen(handler2).count == seen(pirkanmaa).count == 1


def test_kelas_senders_see_every_receiver_and_an_authority_itself(
    handler, supervisor, pirkanmaa, lead, lapland, analyst, auditor
):
    system = Actor("kela_system", "client:etotu", "eTotu", "kela")
    for actor in (handler.actor, supervisor.actor, system, pirkanmaa.actor, lead.actor):
        with acting(actor):
            assert waiting(PIRKANMAA, TYPE, by=actor) == Waiting(0, None)
            assert pace(PIRKANMAA, TYPE, by=actor) is None
    for user in (lapland, analyst, auditor):
        for query in (waiting, pace):
            with acting(user.actor), pytest.raises(NotAllowed):
                query(PIRKANMAA, TYPE, by=user.actor)


def test_a_pause_of_the_type_stands_before_one_of_all_types(lead, lapland):
    facts = {"begins": NOON, "ends": None, "cause": "staff", "text": "", "inbox_read": False, "by": lead.actor}
    whole = pause(type="", fallback_phone="+358401234567", **facts)
    own = pause(type=TYPE, fallback_phone="+358407654321", **facts)
    asked = {(PIRKANMAA, TYPE), (PIRKANMAA, "under_25"), (LAPLAND, TYPE)}
    assert pauses_at(asked, ONE) == {(PIRKANMAA, TYPE): own, (PIRKANMAA, "under_25"): whole}
    assert pauses_at(asked, at("2026-11-24T11:59")) == {}


def test_nobody_asked_for_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert pauses_at(set(), NOON) == {}
