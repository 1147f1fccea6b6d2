"""Yearly counts by their definitions, whatever became of the referrals."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count, product

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from contacts.queries import register
from delivery.models import Event
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Problem
from referrals.actions.correcting import correct_outcome, reroute, withdraw
from referrals.actions.moving import change, lock
from referrals.actions.routing import route_batch
from referrals.actions.sending import send_referral
from referrals.actions.working import acknowledge, close, return_to_kela, start, transfer
from referrals.drafts import read_draft
from referrals.models import Referral
from referrals.rules.lifecycle import NOT_COUNTED, WithdrawalReason
from referrals.rules.pace import taken
from stats.actions.counting import build_counts, build_follow_up, build_work, fold_counts
from stats.models import Count, CountChange, CountedYear, FollowUp, Work, WorkChange, WorkCount, WorkingDay, YearlyCount
from tests.assistance import BORN, month_told, tell
from tests.builders import body, identity_code
from tests.together import at_once

pytestmark = pytest.mark.django_db
KEYS = count()
ANYBODY = Actor.system("test")
NO_HOME = {"home_municipality": None, "home_municipality_missing_reason": "none"}


def at(text: str) -> datetime:
    """That moment in Helsinki."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.HELSINKI)


@pytest.fixture
def send_at(handler):
    """Sends a referral at a moment and has it routed."""

    def sent(moment: datetime, type: str = "supplementary_application", **facts) -> Referral:
        with clock.frozen(moment):
            draft = read_draft(body(type, on=clock.today(), **facts), on=clock.today(), register=register())
            referral, _ = send_referral(draft, by=handler.actor, key=f"K-{next(KEYS)}")
            route_batch()
        return referral

    return sent


CELL = ("month", "type", "area", "receiver", "urgent", "outcome")


def now(year: int = 2024) -> Counter[tuple]:
    """What pages read: the cells as (month, type, area, receiver, urgent, outcome)."""
    found = Counter()
    for *cell, number in Count.objects.filter(year=year).values_list(*CELL, "count"):
        found[tuple(cell)] += number
    return Counter({cell: number for cell, number in found.items() if number})


def cells(year: int = 2024) -> Counter[tuple]:
    """The counts that were built, which are those that were kept."""
    kept = now(year)
    assert build_counts(year).corrected == 0
    built = {tuple(cell): number for *cell, number in YearlyCount.objects.filter(year=year).values_list(*CELL, "count")}
    assert kept == built == now(year)
    return Counter(built)


def test_a_referral_counts_in_the_month_of_sending_by_helsinkis_calendar(send_at):
    for text in ("2023-12-31T23:59", "2024-01-01T00:00", "2024-06-30T23:59", "2024-07-01T00:00", "2024-12-31T23:59"):
        send_at(at(text))
    send_at(datetime(2024, 12, 31, 22, 30, tzinfo=UTC))  # 2025 in Helsinki
    assert sorted(month for month, *_ in cells()) == [1, 6, 7, 12]
    assert sum(cells(2023).values()) == sum(cells(2025).values()) == 1


def test_the_area_is_home_else_the_place_of_stay_else_unknown(send_at):
    for client in ({"place_of_stay": "564"}, NO_HOME | {"place_of_stay": "564"}, NO_HOME, {"home_municipality": "478"}):
        send_at(at("2024-04-04T12:00"), client=client)
    assert {(area, receiver) for _, _, area, receiver, _, _ in cells()} == {
        ("837", "county-08"),
        ("564", "county-19"),
        ("unknown", ""),
        ("478", ""),
    }


def test_of_people_under_non_disclosure_no_area_is_told_and_no_receiver(send_at):
    send_at(at("2024-04-04T12:00"), client={"non_disclosure": True})
    send_at(at("2024-04-05T12:00"), client=NO_HOME | {"non_disclosure": True})
    assert {(area, receiver) for _, _, area, receiver, *_ in cells()} == {("withheld", "withheld")}
    assert sum(cells().values()) == 2


@pytest.mark.parametrize("reason", WithdrawalReason)
def test_what_should_never_have_been_sent_is_not_counted(send_at, reason):
    referral = send_at(at("2024-04-04T12:00"))
    with acting(ANYBODY):
        change(lock(referral.pk, version=None), "withdrawn", by=ANYBODY, **columns_of(reason))
    should_not = {"sent_by_mistake", "wrong_person", "duplicate", "recalled_run", "recalled_import"}
    assert sum(cells().values()) == (0 if reason in should_not else 1)
    assert {str(one) for one in NOT_COUNTED} == should_not


def columns_of(reason: str) -> dict:
    return {"status": "withdrawn", "withdrawal_reason": reason, "due_on": None}


def test_a_transfer_counts_once_under_the_last_receiver_and_a_corrected_outcome_as_corrected(
    send_at, pirkanmaa, lapland
):
    referral = send_at(at("2024-04-04T12:00"))
    with clock.frozen(at("2024-04-05T12:00")):
        transfer(referral.pk, by=pirkanmaa.actor, version=None, authority="county-21", reason="moved", text="")
        start(referral.pk, by=lapland.actor, version=None)
        close(referral.pk, by=lapland.actor, version=None, outcome="granted")
        correct_outcome(referral.pk, by=lapland.actor, version=None, outcome="rejected")
    assert cells() == {(4, "supplementary_application", "837", "county-21", False, "rejected"): 1}


def test_building_again_changes_nothing_and_notes_when(send_at):
    send_at(at("2024-04-04T12:00"))
    with clock.frozen(at("2025-01-01T02:30")):
        first = cells()
    with clock.frozen(at("2025-01-02T02:30")):
        assert cells() == first
    noted = CountedYear.objects.get(year=2024)
    assert (noted.referrals, noted.built_at) == (1, at("2025-01-02T02:30"))


def test_a_year_without_any_is_noted_as_counted(send_at):
    assert cells(2019) == {}
    assert CountedYear.objects.get(year=2019).referrals == 0


def test_folding_changes_nothing_that_is_read(send_at):
    send_at(at("2024-04-04T12:00"))
    referral = send_at(at("2024-04-04T13:00"))
    fold_counts()
    withdraw(referral.pk, by=who_sent(referral), version=None, reason="sent_by_mistake")
    before = now()
    fold_counts()
    assert now() == before == {(4, "supplementary_application", "837", "county-08", False, ""): 1}
    assert not CountChange.objects.exists()


def test_counts_that_went_wrong_are_put_right_and_told_of(send_at, caplog):
    send_at(at("2024-04-04T12:00"))
    fold_counts()
    right = now()
    YearlyCount.objects.update(count=7)
    YearlyCount.objects.create(
        year=2024, month=5, type="under_25", area="837", receiver="", urgent=False, outcome="", count=3
    )
    assert build_counts(2024).corrected == 2
    assert now() == right
    assert "differed from the referrals in 2 cells" in caplog.text
    assert build_counts(2024).corrected == 0


def test_reasons_not_counted_are_the_same_in_the_database_and_the_rules():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reason FROM unnest(%s::text[]) reason WHERE NOT counts_v1(reason)", [list(WithdrawalReason)]
        )
        assert {reason for (reason,) in cursor.fetchall()} == set(NOT_COUNTED)


@pytest.mark.django_db(transaction=True)
def test_who_sends_while_others_count_is_neither_lost_nor_an_alarm(send_at):
    for month in range(1, 4):
        send_at(at(f"2024-0{month}-04T12:00"))
    sending = [partial(send_at, at(f"2024-0{month}-05T12:00")) for month in range(1, 6)]
    at_once(*sending, *[fold_counts] * 3, *[partial(build_counts, 2024)] * 3)
    assert sum(cells().values()) == 8


@pytest.mark.django_db(transaction=True)
def test_two_who_count_at_once_take_turns(send_at):
    send_at(at("2024-04-04T12:00"))
    assert [counted.referrals for counted in at_once(*[partial(build_counts, 2024)] * 3)] == [1, 1, 1]
    assert YearlyCount.objects.get().count == 1


WORK = ("type", "area", "receiver", "measure", "value")


def work_now(year: int = 2024) -> Counter[tuple]:
    """The cells of work as pages read them: (type, area, receiver, measure, value)."""
    found = Counter()
    for *cell, number in Work.objects.filter(year=year).values_list(*WORK, "count"):
        found[tuple(cell)] += number
    return Counter({cell: number for cell, number in found.items() if number})


def work(year: int = 2024) -> Counter[tuple]:
    """The cells that were built, which are those that were kept."""
    kept = work_now(year)
    assert build_work(year) == 0
    built = {tuple(cell): n for *cell, n in WorkCount.objects.filter(year=year).values_list(*WORK, "count")}
    assert kept == built == work_now(year)
    return Counter(built)


def test_days_of_work_go_from_the_first_delivery_and_a_return_stays_with_who_gave_it_back(
    send_at, handler, pirkanmaa, lapland
):
    referral = send_at(at("2024-04-06T12:00"))  # a Saturday: the count begins on Monday
    with clock.frozen(at("2024-04-09T12:00")):
        acknowledge(referral.pk, by=pirkanmaa.actor, version=None)
        return_to_kela(referral.pk, by=pirkanmaa.actor, version=None, reason="moved", text="T")
        reroute(referral.pk, by=handler.actor, version=None, authority="county-21", text="T")
    with clock.frozen(at("2024-04-30T12:00")):
        start(referral.pk, by=lapland.actor, version=None)
        close(referral.pk, by=lapland.actor, version=None, outcome="granted")
    kind = "supplementary_application"
    assert work() == {
        (kind, "837", "county-21", "delivered", ""): 1,
        (kind, "837", "county-21", "noted", "1"): 1,
        (kind, "837", "county-21", "closed", "16"): 1,
        (kind, "837", "county-21", "begun", "late"): 1,
        (kind, "837", "county-08", "returned", "moved"): 1,
    }


def test_reasons_of_a_need_for_social_work_follow_the_referral(send_at, pirkanmaa):
    referral = send_at(at("2024-04-04T12:00"), type="social_work_need")
    reasons = [value for _type, _area, _receiver, measure, value in work() if measure == "need"]
    assert reasons
    transfer(referral.pk, by=pirkanmaa.actor, version=None, authority="county-21", reason="moved", text="")
    assert {receiver for _type, _area, receiver, measure, _value in work() if measure == "need"} == {"county-21"}
    with acting(ANYBODY):
        change(lock(referral.pk, version=None), "withdrawn", by=ANYBODY, **columns_of("sent_by_mistake"))
    assert work() == {}


def test_work_that_went_wrong_is_put_right_and_told_of(send_at, caplog):
    send_at(at("2024-04-04T12:00"))
    fold_counts()
    assert not WorkChange.objects.exists()
    WorkCount.objects.update(count=7)
    assert build_work(2024) == 1
    assert "differed from the referrals in 1 cells" in caplog.text
    assert build_work(2024) == 0


def test_working_days_are_counted_as_the_rules_count_them():
    number = dict(WorkingDay.objects.values_list("day", "number"))
    first = date(2024, 3, 25)
    for arrived, done in product([first + timedelta(days=n) for n in range(20)], repeat=2):
        counted = max(number[done] - number[arrived - timedelta(days=1)] - 1, 0)
        assert counted == taken(arrived, done)


PEOPLE = st.fixed_dictionaries(
    {},
    optional={
        "home_municipality": st.sampled_from(["837", "698", "478"]),
        "place_of_stay": st.sampled_from(["091", "564"]),
        "non_disclosure": st.booleans(),
    },
).map(lambda facts: facts if "home_municipality" in facts else facts | NO_HOME)
STEPS = {
    "acknowledge": acknowledge,
    "reroute": partial(reroute, authority="county-15", text="T"),
    "start": start,
    "close": partial(close, outcome="granted"),
    "return": partial(return_to_kela, reason="duplicate", text="T"),
    "transfer": partial(transfer, authority="county-21", reason="moved", text=""),
    "cancel": partial(withdraw, reason="client_cancelled"),
    "mistake": partial(withdraw, reason="sent_by_mistake"),
}
HISTORIES = st.tuples(
    st.datetimes(datetime(2023, 12, 30), datetime(2025, 1, 2), timezones=st.just(clock.HELSINKI)),  # noqa: DTZ001
    st.sampled_from(["supplementary_application", "social_work_need"]),
    PEOPLE,
    st.lists(st.sampled_from(sorted(STEPS)), max_size=4),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(HISTORIES, max_size=5))
def test_any_history_is_counted_by_the_definitions(send_at, handler, histories):
    """Against the same definitions in a few lines of Python, over all that the examples before left as well."""
    for moment, type, client, steps in histories:
        referral = send_at(moment, type, client=client)
        for step in steps:
            with suppress(Problem):
                STEPS[step](referral.pk, by=who(referral, handler), version=None)
    assert cells() == by_hand(2024)
    assert work() == work_by_hand(2024)


def who_sent(referral: Referral) -> Actor:
    return Actor("handler", referral.sender_id, referral.sender_name, "kela")


def who(referral: Referral, handler: User) -> Actor:
    """Who holds it, or who sent it."""
    with acting(ANYBODY):
        holder = Referral.objects.get(pk=referral.pk).receiving_authority_id
    return Actor("authority_system", "client:x", "X", holder or "", cleared=True) if holder else handler.actor


def by_hand(year: int) -> Counter[tuple]:
    with acting(ANYBODY):
        rows = list(Referral.objects.select_related("client"))
    counted = Counter()
    for row in rows:
        day = clock.helsinki_day(row.sent_at)
        if day.year == year and row.withdrawal_reason not in {
            "sent_by_mistake",
            "wrong_person",
            "duplicate",
            "recalled_run",
            "recalled_import",
        }:
            client = row.client
            area = client.home_municipality_id or client.place_of_stay_id or "unknown"
            place = ("withheld", "withheld") if client.non_disclosure else (area, row.receiving_authority_id or "")
            counted[day.month, row.type, *place, row.urgent, row.outcome] += 1
    return counted


def work_by_hand(year: int) -> Counter[tuple]:
    with acting(ANYBODY):
        rows = list(Referral.objects.select_related("client", "socialworkneed"))
        returns = list(Event.objects.filter(kind="returned").order_by("subject_id", "-version"))
    first = {event.subject_id: event for event in returns}
    counted = Counter()
    for row in rows:
        if clock.helsinki_day(row.sent_at).year != year or row.withdrawal_reason in NOT_COUNTED:
            continue

        def add(measure: str, value: str, receiver: str | None, row: Referral = row) -> None:
            area = row.client.home_municipality_id or row.client.place_of_stay_id or "unknown"
            place = ("withheld", "withheld") if row.protected else (area, receiver or "")
            counted[row.type, *place, measure, value] += 1

        for reason in row.socialworkneed.reasons if row.type == "social_work_need" else ():
            add("need", reason, row.receiving_authority_id)
        if row.first_delivered_at is None:
            continue
        arrived_on = clock.helsinki_day(row.first_delivered_at)
        add("delivered", "", row.receiving_authority_id)
        for measure, moment in (("noted", row.acknowledged_at), ("closed", row.closed_at)):
            if moment:
                add(measure, str(taken(arrived_on, clock.helsinki_day(moment))), row.receiving_authority_id)
        if begun := row.started_at or row.closed_at:
            late = clock.helsinki_day(begun) > row.first_due_on
            add("begun", "late" if late else "in_time", row.receiving_authority_id)
        if event := first.get(row.pk):
            add("returned", event.data["reason"], event.actor_authority)
    return counted


def test_those_alerted_are_looked_at_again_in_the_fourth_month_after(send_at):
    """July's alerts are looked at in November; whose November nobody has told of is neither."""
    sent = [
        send_at(at("2026-07-10T12:00"), "under_25", client={"identity_code": identity_code(BORN, number)})
        for number in range(900, 904)
    ]
    november = {900: "500.00", 901: "0.00", 903: "120.00"}
    with clock.frozen(at("2026-12-05T12:00")):
        tell(*(month_told(date(2026, 11, 1), number=number, amount=paid) for number, paid in november.items()))
    build_follow_up(2026)
    [row] = FollowUp.objects.values_list("type", "receiver", "still", "ended", "untold")
    assert row == ("under_25", "county-08", 2, 1, 1)
    withdraw(sent[0].pk, by=who_sent(sent[0]), version=None, reason="sent_by_mistake")
    build_follow_up(2026)
    assert FollowUp.objects.get().still == 1
