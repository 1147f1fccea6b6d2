from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from kela_kunta.base import clock


def test_times_are_utc_and_move_on():
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 1, 21, 59, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 1, 1, 22, 0, tzinfo=UTC), date(2026, 1, 2)),
        (datetime(2026, 7, 1, 20, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 21, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_days_are_helsinkis_in_winter_and_summer(moment, day):
    with clock.frozen(moment):
        assert clock.today() == clock.helsinki_day(moment) == day


def test_frozen_time_is_told_in_utc_and_ends_with_its_block():
    moment = datetime(2017, 4, 3, 10, tzinfo=timezone(timedelta(hours=3)))
    with clock.frozen(moment):
        assert clock.now() == moment
        assert clock.now().tzinfo is UTC
        with clock.frozen(moment + timedelta(days=1)):
            assert clock.now() == moment + timedelta(days=1)
        assert clock.now() == moment
    assert clock.today().year > 2017
