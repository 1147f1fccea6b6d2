"""Test data and live data never meet: not for people, not for systems, not for our own jobs, and whatever is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import AccessLog, ApiClient
from delivery.actions.fetching import note_fetch
from delivery.actions.subscribing import subscribe
from delivery.models import Event, FeedCounter, Letter
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.actions.attaching import upload
from referrals.actions.correcting import attach_decision
from referrals.actions.messaging import mark_read, note, write_message
from referrals.actions.receiving import give_receipt
from referrals.actions.routing import route_pending
from referrals.actions.wiping import WIPER, wipe_test_data
from referrals.actions.working import close, start
from referrals.drafts import read_decision
from referrals.models import Referral
from referrals.types import TYPES
from stats.actions.counting import build_counts
from tests.builders import decision
from tests.cast import now
from tests.files import declared, pdf

pytestmark = pytest.mark.django_db
POLICIES = """
SELECT polrelid::regclass::text FROM pg_policy
WHERE polname IN ('test_apart', 'never_in_a_test') AND NOT polpermissive AND polcmd = '*'
"""
POINTING = """
WITH RECURSIVE pointing AS (
    SELECT 'referrals_referral'::regclass::oid AS id
    UNION SELECT conrelid FROM pg_constraint JOIN pointing ON confrelid = pointing.id WHERE contype = 'f'
)
SELECT id::regclass::text FROM pointing
"""
MARKED = "SELECT table_name FROM information_schema.columns WHERE column_name = 'test' AND table_name ~ '^(ref|del)'"
JOB, TEST_JOB = Actor.system("test"), Actor.system("test").in_test


def rows(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def sides(by: Actor) -> dict[str, set[bool]]:
    """Of which sides the marked tables show rows to `by`; those that show none are left out."""
    with acting(by):
        seen = {name: {test for (test,) in rows(f'SELECT DISTINCT test FROM "{name}"')} for (name,) in rows(MARKED)}
        return {name: found for name, found in seen.items() if found}


@pytest.fixture
def both(send_only, handler, pirkanmaa, county_pirkanmaa, etotu, etotu_test, county_test) -> tuple[Referral, Referral]:
    """On each side a referral of every type, with all that can belong to one; the one of each with a message."""
    return (
        _filled(send_only, by=etotu.actor, county=county_pirkanmaa.actor),
        _filled(send_only, by=etotu_test.actor, county=county_test.actor),
    )


def _filled(send_only, *, by: Actor, county: Actor) -> Referral:
    file = pdf()
    held = send_only("social_work_need", by=by, common={"attachments": [declared("Lease.pdf", file)]})
    upload(held.pk, declared("", file)["sha256"], file, by=by)
    sent = [send_only(type, by=by) for type in TYPES]
    with clock.frozen(clock.now() + timedelta(days=3)):
        assert route_pending() == len(TYPES) + 1
    on = sent[0].sent_at.date()
    attach_decision(sent[0].pk, read_decision(decision(on), on=on), by=by)
    write_message(sent[0].pk, by=by, text="To the other side")
    note(sent[0].pk, by=county, text="Among us")
    mark_read(sent[0].pk, by=county)
    give_receipt(sent[0].pk, by=county, accepted=True)
    subscribe("https://example.com/", [], by=county)
    with acting(county):
        note_fetch(by=county, number=1)
    return sent[0]


def test_every_table_that_points_to_a_referral_keeps_tests_apart():
    apart = {name for (name,) in rows(POLICIES)}
    assert apart >= {name for (name,) in rows(POINTING)}
    assert apart >= {"delivery_event", "delivery_feedcounter", "delivery_reader", "delivery_subscription"}
    assert apart >= {"delivery_letter", "referrals_recipient", "referrals_assistancemonth", "referrals_pace"}


def test_who_acts_sees_one_side_alone_our_own_jobs_too(
    both, handler, supervisor, pirkanmaa2, lead, etotu, county_pirkanmaa, etotu_test, county_test
):
    assert set(sides(JOB)) == set(sides(TEST_JOB)) == {name for (name,) in rows(MARKED)}
    for by in (JOB, *(who.actor for who in (handler, supervisor, pirkanmaa2, lead, etotu, county_pirkanmaa))):
        assert set.union(*sides(by).values()) == {False}
    for by in (TEST_JOB, etotu_test.actor, county_test.actor):
        assert set.union(*sides(by).values()) == {True}


def test_no_row_changes_sides(both, etotu, etotu_test):
    for by in (JOB, TEST_JOB, etotu.actor, etotu_test.actor):
        for referral in both:
            with acting(by):
                seen = Referral.objects.filter(pk=referral.pk)
                if not seen.exists():
                    assert seen.update(additional_information="X") == 0
                    continue
                with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                    seen.update(test=not referral.test, version=99)


def test_nobody_writes_on_the_other_side(both):
    for by, referral in ((JOB, both[0]), (TEST_JOB, both[1])):
        facts = {field.attname: getattr(referral, field.attname) for field in Referral._meta.fields}
        other = facts | {"id": None, "key": "other", "test": not referral.test}
        with acting(by), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Referral.objects.create(**other)


def test_the_same_key_is_another_on_the_other_side(both):
    test = both[1]
    facts = {field.attname: getattr(test, field.attname) for field in Referral._meta.fields}
    with acting(JOB):
        Referral.objects.create(**facts | {"id": None, "test": False})


def test_feeds_are_numbered_by_themselves(both):
    for by in (JOB, TEST_JOB):
        with acting(by):
            numbers = list(
                Event.objects.filter(authority="county-08").order_by("number").values_list("number", flat=True)
            )
            assert numbers == list(range(1, len(numbers) + 1))
            assert FeedCounter.objects.get(authority="county-08").last == len(numbers)


def test_a_test_leaves_no_letter_no_look_and_no_figure(both, calls_as, etotu_test, handler):
    test = both[1]
    with acting(JOB):
        looks = AccessLog.objects.count()
        counted = rows("SELECT sum(count) FROM stats_count")
    assert calls_as(etotu_test).get(f"referrals/{test.pk}/").json()["test"] is True
    with acting(JOB):
        assert AccessLog.objects.count() == looks
        assert Letter.objects.count() == 0
        build_counts(clock.today().year)
        assert rows("SELECT sum(count) FROM stats_count") == counted == [(len(TYPES) + 1,)]
    with acting(TEST_JOB), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO accounts_accesslog (role, actor_id, actor_name, authority, look, referrals, about)"
            " VALUES ('system', 'test', 'Name', '', 'view', '{}', '{}')"
        )


def test_no_table_of_figures_hears_of_a_test(send_only, etotu_test, county_test):
    figures = [name for (name,) in rows("SELECT tablename FROM pg_tables WHERE tablename LIKE 'stats\\_%%'")]
    before = {name: _count(name, JOB) for name in figures}
    assert before
    test = _filled(send_only, by=etotu_test.actor, county=county_test.actor)
    start(test.pk, by=county_test.actor, version=None)
    close(test.pk, by=county_test.actor, version=None, outcome="granted", text="")
    assert {name: _count(name, JOB) for name in figures} == before


def test_a_client_stays_on_its_side(etotu_test):
    with pytest.raises(DatabaseError, match="for good"), transaction.atomic():
        ApiClient.objects.filter(pk=etotu_test.pk).update(test=False)
    ApiClient.objects.filter(pk=etotu_test.pk).update(name="Other")


def test_a_wipe_takes_all_of_its_owners_and_nothing_else(both, etotu, etotu_test, county_test):
    live, _test = both
    before = {name: _count(name, JOB) for (name,) in rows(MARKED)}
    for sender in (etotu.actor.id, county_test.actor.id, "client:unknown"):
        assert wipe_test_data(sender, by=WIPER) == 0
    assert wipe_test_data(etotu_test.actor.id) == len(TYPES) + 1
    assert set(sides(TEST_JOB)) == {"delivery_feedcounter", "delivery_reader", "delivery_subscription"}
    assert {name: _count(name, JOB) for (name,) in rows(MARKED)} == before
    assert now(live).version > 2


@pytest.mark.parametrize("by", [JOB, Actor("kela_system", "client:etotu-test", "X", "kela", test=True)])
def test_the_database_wipes_for_our_own_test_job_alone(by, both):
    with acting(by), pytest.raises(DatabaseError, match="only our own job"), transaction.atomic():
        rows("SELECT wipe_test_data_v1('client:etotu')")


def _count(table: str, by: Actor) -> int:
    with acting(by):
        return rows(f'SELECT count(*) FROM "{table}"')[0][0]
