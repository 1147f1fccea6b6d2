"""In which lots many alerts leave."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from referrals.rules.lots import release_days

WEDNESDAY, MONDAY = date(2017, 6, 28), date(2017, 7, 3)


def test_up_to_the_most_leave_at_once():
    assert release_days(400, on=WEDNESDAY, most_at_once=400, lot_size=300) == [WEDNESDAY] * 400


def test_more_leave_three_hundred_a_week_from_the_next_monday():
    days = release_days(401, on=WEDNESDAY, most_at_once=400, lot_size=300)
    assert Counter(days) == {MONDAY: 300, date(2017, 7, 10): 101}
    assert release_days(401, on=MONDAY, most_at_once=400, lot_size=300)[0] == MONDAY


def test_those_found_later_go_behind_those_that_wait():
    days = release_days(500, on=WEDNESDAY, most_at_once=400, lot_size=300, queued=500)
    assert Counter(days) == {date(2017, 7, 10): 100, date(2017, 7, 17): 300, date(2017, 7, 24): 100}
    assert release_days(5, on=WEDNESDAY, most_at_once=400, lot_size=300, queued=500) == [WEDNESDAY] * 5


@given(st.integers(0, 5000), st.dates(date(2017, 1, 1), date(2030, 1, 1)), st.integers(0, 500), st.integers(1, 400))
def test_every_one_has_a_day_none_before_the_finding_and_no_lot_is_too_large(count, on, most, size):
    days = release_days(count, on=on, most_at_once=most, lot_size=size)
    assert len(days) == count
    assert days == sorted(days)
    if count > most:
        assert all(day >= on and day.weekday() == 0 for day in days)
        assert max(Counter(days).values()) <= size
