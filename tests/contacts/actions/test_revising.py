"""A revision holds all of an entry but what names it, and gives it back."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given
from hypothesis import strategies as st

from contacts.actions.revising import agree, agree_anew, read_content, revision_of
from contacts.models import Action, Contact, LocalPractice
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from tests.cast import LAPLAND, PIRKANMAA

KEEPER = Actor("directory", "keeper", "Kaisa Keeper", PIRKANMAA)
EDITOR = Actor("editor", "editor", "Eeva Editor", "kela")
NEIGHBOUR = Actor("directory", "neighbour", "Niilo Neighbour", LAPLAND)
DAY, LATER = date(2026, 1, 1), date(2026, 6, 1)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
NAMING = {"id", "owner_id", "version", "updated_at"}


def proposal(**facts: object) -> LocalPractice:
    usual = {"owner_id": PIRKANMAA, "topic": "urgent", "text_fi": "Soita.", "valid": DateRange(DAY, None)}
    return LocalPractice(**usual | {"confirmed_on": DAY, "updated_at": clock.now()} | facts)


@given(first=DAYS, last=st.none() | DAYS, agreed=st.none() | DAYS, types=st.lists(st.text(max_size=5)), text=st.text())
def test_what_is_stored_as_json_comes_back_the_same(first, last, agreed, types, text):
    row = proposal(valid=DateRange(first, last), kela_agreed_on=agreed, types=types, text_fi=text)
    content = json.loads(json.dumps(revision_of(row, Action.ADDED, KEEPER, None).content))
    again = LocalPractice(id=row.pk, owner_id=PIRKANMAA, **read_content(content))
    names = {field.attname for field in LocalPractice._meta.concrete_fields} - NAMING
    assert names == content.keys()
    assert {name: getattr(again, name) for name in names} == {name: getattr(row, name) for name in names}


def test_it_tells_who_did_it_and_of_which_entry():
    row = Contact(owner_id=PIRKANMAA, kind="housing", version=3, confirmed_on=DAY)
    told = revision_of(row, Action.CHANGED, KEEPER, None)
    assert (told.entry_id, told.version, told.kind, told.owner_id) == (row.pk, 3, "contact", PIRKANMAA)
    assert (told.role, told.actor_id, told.actor_name, told.actor_authority) == (
        "directory", "keeper", "Kaisa Keeper", PIRKANMAA,
    )  # fmt: skip


def test_of_what_is_gone_nothing_is_told():
    assert revision_of(proposal(), Action.REMOVED, KEEPER, None, gone=True).content is None


@pytest.mark.parametrize(
    ("by", "owner_by", "kela_by"), [(KEEPER, "Kaisa Keeper", ""), (EDITOR, "", "Eeva Editor"), (NEIGHBOUR, "", "")]
)
def test_each_side_agrees_for_itself(by, owner_by, kela_by):
    row = proposal()
    agree(row, by, DAY)
    assert (row.owner_agreed_by, row.kela_agreed_by) == (owner_by, kela_by)


def test_who_agreed_first_stays_and_to_a_new_text_its_author_alone_agrees():
    row = proposal()
    agree(row, KEEPER, DAY)
    agree(row, Actor("lead", "lead", "Liisa Lead", PIRKANMAA), LATER)
    assert (row.owner_agreed_on, row.owner_agreed_by) == (DAY, "Kaisa Keeper")
    agree_anew(row, EDITOR)
    assert (row.owner_agreed_on, row.owner_agreed_by, row.kela_agreed_by) == (None, "", "Eeva Editor")
