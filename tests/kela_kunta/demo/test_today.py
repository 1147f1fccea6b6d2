"""Tests of kela_kunta.demo.today and what it is made of."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.db.models.functions import TruncDate

from accounts.models import User
from kela_kunta.base import clock
from kela_kunta.base.actor import acting
from kela_kunta.demo import today
from kela_kunta.demo.accounts import make_accounts
from kela_kunta.demo.scenes import scenes
from kela_kunta.demo.today import DIRECTOR, make_today
from referrals.models import BasicDecision, Referral
from referrals.queries import OPEN
from referrals.rules.lifecycle import HELD, Status
from referrals.types import TYPES


@dataclass(frozen=True, slots=True)
class Made:
    """What stood in the tables after the demo was made twice; nothing of it stays."""

    first: int
    second: int
    rows: list[Referral]
    assigned: set[str]
    senders: Counter[str]
    later_decisions: int


class Undo(Exception):
    """Rolls back."""


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Made:
    with django_db_blocker.unblock(), suppress(Undo), transaction.atomic():
        make_accounts()
        first, second = make_today(), make_today()
        handlers = {str(user.pk): user.username for user in User.objects.filter(username__startswith="handler")}
        with acting(DIRECTOR):
            rows = list(Referral.objects.select_related("client", "assignee"))
            later = BasicDecision.objects.filter(referral__in=[row for row in rows if row.sender_role == "handler"])
            found = Made(
                first,
                second,
                rows,
                assigned={row.assignee.username for row in rows if row.assignee},
                senders=Counter(handlers.get(row.sender_id, row.sender_id) for row in rows),
                later_decisions=later.filter(decided_on__gt=TruncDate("referral__sent_at")).count(),
            )
        raise Undo
    return found


def test_all_types_and_statuses_are_there_and_most_are_open(made: Made) -> None:
    assert {row.type for row in made.rows} == set(TYPES)
    assert {row.status for row in made.rows} == set(Status)
    assert sum(row.status in OPEN for row in made.rows) > 300


def test_everything_is_of_these_days_and_nothing_of_the_future(made: Made) -> None:
    now = clock.now()
    assert max(row.updated_at for row in made.rows) <= now
    assert (now - min(row.sent_at for row in made.rows)).days < 70


def test_each_demo_account_has_work_of_every_kind(made: Made) -> None:
    this_day = clock.today()
    for authority in ("county-08", "county-90", "county-21", "municipality-837"):
        own = [row for row in made.rows if row.receiving_authority_id == authority]
        statuses = Counter(row.status for row in own)
        assert min(statuses[status] for status in (*HELD, Status.CLOSED)) > 0, authority
        assert any(row.due_on and row.due_on < this_day for row in own), authority
        if authority != "municipality-837":
            assert any(row.urgent and row.status in HELD for row in own)
            assert any(row.status == Status.RETURNED and row.proposed_authority_id for row in made.rows)
    assert made.assigned >= {
        "worker.pirkanmaa",
        "worker2.pirkanmaa",
        "worker.helsinki",
        "worker.lapland",
        "worker.tampere",
    }


def test_every_sender_of_the_demo_has_sent(made: Made) -> None:
    assert set(made.senders) == {"handler", "handler2", "client:etotu"}
    assert min(made.senders.values()) > 40


def test_one_is_protected_and_what_cannot_be_routed_says_why(made: Made) -> None:
    assert [row.receiving_authority_id for row in made.rows if row.protected] == ["county-08"]
    unroutable = [
        row.routing_reason["code"] for row in made.rows if row.status == Status.UNROUTABLE and row.routing_reason
    ]
    assert sorted(unroutable) == ["U2", "U3", "U5"]


def test_some_clients_have_two_open_referrals(made: Made) -> None:
    people = Counter(
        bytes(row.client.person_index) for row in made.rows if row.client.person_index and row.status in OPEN
    )
    assert sorted(people.values())[-3:] == [2, 2, 2]


def test_some_decisions_came_after_the_application(made: Made) -> None:
    assert made.later_decisions > 3


def test_making_it_again_changes_nothing(made: Made) -> None:
    assert made.first == len(made.rows) == len(scenes())
    assert made.second == 0


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 12, 26, 23, 30, tzinfo=UTC),  # among days off
        datetime(2027, 1, 4, 4, tzinfo=UTC),  # before the office opens, early in a year
    ],
)
@pytest.mark.django_db
def test_it_can_be_made_on_any_day(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    some = scenes()[:60]
    monkeypatch.setattr(today, "scenes", lambda: some)
    with clock.frozen(moment):
        make_accounts()
        assert make_today() == len(some)
    with acting(DIRECTOR):
        assert Referral.objects.filter(status=Status.SENT).exists()
        assert not Referral.objects.filter(updated_at__gt=moment).exists()
