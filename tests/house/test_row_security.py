"""Every table with client data is closed to whoever has not said who acts, and to every other authority."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.actions.looking import log_look
from accounts.models import Look
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.actions.attaching import upload
from referrals.actions.correcting import attach_decision
from referrals.actions.detecting import detect_alerts
from referrals.actions.messaging import mark_read, write_message
from referrals.actions.receiving import give_receipt
from referrals.drafts import read_decision
from referrals.models import Referral
from referrals.rules.months import month_of
from referrals.types import TYPES
from tests.assistance import month_told, tell, tell_months
from tests.builders import decision
from tests.cast import now
from tests.files import declared, pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
# What tells of clients without pointing to a referral by a foreign key.
BESIDE = {"delivery_event", "accounts_accesslog"}
# What Kela knows of people on assistance, referral or not: no authority's business.
ASSISTANCE = {"referrals_recipient", "referrals_assistancemonth", "referrals_watch"}
AT_KELA = {*ASSISTANCE, "referrals_alert"}
# From PostgreSQL's own catalogue, so that a table made by hand counts too.
POINTING = """
WITH RECURSIVE pointing AS (
    SELECT 'referrals_referral'::regclass::oid AS id
    UNION SELECT conrelid FROM pg_constraint JOIN pointing ON confrelid = pointing.id WHERE contype = 'f'
)
SELECT id::regclass::text FROM pointing
"""
EXPECTED = {
    "referrals_referral", "referrals_client", "referrals_basicdecision", "referrals_supplementaryapplication",
    "referrals_socialworkneed", "referrals_under25", "referrals_immigrant", "referrals_loweredbasicamount",
    "referrals_over25", "referrals_message", "referrals_messagesread", "referrals_receipt",
    "referrals_attachment", "referrals_attachmentcontent", "referrals_alert",
}  # fmt: skip


def rows(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def count(table: str) -> int:
    return rows(f'SELECT count(*) FROM "{table}"')[0][0]


@pytest.fixture
def tables(db: None) -> list[str]:
    """Every table with client data."""
    return sorted({name for (name,) in rows(POINTING)} | BESIDE | ASSISTANCE)


@pytest.fixture
def filled(send, send_only, handler, pirkanmaa, county_pirkanmaa, tables) -> list[Referral]:
    """Pirkanmaa has a referral of each type that goes to counties, with a decision, a file, a message read, a receipt, events and a look at it;
    Kela knows of somebody's months and an alert that waits."""
    file = pdf()
    held = send_only("social_work_need", common={"attachments": [declared("Lease.pdf", file)]})
    upload(held.pk, declared("", file)["sha256"], file, by=handler.actor)
    sent = [send(type) for type in TYPES if type != "immigrant"]
    attach_decision(
        sent[0].pk, read_decision(decision(sent[0].sent_at.date()), on=sent[0].sent_at.date()), by=handler.actor
    )
    write_message(sent[0].pk, by=handler.actor, text="To the other side")
    mark_read(sent[0].pk, by=pirkanmaa.actor)
    give_receipt(sent[0].pk, by=county_pirkanmaa.actor, accepted=True)
    with acting(pirkanmaa.actor):
        log_look(pirkanmaa.actor, Look.VIEW, referrals=[sent[0].pk])
    tell_months(4)
    detect_alerts(clock.today())
    tell(month_told(month_of(clock.today())))
    return [now(referral) for referral in sent]


def test_the_catalogue_finds_the_tables(tables):
    assert set(tables) >= EXPECTED | BESIDE


def test_row_security_holds_even_for_the_owner_and_has_policies(tables):
    found = rows(
        "SELECT relname FROM pg_class WHERE relname = ANY (%s) AND relrowsecurity AND relforcerowsecurity"
        " AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid)",
        tables,
    )
    assert sorted(name for (name,) in found) == tables


def test_nobody_sees_what_is_there(tables, filled):
    with acting(Actor.system("test")):
        there = {table for table in tables if count(table)}
    assert there == set(tables) - {"referrals_immigrant"}
    assert {table for table in tables if count(table)} == set()


def test_another_countys_worker_sees_none_of_it(tables, filled, pirkanmaa, lapland):
    with acting(lapland.actor):
        assert {table for table in tables if count(table)} == set()
    with acting(pirkanmaa.actor):
        assert {table for table in tables if count(table)} == set(tables) - AT_KELA - {
            "referrals_immigrant",
            "accounts_accesslog",
        }


@pytest.mark.parametrize("role", ["analyst", "editor", "admin", "directory", "statistics_system", "nonsense"])
def test_who_does_not_work_with_clients_sees_none_of_it(tables, filled, role):
    for authority in ("kela", "county-08"):
        with acting(Actor(role, "id", "Name", authority, cleared=True)):
            assert {table for table in tables if count(table)} == set()


def test_an_auditor_sees_the_access_log_alone(tables, filled, auditor):
    with acting(auditor.actor):
        assert {table for table in tables if count(table)} == {"accounts_accesslog"}


def test_what_is_protected_shows_to_the_cleared_and_to_who_sent_it(
    send, handler, handler2, pirkanmaa, pirkanmaa2, tables
):
    send(client={"non_disclosure": True})
    seen = {}
    for user in (handler, handler2, pirkanmaa, pirkanmaa2):
        with acting(user.actor):
            seen[user.username] = {table for table in tables if count(table)}
    mine = {"referrals_referral", "referrals_client", "referrals_supplementaryapplication", "delivery_event"}
    assert seen == {"handler": mine, "handler2": set(), "worker.pirkanmaa": set(), "worker2.pirkanmaa": mine}


def test_another_county_changes_nothing(filled, lapland):
    with acting(lapland.actor):
        assert Referral.objects.update(additional_information="X") == 0


def test_a_row_cannot_be_slipped_under_another_countys_referral(filled, lapland):
    with acting(lapland.actor), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO referrals_basicdecision (referral_id, version, number, decided_on, period_from, period_to, result, lines)"
            " VALUES (%s, 9, 'X', now(), now(), now(), 'granted', '[]')",
            [filled[0].pk],
        )


def test_a_unique_key_tells_nothing_of_another_senders_referrals(handler, handler2, send):
    """A violation is seen through row security, so the idempotency key is the sender's own."""
    first = send()
    facts = {field.attname: getattr(first, field.attname) for field in Referral._meta.fields}
    with acting(handler2.actor):
        Referral.objects.create(**facts | {"id": None, "sender_id": str(handler2.pk), "sender_name": "X"} | fresh())


def fresh() -> dict:
    return {"status": "sent", "version": 1, "receiving_authority_id": None, "due_on": None, "acknowledge_by": None}


def test_the_application_owns_nothing_passes_nobody_and_deletes_no_client_data(tables):
    ((superuser, bypasses, makes_roles),) = rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user"
    )
    assert (superuser, bypasses, makes_roles) == (False, False, False)
    assert (
        rows("SELECT rolname FROM pg_roles WHERE rolname <> current_user AND pg_has_role(current_user, oid, 'MEMBER')")
        == []
    )
    for kind, owner in (("pg_class", "relowner"), ("pg_proc", "proowner"), ("pg_namespace", "nspowner")):
        assert rows(f"SELECT count(*) FROM {kind} WHERE {owner} = current_user::regrole") == [(0,)]
    deletable = {table for table in tables if rows("SELECT has_table_privilege(%s, 'DELETE')", table) == [(True,)]}
    assert deletable == AT_KELA  # by our own jobs alone; of alerts only what was none yet


def test_an_alert_is_deleted_by_nobody(filled):
    for by in (Actor.system("test"), Actor("supervisor", "1", "Somebody", "kela", cleared=True)):
        with acting(by):
            assert rows("SELECT count(*) FROM referrals_alert WHERE state = 'waiting'") == [(1,)]
            assert rows("WITH gone AS (DELETE FROM referrals_alert RETURNING 1) SELECT count(*) FROM gone") == [(0,)]


def test_history_log_and_decisions_are_only_added_to():
    for table in (*BESIDE, "referrals_basicdecision", "referrals_message", "referrals_receipt", "referrals_attachment"):
        assert rows("SELECT has_table_privilege(%s, 'UPDATE')", table) == [(False,)]
        assert rows("SELECT has_table_privilege(%s, 'INSERT')", table) == [(True,)]


def test_functions_with_their_owners_rights_have_a_fixed_search_path():
    loose = rows(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND NOT coalesce(array_to_string(proconfig, ',') LIKE '%%search_path=%%', false)"
    )
    assert loose == []


def test_authorities_are_told_apart_by_the_whole_code(send, tables):
    """No county sees what belongs to one whose code begins like its own."""
    send()
    for authority in ("county-0", "county-080", "county_08", "COUNTY-08", "county-08 ", ""):
        with acting(Actor("worker", "id", "Name", authority, cleared=True)):
            assert {table for table in tables if count(table)} == set()
