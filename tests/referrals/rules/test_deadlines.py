"""Deadlines in Finnish working days: the worked examples, and rules that hold on every day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals import parameters
from referrals.rules.deadlines import (
    HELSINKI,
    NoRule,
    discussion_due_on,
    due,
    first_working_day,
    is_working_day,
    left,
    working_day_after,
    working_days_between,
)
from referrals.types import TYPES
from tests.referrals.rules.law import DEADLINES

APPLICATION, IMMIGRANT = "supplementary_application", "immigrant"
DAYS = st.dates(date(2017, 1, 1), date(2059, 6, 1))


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """That moment in Helsinki."""
    return datetime.combine(day, time(hour, minute), HELSINKI)


def due_on(day: date, *, type: str = APPLICATION, urgent: bool = False, hour: int = 12) -> date:
    return due(DEADLINES, type=type, urgent=urgent, arrived_at=at(day, hour)).due_on


def acknowledge_by(moment: datetime, *, urgent: bool) -> datetime:
    return due(DEADLINES, type=APPLICATION, urgent=urgent, arrived_at=moment).acknowledge_by.astimezone(HELSINKI)


# arrival day and hour; ordinary due; urgent due
EXAMPLES = [
    ("2017-04-12", 12, "2017-04-25", "2017-04-13"),
    ("2017-04-13", 18, "2017-04-26", "2017-04-18"),
    ("2017-04-15", 12, "2017-04-27", "2017-04-18"),
    ("2017-06-21", 12, "2017-07-03", "2017-06-22"),
    ("2017-06-22", 12, "2017-07-04", "2017-06-26"),
    ("2017-12-21", 12, "2018-01-04", "2017-12-22"),
    ("2017-12-22", 12, "2018-01-05", "2017-12-27"),
    ("2017-12-23", 12, "2018-01-08", "2017-12-27"),
    ("2026-04-02", 12, "2026-04-15", "2026-04-07"),
    ("2026-04-03", 12, "2026-04-16", "2026-04-07"),
    ("2026-06-18", 12, "2026-06-30", "2026-06-22"),
    ("2026-05-13", 12, "2026-05-25", "2026-05-15"),
    ("2026-12-23", 12, "2027-01-07", "2026-12-28"),
    ("2026-12-24", 12, "2027-01-08", "2026-12-28"),
    ("2026-12-31", 12, "2027-01-13", "2027-01-04"),
    ("2026-11-24", 12, "2026-12-03", "2026-11-25"),
]


@pytest.mark.parametrize(("arrival", "hour", "ordinary", "urgent"), EXAMPLES)
def test_worked_example(arrival, hour, ordinary, urgent):
    day = date.fromisoformat(arrival)
    assert due_on(day, hour=hour) == date.fromisoformat(ordinary)
    assert due_on(day, hour=hour, urgent=True) == date.fromisoformat(urgent)


@pytest.mark.parametrize(("year", "count"), [(2017, 251), (2026, 252)])
def test_working_days_of_a_year(year, count):
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    assert sum(map(is_working_day, days)) == count


@pytest.mark.parametrize("day", [date(2017, 6, 23), date(2026, 6, 19), date(2026, 12, 24), date(2020, 12, 24)])
def test_midsummer_eve_and_christmas_eve_are_no_working_days(day):
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day",
    ["2026-01-01", "2026-01-06", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2017-12-06", "2017-12-25",
     "2017-12-26", "2026-11-28", "2026-11-29"],
)  # fmt: skip
def test_holidays_and_weekends_are_no_working_days(day):
    assert not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-12-31", "2026-01-02", "2026-04-02", "2026-04-30", "2026-12-23"])
def test_days_beside_holidays_are_working_days(day):
    assert is_working_day(date.fromisoformat(day))


def test_half_past_eleven_at_night_is_still_that_day_and_half_past_midnight_is_not():
    """By Helsinki's clock: 22.30 UTC in winter is half past midnight there."""
    assert due_on(date(2026, 11, 24), hour=23) == date(2026, 12, 3)
    after_midnight = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
    assert due(DEADLINES, type=APPLICATION, urgent=False, arrived_at=after_midnight).due_on == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("type", "urgent", "days", "basis"),
    [
        ("supplementary_application", False, 7, "ttl_14a"),
        ("supplementary_application", True, 1, "ttl_14a_urgent"),
        ("social_work_need", False, 7, "shl_36"),
        ("social_work_need", True, 1, "shl_36_urgent"),
        ("under_25", False, 22, "ktl_5"),
        ("over_25", False, 22, "ktl_5"),
        ("immigrant", False, 22, "681_2023_14"),
        ("lowered_basic_amount", False, 7, "ttl_18h"),
    ],
)
def test_each_type_has_its_days_and_their_ground(type, urgent, days, basis):
    tuesday = date(2026, 11, 24)
    found = due(DEADLINES, type=type, urgent=urgent, arrived_at=at(tuesday))
    assert (working_days_between(tuesday, found.due_on), found.basis) == (days, basis)


@pytest.mark.parametrize(
    ("arrival", "wanted"),
    [
        ("2017-07-03", "2017-09-04"),  # 3 September is a Sunday
        ("2017-12-31", "2018-02-28"),  # clamped to the month's last day
        ("2022-04-06", "2022-06-06"),
        ("2024-10-24", "2024-12-27"),  # Christmas Eve and what follows
        ("2024-12-31", "2025-02-28"),  # the last day of the old Act
        ("2025-01-01", "2025-02-04"),  # New Year counts as 2 January, then 22 working days
    ],
)
def test_immigrants_two_months_became_working_days_in_2025(arrival, wanted):
    assert due_on(date.fromisoformat(arrival), type=IMMIGRANT) == date.fromisoformat(wanted)


@pytest.mark.parametrize(
    ("arrival", "urgent", "wanted"),
    [
        (at(date(2026, 11, 24), 9), False, at(date(2026, 11, 27), 0)),
        (at(date(2026, 11, 28), 9), False, at(date(2026, 12, 3), 0)),  # Saturday counts as Monday
        (at(date(2026, 11, 24), 14, 59), True, at(date(2026, 11, 25), 0)),
        (at(date(2026, 11, 24), 15), True, at(date(2026, 11, 25), 10)),
        (at(date(2026, 11, 27), 23, 59), True, at(date(2026, 11, 30), 10)),
        (at(date(2026, 11, 28), 9), True, at(date(2026, 11, 30), 10)),  # on a day off the hour does not matter
        (at(date(2026, 12, 24), 9), True, at(date(2026, 12, 28), 10)),
    ],
)
def test_acknowledging_in_two_working_days_and_urgently_the_same_day_before_three(arrival, urgent, wanted):
    assert acknowledge_by(arrival, urgent=urgent) == wanted


def test_deadlines_end_at_midnight_in_helsinki_when_the_clocks_change_between():
    assert acknowledge_by(at(date(2026, 3, 27)), urgent=False) == datetime(2026, 3, 31, 21, tzinfo=UTC)


def test_personal_discussion_is_had_on_the_seventh_working_day_from_the_request():
    assert discussion_due_on(DEADLINES, type=APPLICATION, requested_on=date(2026, 11, 24)) == date(2026, 12, 3)


def test_a_type_without_parameters_is_an_error_and_no_guess():
    with pytest.raises(NoRule):
        due(DEADLINES, type="unheard_of", urgent=False, arrived_at=at(date(2026, 11, 24)))


@pytest.mark.django_db
def test_the_tables_first_rows_are_these_rules():
    assert parameters.load().deadlines == DEADLINES


@pytest.mark.parametrize("urgent", [False, True])
@pytest.mark.parametrize("type", TYPES)
@given(day=DAYS)
def test_every_type_has_a_deadline_on_a_working_day_after_every_arrival(type, urgent, day):
    found = due_on(day, type=type, urgent=urgent)
    assert is_working_day(found)
    assert found > day


@given(DAYS)
def test_urgent_is_never_later_than_ordinary(day):
    assert due_on(day, urgent=True) <= due_on(day)
    assert acknowledge_by(at(day), urgent=True) < acknowledge_by(at(day), urgent=False)


@given(DAYS, st.integers(min_value=1, max_value=60))
def test_counting_working_days_forwards_and_between_agree(day, count):
    found = working_day_after(day, count)
    assert is_working_day(found)
    assert working_days_between(day, found) == count
    assert working_days_between(found, day) == -count


@given(DAYS)
def test_first_working_day_skips_only_days_off(day):
    found = first_working_day(day)
    assert is_working_day(found)
    assert not any(is_working_day(day + timedelta(days=n)) for n in range((found - day).days))


@pytest.mark.parametrize(
    ("now", "working_days", "hours", "late"),
    [
        (at(date(2026, 11, 30), 9), 3, None, False),
        (at(date(2026, 12, 2), 23), 1, None, False),
        (at(date(2026, 12, 3), 9), 0, 15, False),
        (at(date(2026, 12, 3), 23, 30), 0, 0, False),
        (at(date(2026, 12, 4), 0), -1, None, True),
        (at(date(2026, 12, 5), 9), -1, None, True),  # a Saturday
        (at(date(2026, 12, 7), 9), -2, None, True),
    ],
)
def test_time_left_until_the_end_of_thursday_3_december(now, working_days, hours, late):
    found = left(date(2026, 12, 3), now, at(date(2026, 11, 24)))
    assert (found.working_days, found.hours, found.late, found.total) == (working_days, hours, late, 7)


def test_late_since_friday_is_one_working_day_on_the_weekend_too():
    assert left(date(2026, 12, 4), at(date(2026, 12, 5))).working_days == -1
