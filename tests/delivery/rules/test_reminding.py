"""Three times a day, and no fourth."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.rules.reminding import occasion


@pytest.mark.parametrize(
    ("clock", "code"),
    [("00:00", None), ("07:59", None), ("08:00", "2026-11-25-08"), ("11:59", "2026-11-25-08"),
     ("12:00", "2026-11-25-12"), ("16:00", "2026-11-25-16"), ("23:59", "2026-11-25-16")],
)  # fmt: skip
def test_it_is_the_last_time_that_has_come(clock, code):
    assert occasion(datetime.fromisoformat(f"2026-11-25T{clock}")) == code


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_day_has_three(day):
    begin = datetime.combine(day, time())
    codes = {occasion(begin + timedelta(minutes=10 * step)) for step in range(144)} - {None}
    assert len(codes) == 3
