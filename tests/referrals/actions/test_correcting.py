from __future__ import annotations

from datetime import datetime

from kela_kunta.base import clock
from referrals.actions.correcting import change_urgency
from tests.cast import now


def at(text: str) -> datetime:
    """That moment in Helsinki."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.HELSINKI)


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
