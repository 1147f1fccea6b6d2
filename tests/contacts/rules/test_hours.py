"""Opening hours."""

from __future__ import annotations

from datetime import date

import pytest

from contacts.rules.hours import covers_week

MONDAY = date(2026, 2, 2)
DAY = "Mo-Fr 08:00-16:00; PH off"


@pytest.mark.parametrize(
    ("told", "covered"),
    [
        ([], False),
        ([""], False),
        ([DAY], False),
        (["24/7"], True),
        (["", "24/7"], True),
        ([DAY, "Mo-Su 16:00-08:00, Sa-Su 08:00-16:00"], True),
        (["Mo-Su 16:00-08:00, Sa-Su 08:00-16:00", DAY], True),
        ([DAY, "Mo-Su 16:00-08:00, Sa 08:00-16:00"], False),  # Sunday's day is left
        ([DAY, "Mo-Su 16:00-24:00, Sa-Su 08:00-16:00"], False),  # the small hours are left
        (["Mo-Su 00:00-24:00"], True),
    ],
)
def test_day_and_night_are_covered_by_several_together(told, covered):
    assert covers_week(told, MONDAY) is covered
