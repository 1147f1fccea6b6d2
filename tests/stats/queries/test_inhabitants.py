from __future__ import annotations

from datetime import date

import pytest

from stats.queries.inhabitants import inhabitants, population_year

pytestmark = pytest.mark.django_db
FINLAND_2017 = 5_513_130


def test_the_nearest_counted_year_is_taken():
    assert [population_year(year) for year in (2017, 2018, 2020, 2021, 2026)] == [2017, 2017, 2017, 2022, 2022]


@pytest.mark.parametrize("area", ["region", "municipality"])
def test_everybody_lives_somewhere(area):
    assert sum(inhabitants(area, 2018, date(2018, 12, 31)).values()) == FINLAND_2017


@pytest.mark.parametrize("area", ["region", "county", "district"])
def test_areas_hold_their_municipalities_in_one_statement(area, django_assert_num_queries):
    with django_assert_num_queries(1):
        people = inhabitants(area, 2025, date(2025, 12, 31))
    assert len(people) == {"region": 19, "county": 23, "district": 5}[area]


def test_before_the_counties_began_nobody_lived_in_one():
    assert inhabitants("county", 2018, date(2018, 12, 31)) == {}
