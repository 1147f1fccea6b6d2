"""Alerts found from months of assistance, and sent when their day has come."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.actions.correcting import withdraw
from referrals.actions.detecting import detect_alerts, preview_alerts
from referrals.actions.releasing import release_alerts
from referrals.actions.routing import route_batch
from referrals.actions.working import close, start
from referrals.models import Alert, AlertRule, AlertRun, AlertState, Message, Referral, Watch
from referrals.rules.lifecycle import Status
from referrals.rules.months import add_months, month_of
from tests.assistance import BORN, month_told, recipient_of, tell, tell_months
from tests.cast import now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
reads = pytest.mark.usefixtures("_job")
JOB = Actor.system("test")


@pytest.fixture
def _job(db):
    with acting(JOB):
        yield


def night(on: date | None = None) -> list[Referral]:
    """What one night sends."""
    before = set(Referral.objects.values_list("pk", flat=True))
    detect_alerts(on or clock.today())
    while release_alerts(on or clock.today()):
        pass
    return list(Referral.objects.exclude(pk__in=before).select_related("client", "under25", "immigrant", "over25"))


@reads
def test_four_months_at_twenty_three_send_one_alert_however_often_it_runs():
    tell_months(4)
    [alert] = night()
    last = add_months(month_of(clock.today()), -1)
    assert (alert.type, alert.client.family_name, alert.under25.found_by) == ("under_25", "Esimerkki", "detection")
    assert alert.under25.months == [add_months(last, -place) for place in (3, 2, 1, 0)]
    assert night() == []
    tell_months(5, amount="1.00")
    assert night() == []


@reads
def test_a_longer_or_earlier_spell_that_shares_a_month_sends_none_more():
    tell_months(4)
    night()
    tell_months(9)
    assert night() == []


@reads
def test_a_person_alerted_by_hand_is_not_alerted_again(send):
    last = add_months(month_of(clock.today()), -1)
    code = month_told(last)["identity_code"]
    months = [f"{add_months(last, -place):%Y-%m}" for place in (4, 3, 2, 1)]
    send("under_25", client={"identity_code": code}, months=months)
    tell_months(4)
    assert night() == []


@reads
def test_an_alert_by_hand_for_whom_a_fact_lacks_is_not_taken_back_by_the_next_night(send):
    tell_months(4, integration_plan=None)
    assert night() == []
    last = add_months(month_of(clock.today()), -1)
    months = [f"{add_months(last, -place):%Y-%m}" for place in (3, 2, 1, 0)]
    referral = send("under_25", client={"identity_code": month_told(last)["identity_code"]}, months=months)
    tell(month_told(month_of(clock.today()), integration_plan=None))
    assert night() == []
    assert now(referral).status == Status.DELIVERED


@reads
def test_three_months_or_a_gap_or_a_plan_send_nothing():
    last = add_months(month_of(clock.today()), -1)
    tell_months(3)
    tell(*(month_told(add_months(last, -place), number=901) for place in (0, 1, 2, 4)))
    tell_months(6, number=902, integration_plan=True)
    tell_months(6, number=903, unemployed=False)
    tell_months(6, number=904, until=add_months(last, -1))
    assert night() == []


@reads
def test_twelve_months_at_thirty_send_the_other_kind():
    tell_months(12, born=date(1996, 3, 3))
    assert [one.type for one in night()] == ["over_25"]


@reads
def test_an_immigrant_is_told_of_once_two_whole_months_are_over():
    today = clock.today()
    facts = {
        "unemployed": False,
        "residence_ground": "international_protection",
        "first_permit_on": (today - timedelta(days=200)).isoformat(),
    }
    tell_months(2, until=month_of(today), born=date(1990, 3, 3), **facts)
    assert night() == []
    with acting(JOB):
        assert Watch.objects.get().from_day == add_months(month_of(today), 1)
    assert [one.type for one in night(add_months(month_of(today), 1))] == ["immigrant"]


@reads
def test_a_lacking_fact_is_listed_and_gives_an_alert_once_it_is_told():
    tell_months(4, unemployed=None)
    assert night() == []
    alert = Alert.objects.get()
    assert (alert.state, alert.lacks) == (AlertState.LACKING, ["unemployed"])
    tell_months(4)
    assert len(night()) == 1
    assert not Alert.objects.filter(state=AlertState.LACKING).exists()


@reads
def test_a_preview_tells_whom_and_changes_nothing():
    tell_months(4)
    looks = Watch.objects.count()
    found = preview_alerts(clock.today()).found
    assert [(one.recipient, one.type, one.age) for one in found] == [
        (recipient_of().pk, "under_25", clock.today().year - BORN.year)
    ]
    assert not AlertRun.objects.exists()
    assert not Alert.objects.exists()
    assert Watch.objects.count() == looks


@reads
def test_only_changed_people_are_looked_at_and_a_missed_night_is_caught_up():
    tell_months(4)
    tell_months(3, number=901)
    night()
    assert AlertRun.objects.order_by("-started_at", "-id").first().looked == 2
    night()
    assert AlertRun.objects.order_by("-started_at", "-id").first().looked == 0
    tell(month_told(month_of(clock.today()), number=901))
    assert len(night(clock.today() + timedelta(days=3))) == 1


@reads
def test_a_changed_rule_makes_everybody_looked_at():
    AlertRule.objects.filter(type="under_25").update(age_below=20, valid_to=clock.today() - timedelta(days=1))
    tell_months(4)
    detect_alerts(clock.today() - timedelta(days=1), whole=True)
    [row] = AlertRule.objects.filter(type="under_25").values()
    AlertRule.objects.create(**row | {"id": None, "age_below": 25, "valid_from": clock.today(), "valid_to": None})
    Watch.objects.all().delete()
    assert len(night()) == 1
    assert AlertRun.objects.order_by("-started_at", "-id").first().whole


@reads
def test_the_dead_are_not_told_of():
    tell_months(4, died_on=clock.today().isoformat())
    assert night() == []


@reads
def test_a_protected_persons_alert_is_protected():
    tell_months(4, non_disclosure=True)
    assert [one.protected for one in night()] == [True]


@reads
def test_who_turns_twenty_five_while_waiting_in_a_lot_is_not_told_of():
    AlertRule.objects.filter(type="under_25").update(most_at_once=0, lot_size=1)
    today = clock.today()
    born = date(today.year - 25, today.month, today.day) + timedelta(days=8)
    tell_months(4, born=born)
    detect_alerts(today)
    alert = Alert.objects.get()
    assert alert.release_on.weekday() == 0
    Alert.objects.update(release_on=today + timedelta(days=10))
    assert release_alerts(today + timedelta(days=10)) == 1
    alert.refresh_from_db()
    assert (alert.state, alert.dropped_because) == (AlertState.DROPPED, "ground_gone")


@reads
def test_many_for_one_municipality_leave_in_lots_on_mondays_oldest_first():
    AlertRule.objects.filter(type="under_25").update(most_at_once=2, lot_size=2)
    for number in range(900, 905):
        tell_months(4 + number - 900, number=number)
    tell_months(4, number=910, home_municipality="091")
    detect_alerts(clock.today())
    days = list(Alert.objects.filter(municipality="837").order_by("first_month").values_list("release_on", flat=True))
    monday = days[0]
    assert monday.weekday() == 0
    assert days == [monday, monday, *[monday + timedelta(7)] * 2, monday + timedelta(14)]
    assert Alert.objects.get(municipality="091").release_on == clock.today()


@reads
def test_lots_of_two_searches_do_not_leave_on_the_same_mondays():
    AlertRule.objects.filter(type="under_25").update(most_at_once=2, lot_size=2)
    for first, after, on in ((900, 905, clock.today()), (905, 908, clock.today()), (908, 911, date(2026, 11, 30))):
        for number in range(first, after):
            tell_months(4, number=number)
        detect_alerts(on)
        release_alerts(on)
    days = Counter(Alert.objects.values_list("release_on", flat=True))
    monday = date(2026, 11, 30)
    assert days == {monday + timedelta(weeks=week): 2 for week in range(5)} | {monday + timedelta(weeks=5): 1}


# A correction takes the ground away.


def corrected() -> Referral:
    tell_months(4)
    [alert] = night()
    route_batch()
    return alert


def take_away() -> None:
    tell(month_told(add_months(month_of(clock.today()), -2), amount="0.00"))


@reads
def test_an_alert_that_nobody_works_on_is_withdrawn(pirkanmaa):
    alert = corrected()
    take_away()
    run = detect_alerts(clock.today()).run
    alert.refresh_from_db()
    assert (alert.status, alert.withdrawal_reason) == (Status.WITHDRAWN, "ground_removed")
    assert (run.withdrawn, run.told) == (1, 0)
    tell_months(4)
    assert len(night()) == 1


def test_an_authority_at_work_is_told_once(pirkanmaa):
    with acting(JOB):
        alert = corrected()
    start(alert.pk, by=pirkanmaa.actor, version=None)
    take_away()
    assert detect_alerts(clock.today()).run.told == 1
    tell(month_told(add_months(month_of(clock.today()), -3), amount="0.00"))
    assert detect_alerts(clock.today()).run.told == 0
    with acting(pirkanmaa.actor):
        alert.refresh_from_db()
        assert alert.status == Status.IN_PROGRESS
        assert Message.objects.get().recipient == "county-08"


@reads
def test_a_closed_alert_is_only_noted(pirkanmaa):
    alert = corrected()
    start(alert.pk, by=pirkanmaa.actor, version=None)
    close(alert.pk, by=pirkanmaa.actor, version=None, outcome="activation_plan_started")
    take_away()
    run = detect_alerts(clock.today()).run
    assert (run.withdrawn, run.told) == (0, 0)
    assert not Message.objects.exists()


@reads
def test_an_alert_withdrawn_by_hand_for_another_reason_is_not_sent_again(supervisor):
    alert = corrected()
    withdraw(alert.pk, by=supervisor.actor, version=None, reason="wrong_person")
    tell_months(5)
    assert night() == []


@reads
def test_who_reaches_the_limit_next_month_is_listed_until_it_is_so():
    tell_months(3)
    assert night() == []
    [near] = Alert.objects.all()
    assert (near.state, near.type) == (AlertState.COMING, "under_25")
    tell(month_told(month_of(clock.today())))
    assert len(night()) == 1
    assert list(Alert.objects.values_list("state", flat=True)) == [AlertState.SENT]


@reads
def test_who_is_not_told_of_on_the_day_after_all_is_looked_at_again():
    tell_months(4)
    detect_alerts(clock.today())
    tell_months(4, unemployed=None)
    Watch.objects.all().delete()
    release_alerts(clock.today())
    assert Alert.objects.get().dropped_because == "ground_gone"
    assert night() == []
    assert Alert.objects.filter(state=AlertState.LACKING).exists()


@pytest.mark.django_db(transaction=True)
def test_a_person_who_is_being_told_of_meanwhile_is_not_waited_for_and_looked_at_next():
    tell_months(4)
    with ThreadPoolExecutor(1) as other, acting(JOB):
        Watch.objects.select_for_update().get()
        assert other.submit(_detect_elsewhere).result(timeout=20) == 0
    assert detect_alerts(clock.today()).run.found == 1


def _detect_elsewhere() -> int:
    try:
        return detect_alerts(clock.today()).run.looked
    finally:
        connection.close()


def test_a_run_that_was_killed_is_marked_as_failed_by_the_one_of_the_next_night():
    with acting(JOB):
        for hours in (13, 11):
            AlertRun.objects.create(as_of=clock.today(), whole=False, started_at=clock.now() - timedelta(hours=hours))
    detect_alerts(clock.today())
    with acting(JOB):
        assert [one.outcome for one in AlertRun.objects.order_by("started_at")] == ["failed", "running", "done"]
