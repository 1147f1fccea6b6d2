"""The database lets nothing happen that the life cycle does not know, and everything that it does."""

from __future__ import annotations

from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.models import Referral
from referrals.rules.lifecycle import HELD, PAIRS, Status
from tests.cast import PIRKANMAA, now

pytestmark = pytest.mark.django_db
WITHOUT_RECEIVER = {Status.SENT, Status.UNROUTABLE}


def test_the_table_holds_the_same_moves_as_the_rules():
    with connection.cursor() as cursor:
        cursor.execute("SELECT old_status, new_status FROM referrals_lawfulmove")
        assert set(cursor.fetchall()) == PAIRS


def test_the_application_cannot_make_a_move_lawful():
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("INSERT INTO referrals_lawfulmove VALUES ('closed', 'sent')")


def columns(status: Status) -> dict:
    """What a row in that status has, as the table's own checks want it."""
    return {
        "status": status,
        "receiving_authority": None if status in WITHOUT_RECEIVER else PIRKANMAA,
        "due_on": clock.today() if status in HELD else None,
        "outcome": "granted" if status == Status.CLOSED else "",
        "closed_at": clock.now() if status == Status.CLOSED else None,
        "return_reason": "other" if status == Status.RETURNED else "",
        "withdrawal_reason": "duplicate" if status == Status.WITHDRAWN else "",
    }


@pytest.fixture
def row(send) -> Referral:
    return send()


def write(row: Referral, **facts) -> None:
    """Past all our own checks, as one of our jobs."""
    with acting(Actor.system("test")):
        Referral.objects.filter(pk=row.pk).update(**{"version": now(row).version + 1} | facts)


# From delivered, where every row of these tests begins.
WAYS: dict[Status, list[Status]] = {
    Status.DELIVERED: [],
    Status.ACKNOWLEDGED: [Status.ACKNOWLEDGED],
    Status.IN_PROGRESS: [Status.IN_PROGRESS],
    Status.RETURNED: [Status.RETURNED],
    Status.WITHDRAWN: [Status.WITHDRAWN],
    Status.CLOSED: [Status.ACKNOWLEDGED, Status.CLOSED],
}


@pytest.mark.parametrize(("old", "new"), list(product(WAYS, Status)))
def test_only_lawful_moves_are_written(row, old, new):
    for step in WAYS[old]:
        write(row, **columns(step))
    facts = columns(new)
    if new == Status.WITHDRAWN:
        facts["receiving_authority"] = PIRKANMAA
    if old == new or (old, new) in PAIRS:
        write(row, **facts)
        assert now(row).status == new
    else:
        with pytest.raises(DatabaseError, match=f"no move from {old} to {new}"):
            write(row, **facts)
        assert now(row).status == old


@pytest.mark.parametrize(
    "facts",
    [{"type": "under_25"}, {"sender_id": "another"}, {"key": "another"}, {"digest": b"another"}, {"sent_at": clock.now()},
     {"protected": True}],
    ids=lambda facts: next(iter(facts)),
)  # fmt: skip
def test_what_was_sent_never_changes(row, facts):
    with pytest.raises(DatabaseError, match="what was sent never changes"):
        write(row, **facts)


def test_a_change_without_a_new_version_is_refused(row):
    with pytest.raises(DatabaseError, match="a new version"):
        write(row, version=row.version, additional_information="Changed.")


@pytest.mark.parametrize("status", [Status.ACKNOWLEDGED, Status.RETURNED, Status.WITHDRAWN])
def test_only_a_delivery_changes_who_holds_it(row, status):
    with pytest.raises(DatabaseError, match="only a delivery"):
        write(row, **columns(status) | {"receiving_authority": "county-21"})
    write(row, **columns(Status.DELIVERED) | {"receiving_authority": "county-21"})


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("receiver_fits_status", columns(Status.DELIVERED) | {"receiving_authority": None}),
        ("deadline_while_held", columns(Status.ACKNOWLEDGED) | {"due_on": None}),
        ("deadline_while_held", columns(Status.RETURNED) | {"due_on": clock.today()}),
        ("reason_when_returned", columns(Status.RETURNED) | {"return_reason": ""}),
        ("reason_when_withdrawn", columns(Status.WITHDRAWN) | {"withdrawal_reason": ""}),
        ("known_status", {"status": "lost"}),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(row, name, facts):
    with pytest.raises(DatabaseError, match=f"{name}|no move from"):
        write(row, **facts)


def test_a_closed_one_has_an_outcome(row):
    write(row, **columns(Status.ACKNOWLEDGED))
    with pytest.raises(DatabaseError, match="outcome_when_closed"):
        write(row, **columns(Status.CLOSED) | {"outcome": ""})


def test_the_application_deletes_no_referral(row):
    with acting(Actor.system("test")), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("DELETE FROM referrals_referral")
