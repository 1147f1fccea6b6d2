"""How long an entry can be relied on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.rules.freshness import ASKED_BEFORE, Freshness, freshness, review_on

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
MONTHS = st.integers(1, 24)
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("confirmed", "months", "last"),
    [
        ("2026-01-15", 6, "2026-07-15"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-12-01", 12, "2027-12-01"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2026-11-30", 1, "2026-12-30"),
    ],
)
def test_it_counts_until_the_same_day_of_a_later_month_or_that_months_last(confirmed, months, last):
    assert review_on(date.fromisoformat(confirmed), months) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2026-01-15", Freshness.FRESH),
        ("2026-06-30", Freshness.FRESH),
        ("2026-07-01", Freshness.DUE),
        ("2026-07-15", Freshness.DUE),
        ("2026-07-16", Freshness.STALE),
    ],
)
def test_its_owner_is_asked_two_weeks_before_and_the_day_after_it_is_stale(on, state):
    assert freshness(date(2026, 1, 15), 6, on=date.fromisoformat(on)) == state


@given(confirmed=DAYS, months=MONTHS)
def test_the_review_is_in_the_month_that_was_promised(confirmed, months):
    last = review_on(confirmed, months)
    assert (last.year - confirmed.year) * 12 + last.month - confirmed.month == months
    assert last.day == confirmed.day or (last.day < confirmed.day and (last + ONE_DAY).day == 1)


@given(confirmed=DAYS, months=MONTHS, after=st.integers(0, 1000))
def test_nothing_becomes_fresher_by_waiting(confirmed, months, after):
    order, on = list(Freshness), confirmed + timedelta(days=after)
    today, tomorrow = (order.index(freshness(confirmed, months, on=day)) for day in (on, on + ONE_DAY))
    assert today <= tomorrow


@given(confirmed=DAYS, months=MONTHS)
def test_what_is_confirmed_again_in_time_is_never_stale(confirmed, months):
    asked = review_on(confirmed, months) - ASKED_BEFORE
    assert freshness(confirmed, months, on=asked) == Freshness.DUE
    assert freshness(confirmed, months, on=asked - ONE_DAY) == Freshness.FRESH
