"""What every municipality must have, and how it stands with it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.models.entries import ContactKind
from contacts.rules.completeness import REQUIRED, Kept, Requirement, State, required_on, state_in
from contacts.rules.freshness import Freshness

TAMPERE, NOKIA = "837", "536"
kept = st.builds(
    Kept,
    audience=st.sampled_from(["public", "officials"]),
    municipality=st.sampled_from([None, TAMPERE, NOKIA]),
    freshness=st.sampled_from(Freshness),
)


def one(freshness: Freshness, municipality: str | None = None, audience: str = "public") -> Kept:
    return Kept(audience, municipality, freshness)


def test_nothing_kept_is_missing():
    assert state_in(TAMPERE, []) == State.MISSING
    assert state_in(TAMPERE, [one(Freshness.FRESH, NOKIA)]) == State.MISSING


@pytest.mark.parametrize(
    ("freshness", "state"),
    [(Freshness.FRESH, State.CURRENT), (Freshness.DUE, State.DUE), (Freshness.STALE, State.STALE)],
)
def test_what_holds_for_the_whole_area_holds_here(freshness, state):
    assert state_in(TAMPERE, [one(freshness)]) == state


def test_a_municipalitys_own_stands_in_the_place_of_the_areas_even_when_it_is_stale():
    both = [one(Freshness.FRESH), one(Freshness.STALE, TAMPERE)]
    assert state_in(TAMPERE, both) == State.STALE
    assert state_in(NOKIA, both) == State.CURRENT


def test_one_that_answers_is_enough():
    assert state_in(TAMPERE, [one(Freshness.STALE), one(Freshness.FRESH, audience="officials")]) == State.CURRENT


@given(st.lists(kept))
def test_it_is_missing_exactly_where_nothing_holds(rows):
    here = [row for row in rows if row.municipality in (None, TAMPERE)]
    assert (state_in(TAMPERE, rows) == State.MISSING) == (not here)


@given(st.lists(kept), st.randoms(use_true_random=False))
def test_the_order_of_contacts_changes_nothing(rows, random):
    mixed = random.sample(rows, len(rows))
    assert state_in(TAMPERE, mixed) == state_in(TAMPERE, rows)


@given(st.lists(kept))
def test_another_municipalitys_contacts_change_nothing(rows):
    assert state_in(TAMPERE, rows) == state_in(TAMPERE, [row for row in rows if row.municipality != NOKIA])


def test_requirements_are_dated(monkeypatch):
    ended = Requirement("housing", "social_work_need", date(2023, 1, 1), date(2024, 12, 31))
    monkeypatch.setattr("contacts.rules.completeness.REQUIRED", (ended,))
    days = [date(2022, 12, 31), date(2023, 1, 1), date(2024, 12, 31), date(2025, 1, 1)]
    assert [required_on(day) for day in days] == [[], [ended], [ended], []]


def test_every_required_kind_is_one_of_the_directorys():
    assert {row.kind for row in REQUIRED} <= set(ContactKind)
