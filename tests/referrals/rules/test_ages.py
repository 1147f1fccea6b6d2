from datetime import date

import pytest

from referrals.rules.ages import age_on, months_after, years_after


@pytest.mark.parametrize(
    ("day", "age"),
    [(date(2017, 4, 2), 24), (date(2017, 4, 3), 25), (date(1992, 4, 3), 0), (date(1992, 4, 2), -1)],
)
def test_a_year_of_age_is_full_on_the_birthday(day, age):
    assert age_on(date(1992, 4, 3), day) == age


def test_who_was_born_on_a_leap_day_comes_of_age_on_the_first_of_march():
    born = date(2000, 2, 29)
    assert age_on(born, date(2025, 2, 28)) == 24
    assert age_on(born, date(2025, 3, 1)) == 25
    assert age_on(born, date(2024, 2, 29)) == 24


def test_three_years_from_a_leap_day_end_on_the_first_of_march():
    assert years_after(date(2024, 2, 29), 3) == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2026, 3, 1), date(2026, 5, 1)),
        (date(2026, 3, 15), date(2026, 5, 15)),
        (date(2025, 12, 31), date(2026, 3, 1)),
        (date(2026, 11, 30), date(2027, 1, 30)),
    ],
)
def test_two_months_end_where_the_same_day_comes_again(day, after):
    assert months_after(day, 2) == after
