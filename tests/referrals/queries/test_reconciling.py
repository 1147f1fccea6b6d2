"""What is counted for comparing, and what it costs."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.actions import working
from referrals.queries.reconciling import Day, days_of_delivery
from tests.cast import LAPLAND, PIRKANMAA, now

pytestmark = pytest.mark.django_db
SYSTEM = Actor("authority_system", "client:county-pirkanmaa", "County", PIRKANMAA)
CLEARED = Actor("authority_system", "client:county-pirkanmaa", "County", PIRKANMAA, cleared=True)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def days(by: Actor = SYSTEM, first: date = MONDAY, last: date = TUESDAY, *, ids: bool = False) -> list[Day]:
    with acting(by):
        return days_of_delivery(by, first=first, last=last, ids=ids)


def digest(*referrals) -> str:
    lines = sorted(f"{referral.pk}:{referral.version}:{referral.status}\n" for referral in map(now, referrals))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def test_days_are_helsinkis_and_those_without_any_are_left_out(send):
    with clock.frozen(at(23, 21, 59)):
        monday = send()
    with clock.frozen(at(23, 22, 0)):  # midnight in Helsinki
        tuesday = [send(), send()]
    assert days(last=date(2026, 11, 30)) == [
        Day(MONDAY, 1, digest(monday), None),
        Day(TUESDAY, 2, digest(*tuesday), None),
    ]
    assert days(first=TUESDAY) == [Day(TUESDAY, 2, digest(*tuesday), None)]
    assert days(last=MONDAY) == [Day(MONDAY, 1, digest(monday), None)]


def test_the_digest_changes_with_every_change(send, pirkanmaa):
    with clock.frozen(at(23, 8)):
        referral = send()
        before = days()[0].digest
        working.acknowledge(referral.pk, by=pirkanmaa.actor, version=2)
    assert days()[0].digest == digest(referral) != before


def test_what_left_is_counted_where_it_came_on_the_day_when_it_came(send, pirkanmaa):
    with clock.frozen(at(23, 8)):
        referral = send()
    with clock.frozen(at(24, 8)):
        working.transfer(referral.pk, by=pirkanmaa.actor, version=2, authority=LAPLAND, reason="moved", text="")
    assert days() == []
    there = Actor("authority_system", "client:county-lapland", "County", LAPLAND)
    assert [(day.day, day.count) for day in days(there)] == [(TUESDAY, 1)]


def test_protected_people_are_counted_for_the_cleared_alone(send):
    with clock.frozen(at(23, 8)):
        send(client={"non_disclosure": True})
    assert days() == []
    assert [day.count for day in days(CLEARED)] == [1]


def test_items_stand_by_id_and_make_the_digest(send):
    with clock.frozen(at(23, 8)):
        sent = [send() for _ in range(3)]
    (day,) = days(ids=True)
    assert day.items == [
        {"id": str(referral.pk), "version": 2, "status": "delivered"}
        for referral in sorted(sent, key=lambda r: str(r.pk))
    ]
    assert day.digest == digest(*sent)


def test_it_is_one_statement_with_an_index_of_days_to_read_from(send):
    with clock.frozen(at(23, 8)):
        send()
    with acting(SYSTEM), CaptureQueriesContext(connection) as queries:
        days_of_delivery(SYSTEM, first=MONDAY, last=TUESDAY, ids=False)
        assert len(queries) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'referral_arrived'")
        assert "(receiving_authority_id, delivered_at" in cursor.fetchone()[0]
