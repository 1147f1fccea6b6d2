"""All municipalities by what they belong to."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from contacts.queries.browsing import areas, municipalities_of

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 25)


def test_every_municipality_in_force_stands_in_one_county(django_assert_num_queries):
    with django_assert_num_queries(2):
        found = areas(DAY)
    codes = [row.code for area in found for row in area.municipalities]
    assert (len(found), len(codes), len(set(codes))) == (23, 308, 308)


def test_aland_comes_last_and_has_no_authority():
    *counties, aland = areas(DAY)
    assert (aland.county.name_fi, aland.authority) == ("Ahvenanmaa", None)
    assert all(area.authority == f"county-{area.county.code}" for area in counties)


@pytest.mark.parametrize(("language", "first"), [("fi", "Etelä-Karjalan"), ("sv", "Birkalands"), ("en", "Central")])
def test_counties_stand_in_the_order_of_the_language(language, first):
    with translation.override(language):
        assert areas(DAY)[0].county.name.startswith(first)


def test_there_were_no_counties_before_2023():
    assert areas(date(2022, 12, 31)) == []


def test_a_region_has_the_municipalities_of_the_day(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = municipalities_of(["06"], DAY)
    assert [row.name_fi for row in found["06"]][:2] == ["Akaa", "Hämeenkyrö"]
    assert "Kuhmoinen" not in [row.name_fi for row in municipalities_of(["06"], date(2020, 12, 31))["06"]]
