"""How fast an authority is, in working days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.rules.pace import FEWEST, taken, usual

FRIDAY = date(2026, 11, 27)
DAYS = st.dates(date(2017, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("arrived", "done", "days"),
    [
        (FRIDAY, FRIDAY, 0),
        (FRIDAY, date(2026, 11, 30), 1),
        (date(2026, 11, 28), date(2026, 11, 30), 0),  # what came on a Saturday came on Monday
        (date(2026, 11, 28), date(2026, 11, 28), 0),
        (date(2026, 12, 23), date(2026, 12, 28), 1),  # Christmas lies between
    ],
)
def test_days_off_do_not_count(arrived, done, days):
    assert taken(arrived, done) == days


@given(DAYS, st.integers(0, 60))
def test_it_never_takes_less_than_nothing_nor_more_than_the_calendar_says(arrived, later):
    assert 0 <= taken(arrived, arrived + timedelta(days=later)) <= later


def test_the_usual_is_the_median_the_later_one_of_two():
    assert usual([0, 1, 1, 2, 9, 30]) == 2
    assert usual([0, 0, 1, 2, 9]) == 1


@given(st.lists(st.integers(0, 99), max_size=FEWEST - 1))
def test_too_few_tell_nothing(days):
    assert usual(days) is None
