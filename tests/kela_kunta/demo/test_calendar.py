"""Tests of kela_kunta.demo.calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kela_kunta.base import clock
from kela_kunta.demo.calendar import OfficeHours
from kela_kunta.demo.chance import Chance
from referrals.rules.deadlines import is_working_day, working_days_between

HOURS = OfficeHours(date(2017, 1, 1), date(2018, 12, 31))


@given(minutes=st.integers(0, 500 * 24 * 60), days=st.integers(0, 20), seed=st.integers())
def test_later_is_later_and_in_office_hours_of_a_working_day(minutes: int, days: int, seed: int) -> None:
    moment = datetime(2017, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    later = HOURS.later(moment, days, Chance(seed))
    local = later.astimezone(clock.HELSINKI)
    assert later > moment
    assert is_working_day(local.date())
    assert 8 <= local.hour <= 16
    between = working_days_between(clock.helsinki_day(moment), local.date())
    assert days <= between <= days + 1


def test_until_counts_working_days() -> None:
    thursday = datetime(2017, 4, 13, 12, tzinfo=UTC)
    assert HOURS.until(thursday, date(2017, 4, 18)) == 1
    assert HOURS.until(thursday, date(2017, 4, 13)) == 0
