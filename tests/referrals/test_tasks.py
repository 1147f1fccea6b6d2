"""What wake-ups and sweeps run: it may come twice, late or for nothing."""

from __future__ import annotations

import pytest

from contacts.queries import register
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.actions.sending import send_referrals
from referrals.drafts import read_draft
from referrals.models import Pace, Referral
from referrals.tasks import escalate_waiting, hand_over_ended, measure_pace, route_pending
from tests.builders import body
from tests.cast import now
from tests.referrals.actions.moves import at

pytestmark = pytest.mark.django_db


def test_routing_goes_on_until_nothing_waits(handler):
    draft = read_draft(body("under_25"), on=clock.today(), register=register())
    send_referrals({str(number): draft for number in range(201)}, by=handler.actor)
    for _ in range(2):
        route_pending()
        with acting(Actor.system("test")):
            assert set(Referral.objects.values_list("status", "version")) == {("delivered", 2)}


def test_handing_over_happens_once(send_only):
    with clock.frozen(at("2022-12-31T23:50")):
        referral = send_only()
        route_pending()
    with clock.frozen(at("2023-01-01T00:05")):
        hand_over_ended()
        hand_over_ended()
    assert (now(referral).receiving_authority_id, now(referral).handovers) == ("county-08", 1)


def test_escalating_happens_once(send):
    with clock.frozen(at("2026-11-24T12:00")):
        referral = send(urgent_supplementary=True, urgent_supplementary_reason="No food.")
    with clock.frozen(at("2026-11-25T12:00")):
        escalate_waiting()
        escalate_waiting()
    assert (now(referral).version, now(referral).escalated_because) == (3, "not_acknowledged")


def test_measuring_twice_leaves_one_line_for_each_type(send):
    send()
    measure_pace()
    measure_pace()
    with acting(Actor.system("test")):
        assert Pace.objects.count() == 1
