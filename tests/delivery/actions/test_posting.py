"""A letter is a row in the transaction of what it tells of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from delivery.actions.posting import Draft, post_letter, post_letters
from delivery.models import Letter
from kela_kunta.base.actor import Actor, acting, current_actor
from tests.cast import PIRKANMAA

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


@pytest.fixture
def draft(lead) -> Draft:
    return Draft("directory_check", "a-key", lead, PIRKANMAA, {"stale": 2, "owner": PIRKANMAA})


def letters() -> list[Letter]:
    with acting(SYSTEM):
        return list(Letter.objects.order_by("key"))


def test_a_letter_waits_from_now_on_in_its_readers_language(draft, lead):
    lead.language = "sv"
    assert post_letter(draft)
    (letter,) = letters()
    assert (letter.reader_id, letter.language, letter.data) == (lead.pk, "sv", {"stale": 2, "owner": PIRKANMAA})
    assert (letter.attempts, letter.next_attempt_at, letter.sent_at) == (0, letter.created_at, None)


def test_the_same_key_is_posted_once(draft):
    assert post_letter(draft)
    assert not post_letter(replace(draft, data={"stale": 9}))
    assert [letter.data["stale"] for letter in letters()] == [2]
    assert post_letters([draft, replace(draft, key="b-key")]) == {"b-key"}


def test_a_letter_may_go_to_an_address_that_is_nobodys(draft):
    post_letter(replace(draft, to="office@pirkanmaa.example", language="en"))
    (letter,) = letters()
    assert (letter.reader_id, letter.address, letter.language) == (None, "office@pirkanmaa.example", "en")


def test_what_is_rolled_back_was_never_posted(draft, lead):
    with acting(lead.actor):
        post_letter(draft)
        transaction.set_rollback(True)
    assert letters() == []


def test_whoever_acts_goes_on_acting_after_posting(draft, lead):
    with acting(lead.actor):
        post_letter(draft)
        assert current_actor() == lead.actor
        assert Letter.objects.count() == 0


@pytest.mark.parametrize("value", ["Aino", "010190-900P", "a b", "ä", 1.5, None, ["a"], "x" * 65])
def test_names_and_sentences_are_refused(draft, value):
    with pytest.raises(ValueError, match="client is neither"):
        post_letter(replace(draft, data={"client": value}))
    assert letters() == []


@pytest.mark.parametrize("role", ["lead", "directory", "worker", "admin", "supervisor", "auditor", "nonsense"])
def test_nobody_but_a_job_reads_or_writes_letters(draft, role):
    post_letter(draft)
    with acting(Actor(role, "id", "Name", PIRKANMAA, cleared=True)):
        assert Letter.objects.count() == 0
        assert Letter.objects.update(address="x@y.example") == 0
        assert Letter.objects.all().delete()[0] == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Letter.objects.create(
                key="forged", kind="x", address="a@b.example", authority_id=PIRKANMAA, language="fi",
                created_at=draft.to.created_at, next_attempt_at=draft.to.created_at,
            )  # fmt: skip


def test_a_letter_goes_to_a_person_or_to_an_address(draft):
    post_letter(draft)
    for columns in ({"address": "a@b.example"}, {"reader": None}):
        with acting(SYSTEM), pytest.raises(DatabaseError, match="letter_to_somebody"), transaction.atomic():
            Letter.objects.update(**columns)


def test_a_letter_waits_or_was_sent_or_is_given_up(draft):
    post_letter(draft)
    (letter,) = letters()
    for columns in ({"sent_at": letter.created_at}, {"next_attempt_at": None}):
        with acting(SYSTEM), pytest.raises(DatabaseError, match="waits_or_has_ended"), transaction.atomic():
            Letter.objects.update(**columns)
