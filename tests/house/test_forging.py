"""The database takes nothing in another's name, whatever the application asks of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from kela_kunta.base.actor import Actor, acting
from referrals.models import DETAIL_MODELS, Attachment, AttachmentContent, BasicDecision, Client, Referral
from tests.cast import LAPLAND, PIRKANMAA, now

pytestmark = pytest.mark.django_db


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@contextmanager
def refused(by: User, reason: str = "row-level security") -> Iterator[None]:
    """PostgreSQL refuses what `by` does here."""
    with acting(by.actor), pytest.raises(DatabaseError, match=reason), transaction.atomic():
        yield


def send_like(referral: Referral, sender: User, *, authority: str | None = None) -> None:
    """Past all our own checks."""
    facts = {field.attname: getattr(referral, field.attname) for field in Referral._meta.fields}
    new: dict[str, Any] = {"id": None, "key": "forged", "sender_id": str(sender.pk), "sender_role": sender.role}
    if authority is None:
        new |= {"status": "sent", "receiving_authority_id": None, "due_on": None, "acknowledge_by": None}
    Referral.objects.create(**facts | new)


def test_kelas_side_sends_each_in_their_own_name(send, handler, handler2):
    referral = send()
    with refused(handler2):
        send_like(referral, handler)
    with acting(handler2.actor):
        send_like(referral, handler2)


def test_an_authority_sends_nothing_to_itself(send, handler, pirkanmaa):
    referral = send()
    for sender in (handler, pirkanmaa):
        with refused(pirkanmaa):
            send_like(referral, sender, authority=PIRKANMAA)


def test_what_a_referral_tells_never_changes_and_the_authority_adds_nothing(send, handler, pirkanmaa):
    referral = send()
    for table in ("client", "supplementaryapplication", "basicdecision"):
        with refused(handler, "permission denied"):
            run(f"UPDATE referrals_{table} SET referral_id = referral_id WHERE referral_id = %s", referral.pk)
    with refused(pirkanmaa):
        run(
            "INSERT INTO referrals_basicdecision (referral_id, version, number, decided_on, period_from, period_to,"
            " result, lines) VALUES (%s, 9, 'X', now(), now(), now(), 'granted', '[]')",
            referral.pk,
        )


def test_an_event_and_a_look_are_told_in_the_name_of_who_acts(send, pirkanmaa, lapland):
    referral = send()
    event = (
        "INSERT INTO delivery_event (subject_kind, subject_id, version, kind, status, at, role, actor_id, actor_name,"
        " actor_authority, data) VALUES ('referral', %s, %s, 'closed', 'closed', now(), %s, %s, 'Name', %s, '{}')"
    )
    look = (
        "INSERT INTO accounts_accesslog (role, actor_id, actor_name, authority, look, referrals, about)"
        " VALUES (%s, %s, 'Name', '', 'view', '{}', '{}')"
    )
    mine, others = str(pirkanmaa.pk), str(lapland.pk)
    for number, who in enumerate([("worker", others, LAPLAND), ("system", mine, PIRKANMAA), ("worker", mine, "kela")]):
        with refused(pirkanmaa):
            run(event, referral.pk, 50 + number, *who)
    for who in (("worker", others), ("system", mine)):
        with refused(pirkanmaa):
            run(look, *who)
    with acting(pirkanmaa.actor):
        run(event, referral.pk, 60, "worker", mine, PIRKANMAA)
        run(look, "worker", mine)


def test_a_temporary_table_makes_no_move_lawful(send):
    back = (
        "UPDATE referrals_referral SET status = 'sent', receiving_authority_id = NULL, due_on = NULL,"
        " version = version + 1 WHERE id = %s"
    )
    referral = send()
    run("CREATE TEMP TABLE referrals_lawfulmove AS SELECT 'delivered' AS old_status, 'sent' AS new_status")
    with acting(Actor.system("test")), pytest.raises(DatabaseError, match="no move"), transaction.atomic():
        run(back, referral.pk)
    assert now(referral).status == "delivered"


def test_every_details_table_is_told_by_the_sending_side_alone():
    with connection.cursor() as cursor:
        cursor.execute("SELECT polrelid::regclass::text FROM pg_policy WHERE polname = 'told_by_the_sending_side'")
        parts = {name for (name,) in cursor.fetchall()}
    assert parts == {
        model._meta.db_table for model in (Client, BasicDecision, Attachment, AttachmentContent, *DETAIL_MODELS)
    }
