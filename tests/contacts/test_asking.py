"""Every night owners are asked to confirm what waits, and what municipalities lack is written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import Role, User
from contacts.actions.keeping import add_entry, confirm_entry
from contacts.asking import check_directory
from contacts.models import Contact, DirectoryCheck, LocalPractice
from contacts.queries.completeness import last_check
from contacts.rules.completeness import REQUIRED
from delivery.models import Letter
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from tests.cast import PIRKANMAA

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
MONDAY = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_monday():
    with clock.frozen(MONDAY):
        yield


@pytest.fixture
def keeper(db: None) -> User:
    return person("directory.pirkanmaa", Role.DIRECTORY)


def person(username: str, role: Role, authority: str = PIRKANMAA, **facts: Any) -> User:
    return User.objects.create_user(username, name=username, role=role, authority_id=authority, **facts)


@pytest.fixture
def old() -> Callable[..., Contact]:
    """Adds a contact that was confirmed `ago` days before."""

    def added(ago: int, kind: str = "housing", owner: str = PIRKANMAA) -> Contact:
        values = {"kind": kind, "phone": "+358401234567"}
        on = clock.today() - timedelta(days=ago)
        return add_entry(Contact, values, owner=owner, by=SYSTEM, on=on)  # type: ignore[return-value]

    return added


def letters() -> list[Letter]:
    with acting(SYSTEM):
        return list(Letter.objects.select_related("reader").order_by("created_at", "key"))


def readers() -> list[str]:
    return sorted(letter.reader.username for letter in letters())


def test_a_keeper_is_told_how_many_entries_wait(keeper, old):
    old(175), old(200), old(400), old(0, "child_welfare")
    found = check_directory()
    (letter,) = letters()
    assert (letter.reader, letter.authority_id, letter.kind) == (keeper, PIRKANMAA, "directory_check")
    assert letter.data == {"due": 1, "stale": 2, "missing": 3}
    assert (found.check.due, found.check.stale, found.check.letters) == (1, 2, 1)


def test_nobody_is_asked_while_everything_is_confirmed(keeper, old):
    old(0), old(100)
    check_directory()
    assert letters() == []


def test_running_twice_posts_nothing_twice(keeper, old):
    old(200)
    assert check_directory().check.letters == 1
    assert check_directory().check.letters == 0
    assert len(letters()) == 1
    assert DirectoryCheck.objects.count() == 2


def test_what_still_waits_is_asked_about_once_a_week(keeper, old):
    entry = old(200)
    posted = []
    for day in range(15):
        with clock.frozen(MONDAY + timedelta(days=day)):
            posted.append(check_directory().check.letters)
    assert posted == [1, 0, 0, 0, 0, 0, 0] * 2 + [1]
    confirm_entry(entry, version=entry.version, by=keeper.actor)
    with clock.frozen(MONDAY + timedelta(days=21)):
        assert check_directory().check.letters == 0


def test_an_authority_without_a_keeper_asks_its_leads(old, lead, pirkanmaa, lapland):
    old(200)
    check_directory()
    assert readers() == [lead.username]


def test_leads_are_left_alone_where_somebody_keeps_the_directory(old, keeper, lead):
    old(200)
    check_directory()
    assert readers() == [keeper.username]


def test_kelas_own_entries_are_the_editors(old, handler, supervisor):
    editor = person("editor", Role.EDITOR, "kela")
    old(200, "customer_service", "kela")
    check_directory()
    assert readers() == [editor.username]


def test_who_has_left_is_not_asked_and_the_report_says_that_nobody_keeps_it(old):
    person("gone", Role.DIRECTORY, is_active=False)
    old(200)
    (asked,) = check_directory().asked
    assert (asked.owner, asked.keepers, asked.letters) == (PIRKANMAA, 0, 0)


def test_each_owner_is_asked_about_its_own_alone(old, keeper):
    other = person("directory.lapland", Role.DIRECTORY, "county-21")
    old(200)
    old(175, owner="county-21")
    check_directory()
    assert {letter.reader: (letter.data["due"], letter.data["stale"]) for letter in letters()} == {
        keeper: (0, 1),
        other: (1, 0),
    }


def test_a_practice_that_has_ended_is_not_asked_about(keeper):

    today = clock.today()
    for ends in (today, None):
        values = {"topic": "deposits", "text_fi": "Sovittu.", "valid": DateRange(today - timedelta(days=400), ends)}
        row = add_entry(LocalPractice, values, owner=PIRKANMAA, by=keeper.actor, on=today - timedelta(days=400))
        assert isinstance(row, LocalPractice)
    assert check_directory().check.stale == 1


def test_the_report_names_the_municipalities_that_lack_a_required_kind(old):
    found = check_directory()
    assert len(found.incomplete) == found.check.incomplete == found.check.municipalities == 292
    for row in REQUIRED:
        if row.type != "immigrant":
            old(0, row.kind)
    old(0, "immigrant_services", "municipality-837")
    found = check_directory()
    assert found.check.incomplete == 291
    assert "837" not in {place.municipality.code for place in found.incomplete}
    assert last_check() == found.check


def test_a_check_is_written_by_the_job_alone_and_stays(keeper):
    check = check_directory().check
    with acting(keeper.actor):
        assert last_check() == check
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            DirectoryCheck.objects.create(
                at=clock.now(), milliseconds=1, due=0, stale=0, missing=0, incomplete=0, municipalities=0, letters=0
            )
    with acting(SYSTEM), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        DirectoryCheck.objects.update(stale=0)


def test_a_night_costs_as_many_statements_for_one_owner_as_for_many(old, django_assert_max_num_queries):
    for number in range(1, 22):
        if number != 9:
            person(f"keeper-{number}", Role.DIRECTORY, f"county-{number:02}")
            old(200, owner=f"county-{number:02}")
    with django_assert_max_num_queries(20):
        check_directory()
    assert len(letters()) == 20
