from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.rules.lifecycle import NOT_COUNTED
from referrals.rules.retention import MISTAKES, can_be_counted, can_be_followed, limits


def test_how_long_each_kind_is_kept():
    kept = limits(date(2036, 2, 29))
    assert (kept.referrals, kept.mistakes, kept.messages) == (date(2026, 3, 1), date(2035, 3, 1), date(2033, 3, 1))
    assert (kept.months, kept.looks, kept.traces) == (date(2034, 2, 1), date(2024, 2, 29), date(2034, 3, 1))


def test_what_goes_early_as_a_mistake_counts_for_no_year():
    assert MISTAKES < NOT_COUNTED


@pytest.mark.parametrize(
    ("year", "purged", "can"),
    [
        (2017, None, True),
        (2017, date(2027, 1, 1), False),
        (2018, date(2027, 12, 31), True),
        (2018, date(2028, 1, 1), False),
    ],
)
def test_a_year_of_which_something_was_deleted_is_not_counted_again(year, purged, can):
    assert can_be_counted(year, purged=purged) is can


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.integers(2017, 2060))
def test_no_referral_of_a_year_that_can_be_counted_is_deleted(purged, year):
    if can_be_counted(year, purged=purged):
        assert limits(purged).referrals <= date(year, 1, 1)


def test_the_year_before_can_always_be_followed_and_older_ones_soon_not():
    assert can_be_followed(2025, 4, purged=date(2026, 12, 31))
    assert can_be_followed(2017, 4, purged=None)
    assert not can_be_followed(2024, 4, purged=date(2026, 12, 31))
