"""How fast the authorities are, measured from what they did."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.actions.measuring import measure_pace
from referrals.actions.working import acknowledge, start, transfer
from referrals.models import Pace
from tests.cast import PIRKANMAA
from tests.referrals.actions.moves import at

pytestmark = pytest.mark.django_db
MONDAY = at("2026-11-16T12:00")
TYPE = "supplementary_application"


def known() -> dict[tuple[str, str], tuple[int | None, int | None]]:
    with acting(Actor.system("test")):
        rows = Pace.objects.values_list("authority", "type", "until_noted", "until_begun")
        return {(authority, type): (noted, begun) for authority, type, noted, begun in rows}


def noted(send, pirkanmaa, *days: int, arrived: datetime = MONDAY) -> list:
    """Referrals that arrived then and were acknowledged so many days later."""
    referrals = []
    for later in days:
        with clock.frozen(arrived):
            referrals.append(send())
        with clock.frozen(arrived + timedelta(days=later)):
            acknowledge(referrals[-1].pk, by=pirkanmaa.actor, version=2)
    return referrals


def measure(when: datetime = MONDAY + timedelta(days=9)) -> int:
    with clock.frozen(when):
        return measure_pace()


def test_the_usual_days_are_medians_of_what_was_done(send, pirkanmaa):
    referrals = noted(send, pirkanmaa, 0, 0, 1, 1, 2)
    for referral, days in zip(referrals, (2, 3, 4, 7, 8), strict=True):
        with clock.frozen(MONDAY + timedelta(days=days)):
            start(referral.pk, by=pirkanmaa.actor, version=3)
    assert measure() == 1
    assert known() == {(PIRKANMAA, TYPE): (1, 4)}


def test_what_too_few_tell_is_not_known(send, pirkanmaa):
    noted(send, pirkanmaa, 0, 0, 0, 0)
    measure()
    assert known() == {(PIRKANMAA, TYPE): (None, None)}


def test_what_is_older_than_ninety_days_does_not_count(send, pirkanmaa):
    noted(send, pirkanmaa, 0, 0, 0, 0, 0)
    assert measure(MONDAY + timedelta(days=91)) == 0
    assert known() == {}


def test_what_another_authority_had_before_does_not_count(send, lapland, pirkanmaa):
    noted(send, pirkanmaa, 0, 0, 0, 0, 0)
    with clock.frozen(MONDAY):
        referral = send(client={"home_municipality": "698", "place_of_stay": "698"})
        transfer(referral.pk, by=lapland.actor, version=2, authority=PIRKANMAA, reason="moved", text="")
    with clock.frozen(MONDAY + timedelta(days=7)):
        acknowledge(referral.pk, by=pirkanmaa.actor, version=4)
    measure()
    assert known() == {(PIRKANMAA, TYPE): (0, None)}


def test_measuring_again_takes_the_place_of_what_was_measured(send, pirkanmaa):
    noted(send, pirkanmaa, 0, 0, 0, 0, 0)
    measure()
    noted(send, pirkanmaa, 1, 1, 1, 1, 1, 1)
    measure()
    assert known() == {(PIRKANMAA, TYPE): (1, None)}


def test_senders_see_every_pace_an_authority_its_own_and_others_none(
    send, handler, supervisor, analyst, pirkanmaa, lead, lapland
):
    noted(send, pirkanmaa, 0)
    measure()
    seen = {}
    for user in (handler, supervisor, analyst, pirkanmaa, lead, lapland):
        with acting(user.actor):
            seen[user.username] = Pace.objects.count()
    assert seen == {
        "handler": 1, "supervisor": 1, "analyst": 0, "worker.pirkanmaa": 1, "lead.pirkanmaa": 1, "worker.lapland": 0,
    }  # fmt: skip


def test_only_our_own_job_measures(lead):
    with pytest.raises(DatabaseError, match="row-level security"), acting(lead.actor):
        Pace.objects.create(authority_id=PIRKANMAA, type=TYPE, measured_at=clock.now())
