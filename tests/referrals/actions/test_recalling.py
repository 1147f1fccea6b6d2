"""A supervisor takes back what a run sent."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import uuid4

import pytest

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Invalid, MoveForbidden, NotAllowed, NotFound
from referrals.actions.detecting import detect_alerts
from referrals.actions.recalling import carry_out_recalls, preview_recall, recall_run
from referrals.actions.releasing import release_alerts
from referrals.actions.routing import route_batch
from referrals.actions.working import start
from referrals.models import Alert, AlertRule, AlertRun, AlertState, Message, Referral
from referrals.rules.lifecycle import Status
from referrals.rules.months import add_months, month_of
from tests.assistance import month_told, tell, tell_months

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
JOB = Actor.system("test")


@pytest.fixture
def run(db) -> AlertRun:
    """One that found six: two wait, four were sent."""
    with acting(JOB):
        AlertRule.objects.filter(type="under_25").update(most_at_once=3, lot_size=4)
    for number in range(900, 906):
        tell_months(4, number=number)
    found = detect_alerts(clock.today()).run
    with acting(JOB):
        first = Alert.objects.order_by("release_on").first().release_on
    release_alerts(first)
    while route_batch():
        pass
    return found


def begin(pirkanmaa, count: int) -> list[Referral]:
    with acting(pirkanmaa.actor):
        rows = list(Referral.objects.all()[:count])
    for row in rows:
        start(row.pk, by=pirkanmaa.actor, version=None)
    return rows


def test_a_preview_says_what_would_come_of_it(run, pirkanmaa, supervisor):
    begin(pirkanmaa, 1)
    told = preview_recall(run.pk, by=supervisor.actor)
    assert (told.waiting, told.withdrawn, told.in_work, told.closed) == (2, 3, {"county-08": 1}, 0)


def test_a_recall_withdraws_what_nobody_began_and_tells_those_at_work(run, pirkanmaa, supervisor):
    [working] = begin(pirkanmaa, 1)
    recall_run(run.pk, by=supervisor.actor, text="Väärä aineisto.")
    while carry_out_recalls(limit=2):
        pass
    with acting(supervisor.actor):
        states = sorted(Referral.objects.values_list("status", "withdrawal_reason"))
        assert states == [(Status.IN_PROGRESS, ""), *[(Status.WITHDRAWN, "recalled_run")] * 3]
        run.refresh_from_db()
        assert run.recall_done_at
        assert Alert.objects.filter(state=AlertState.DROPPED, dropped_because="recalled").count() == 2
    with acting(pirkanmaa.actor):
        message = Message.objects.get()
        assert message.referral_id == working.pk
        assert "Väärä aineisto." in message.text


def test_nobody_of_a_recalled_run_is_found_anew_in_the_same_months_whether_it_had_left_or_not(run, supervisor):
    recall_run(run.pk, by=supervisor.actor, text="Väärä aineisto.")
    while carry_out_recalls():
        pass
    for number in range(900, 906):
        tell_months(5, number=number)
    assert detect_alerts(clock.today()).found == []


def test_nothing_of_a_recalled_run_leaves_any_more(run, supervisor):
    recall_run(run.pk, by=supervisor.actor, text="Väärä aineisto.")
    with acting(JOB):
        later = Alert.objects.filter(state=AlertState.WAITING).first().release_on
    assert release_alerts(later) == 0


def test_a_recall_that_broke_off_goes_on_and_tells_nobody_twice(run, pirkanmaa, supervisor):
    begin(pirkanmaa, 2)
    recall_run(run.pk, by=supervisor.actor, text="Väärä aineisto.")
    carry_out_recalls(limit=1)
    while carry_out_recalls(limit=1):
        pass
    with acting(pirkanmaa.actor):
        assert Message.objects.count() == 2


@pytest.mark.parametrize("role", ["handler", "kela_system", "worker"])
def test_only_a_supervisor_recalls(run, role):
    by = Actor(role, "1", "Somebody", "kela")
    with pytest.raises(NotAllowed):
        recall_run(run.pk, by=by, text="Väärä aineisto.")
    with pytest.raises(NotAllowed):
        preview_recall(run.pk, by=by)


def test_a_recall_needs_its_reason_and_happens_once(run, supervisor):
    with pytest.raises(Invalid):
        recall_run(run.pk, by=supervisor.actor, text=" ")
    recall_run(run.pk, by=supervisor.actor, text="Väärä aineisto.")
    with pytest.raises(MoveForbidden):
        recall_run(run.pk, by=supervisor.actor, text="Taas.")


def test_the_longest_reason_still_fits_the_message_and_what_no_message_holds_is_refused(run, pirkanmaa, supervisor):
    for text in ("x" * 2_001, "Väärä\0aineisto"):
        with pytest.raises(Invalid):
            recall_run(run.pk, by=supervisor.actor, text=text)
    begin(pirkanmaa, 1)
    recall_run(run.pk, by=supervisor.actor, text="x" * 2_000)
    while carry_out_recalls():
        pass
    with acting(pirkanmaa.actor):
        assert Message.objects.count() == 1


def test_a_run_under_way_is_not_recalled(run, supervisor):
    with acting(JOB):
        AlertRun.objects.update(outcome="running", finished_at=None)
    with pytest.raises(MoveForbidden):
        recall_run(run.pk, by=supervisor.actor, text="Väärä aineisto.")


def test_an_unknown_run_is_not_found(supervisor):
    with pytest.raises(NotFound):
        preview_recall(uuid4(), by=supervisor.actor)
    with pytest.raises(NotFound):
        recall_run(uuid4(), by=supervisor.actor, text="Väärä.")


def test_two_hundred_are_recalled_of_which_thirty_are_in_work(pirkanmaa, supervisor):
    with acting(JOB):
        AlertRule.objects.update(most_at_once=3_000)
    days = [date(2003, 1, 1) + timedelta(days=place) for place in range(2)]
    months = [add_months(month_of(clock.today()), -place) for place in (4, 3, 2, 1)]
    for day in days:
        people = [month_told(month, born=day, number=number) for number in range(900, 1_000) for month in months]
        tell(*people)
    run = detect_alerts(clock.today()).run
    while release_alerts(clock.today()):
        pass
    while route_batch():
        pass
    begin(pirkanmaa, 30)
    told = preview_recall(run.pk, by=supervisor.actor)
    assert (told.withdrawn, told.in_work) == (170, {"county-08": 30})
    recall_run(run.pk, by=supervisor.actor, text="Väärä aineisto.")
    while carry_out_recalls():
        pass
    with acting(supervisor.actor):
        assert Counter(Referral.objects.values_list("status", flat=True)) == {"withdrawn": 170, "in_progress": 30}
    with acting(pirkanmaa.actor):
        assert Message.objects.count() == 30
