"""A supervisor takes back what a run sent, or what was found in the months of an import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import ProgrammingError

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Invalid, MoveForbidden, NotAllowed, NotFound
from referrals.actions.detecting import detect_alerts
from referrals.actions.recalling import carry_out_recalls, preview_recall, recall
from referrals.actions.releasing import release_alerts
from referrals.actions.routing import route_batch
from referrals.actions.working import start
from referrals.models import (
    Alert,
    AlertRule,
    AlertRun,
    AlertState,
    AssistanceImport,
    AssistanceMonth,
    Message,
    Referral,
    Watch,
)
from referrals.rules.lifecycle import Status
from referrals.rules.months import add_months, month_of
from tests.assistance import NOW, month_told, tell, tell_months
from tests.together import at_once

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
    told = preview_recall(AlertRun, run.pk, by=supervisor.actor)
    assert (told.waiting, told.withdrawn, told.in_work, told.closed) == (2, 3, {"county-08": 1}, 0)


def test_a_recall_withdraws_what_nobody_began_and_tells_those_at_work(run, pirkanmaa, supervisor):
    [working] = begin(pirkanmaa, 1)
    recall(AlertRun, run.pk, by=supervisor.actor, text="Väärä aineisto.")
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
    recall(AlertRun, run.pk, by=supervisor.actor, text="Väärä aineisto.")
    while carry_out_recalls():
        pass
    for number in range(900, 906):
        tell_months(5, number=number)
    assert detect_alerts(clock.today()).found == []


def test_nothing_of_a_recalled_run_leaves_any_more(run, supervisor):
    recall(AlertRun, run.pk, by=supervisor.actor, text="Väärä aineisto.")
    with acting(JOB):
        later = Alert.objects.filter(state=AlertState.WAITING).first().release_on
    assert release_alerts(later) == 0


def test_a_recall_that_broke_off_goes_on_and_tells_nobody_twice(run, pirkanmaa, supervisor):
    begin(pirkanmaa, 2)
    recall(AlertRun, run.pk, by=supervisor.actor, text="Väärä aineisto.")
    carry_out_recalls(limit=1)
    while carry_out_recalls(limit=1):
        pass
    with acting(pirkanmaa.actor):
        assert Message.objects.count() == 2


@pytest.mark.parametrize("role", ["handler", "kela_system", "worker"])
def test_only_a_supervisor_recalls(run, role):
    by = Actor(role, "1", "Somebody", "kela")
    with pytest.raises(NotAllowed):
        recall(AlertRun, run.pk, by=by, text="Väärä aineisto.")
    with pytest.raises(NotAllowed):
        preview_recall(AlertRun, run.pk, by=by)


def test_a_recall_needs_its_reason_and_happens_once(run, supervisor):
    with pytest.raises(Invalid):
        recall(AlertRun, run.pk, by=supervisor.actor, text=" ")
    recall(AlertRun, run.pk, by=supervisor.actor, text="Väärä aineisto.")
    with pytest.raises(MoveForbidden):
        recall(AlertRun, run.pk, by=supervisor.actor, text="Taas.")


def test_the_longest_reason_still_fits_the_message_and_what_no_message_holds_is_refused(run, pirkanmaa, supervisor):
    for text in ("x" * 2_001, "Väärä\0aineisto"):
        with pytest.raises(Invalid):
            recall(AlertRun, run.pk, by=supervisor.actor, text=text)
    begin(pirkanmaa, 1)
    recall(AlertRun, run.pk, by=supervisor.actor, text="x" * 2_000)
    while carry_out_recalls():
        pass
    with acting(pirkanmaa.actor):
        assert Message.objects.count() == 1


def test_a_run_under_way_is_not_recalled(run, supervisor):
    with acting(JOB):
        AlertRun.objects.update(outcome="running", finished_at=None)
    with pytest.raises(MoveForbidden):
        recall(AlertRun, run.pk, by=supervisor.actor, text="Väärä aineisto.")


def test_an_unknown_run_is_not_found(supervisor):
    with pytest.raises(NotFound):
        preview_recall(AlertRun, uuid4(), by=supervisor.actor)
    with pytest.raises(NotFound):
        recall(AlertRun, uuid4(), by=supervisor.actor, text="Väärä.")


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
    told = preview_recall(AlertRun, run.pk, by=supervisor.actor)
    assert (told.withdrawn, told.in_work) == (170, {"county-08": 30})
    recall(AlertRun, run.pk, by=supervisor.actor, text="Väärä aineisto.")
    while carry_out_recalls():
        pass
    with acting(supervisor.actor):
        assert Counter(Referral.objects.values_list("status", flat=True)) == {"withdrawn": 170, "in_progress": 30}
    with acting(pirkanmaa.actor):
        assert Message.objects.count() == 30


LAST = date(2026, 10, 1)
RECALLED = (Status.WITHDRAWN, "recalled_import")


def months_of(*numbers: int, count: int = 4, until: date = LAST, **facts) -> list[dict]:
    return [month_told(add_months(until, -place), number=one, **facts) for one in numbers for place in range(count)]


def brings(*months: dict) -> AssistanceImport:
    """The import of `months`."""
    tell(*months)
    with acting(JOB):
        return AssistanceImport.objects.order_by("-id").first()


def night(*, until: date | None = None) -> int:
    """How many are found; all that is due by `until`, by default today, is sent and routed."""
    found = detect_alerts(clock.today()).run.found
    while release_alerts(until or clock.today()):
        pass
    while route_batch():
        pass
    return found


def take_back(wanted: AssistanceImport, supervisor) -> None:
    recall(AssistanceImport, wanted.pk, by=supervisor.actor, text="Väärä aineisto.")
    while carry_out_recalls(limit=2):
        pass


def statuses() -> Counter[tuple[str, str]]:
    with acting(JOB):
        return Counter(Referral.objects.values_list("status", "withdrawal_reason"))


@pytest.fixture
def brought(db) -> AssistanceImport:
    """An import of six people's months: of the alerts two wait, four were sent. One more person's came before."""
    with acting(JOB):
        AlertRule.objects.filter(type="under_25").update(most_at_once=3, lot_size=4)
    tell(*months_of(920, count=2))
    wanted = brings(*months_of(*range(900, 906)))
    monday = date(2026, 11, 30)
    assert night(until=monday) == 6
    return wanted


def test_a_preview_of_an_imports_recall_says_what_would_come_of_it(brought, pirkanmaa, supervisor):
    begin(pirkanmaa, 1)
    told = preview_recall(AssistanceImport, brought.pk, by=supervisor.actor)
    assert (told.waiting, told.withdrawn, told.in_work, told.closed, told.months) == (2, 3, {"county-08": 1}, 0, 24)


def test_the_recall_of_an_import_withdraws_what_nobody_began_tells_those_at_work_and_forgets_its_months(
    brought, pirkanmaa, supervisor
):
    [working] = begin(pirkanmaa, 1)
    take_back(brought, supervisor)
    assert statuses() == {RECALLED: 3, (Status.IN_PROGRESS, ""): 1}
    with acting(JOB):
        assert Alert.objects.filter(state=AlertState.DROPPED, dropped_because="months_recalled").count() == 2
        assert AssistanceMonth.objects.count() == 2
        assert Watch.objects.count() == 6
        brought.refresh_from_db()
        assert brought.recall_done_at
    with acting(pirkanmaa.actor):
        message = Message.objects.get()
        assert message.referral_id == working.pk
        assert "Väärä aineisto." in message.text


def test_nothing_of_a_recalled_import_is_found_anew_until_it_is_told_again(brought, pirkanmaa, supervisor):
    begin(pirkanmaa, 1)
    take_back(brought, supervisor)
    tell(*months_of(*range(900, 906), count=1, until=add_months(LAST, 1)))
    assert night() == 0
    tell(*months_of(*range(900, 906)))
    assert night(until=date(2026, 12, 31)) == 5  # but for the one in work, which stands
    assert statuses() == {RECALLED: 3, (Status.IN_PROGRESS, ""): 1, (Status.DELIVERED, ""): 5}


def test_nothing_of_an_import_leaves_from_its_recall_on(brought, supervisor):
    recall(AssistanceImport, brought.pk, by=supervisor.actor, text="Väärä aineisto.")
    assert release_alerts(date(2026, 12, 31)) == 0


def test_an_alert_found_before_an_import_stays_though_the_import_changed_one_of_its_months(supervisor):
    tell(*months_of(900))
    assert night() == 1
    with clock.frozen(clock.now() + timedelta(days=1)):
        wanted = brings(*months_of(900, count=1, amount="600.00"), *months_of(901))
        assert night() == 1
        assert preview_recall(AssistanceImport, wanted.pk, by=supervisor.actor).withdrawn == 1
        take_back(wanted, supervisor)
        assert night() == 0
    assert statuses() == {(Status.DELIVERED, ""): 1, RECALLED: 1}


def test_an_alert_with_one_month_of_the_import_is_recalled_and_found_anew_where_the_others_are_enough(supervisor):
    tell(*months_of(900), *months_of(901, count=3))
    wanted = brings(*months_of(900, 901, count=1, until=add_months(LAST, 1)))
    assert night() == 2
    take_back(wanted, supervisor)
    assert statuses() == {RECALLED: 2}
    assert night() == 1
    assert statuses() == {RECALLED: 2, (Status.DELIVERED, ""): 1}


def test_what_is_told_again_while_its_import_is_recalled_is_the_later_imports(brought, supervisor):
    recall(AssistanceImport, brought.pk, by=supervisor.actor, text="Väärä aineisto.")
    tell(*months_of(900))
    while carry_out_recalls():
        pass
    with acting(JOB):
        assert AssistanceMonth.objects.count() == 6


def test_an_import_needs_its_reason_is_recalled_once_and_by_supervisors_alone(brought, supervisor, handler):
    with pytest.raises(Invalid):
        recall(AssistanceImport, brought.pk, by=supervisor.actor, text=" ")
    with pytest.raises(NotAllowed):
        recall(AssistanceImport, brought.pk, by=handler.actor, text="Väärä.")
    take_back(brought, supervisor)
    with pytest.raises(MoveForbidden):
        recall(AssistanceImport, brought.pk, by=supervisor.actor, text="Taas.")
    with pytest.raises(NotFound):
        preview_recall(AssistanceImport, uuid4(), by=supervisor.actor)


def test_imports_show_to_kela_alone_and_only_a_supervisor_changes_one(brought, handler, supervisor, pirkanmaa, etotu):
    for who, count in ((handler, 2), (supervisor, 2), (pirkanmaa, 0), (etotu, 0)):
        with acting(who.actor):
            assert AssistanceImport.objects.count() == count
    with acting(handler.actor):
        assert AssistanceImport.objects.update(recalled_by_id=handler.actor.id) == 0
    with pytest.raises(ProgrammingError), acting(supervisor.actor):
        AssistanceImport.objects.update(recalled_by_id=handler.actor.id)


@pytest.mark.django_db(transaction=True)
def test_a_recall_a_search_a_release_and_who_tells_again_at_once_leave_each_person_one_alert(brought, supervisor):
    recall(AssistanceImport, brought.pk, by=supervisor.actor, text="Väärä aineisto.")

    def in_november(call: Callable[[], object]) -> object:
        with clock.frozen(NOW):
            return call()

    def carry_out() -> None:
        while carry_out_recalls(limit=1):
            pass

    told = partial(tell, *months_of(*range(900, 906), count=5, until=add_months(LAST, 1)))
    search, release = partial(detect_alerts, clock.today()), partial(release_alerts, date(2026, 11, 30))
    answers = at_once(*(partial(in_november, call) for call in (carry_out, told, search, release)))
    assert [one for one in answers if isinstance(one, Exception)] == []
    carry_out()
    while night(until=date(2026, 12, 31)):
        pass
    with acting(JOB):
        standing = Alert.objects.filter(state=AlertState.SENT).exclude(referral__status=Status.WITHDRAWN)
        assert len(standing) == len({one.recipient_id for one in standing}) == 6
