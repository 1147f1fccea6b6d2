"""Any table of the kept counts."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations

import pytest

from stats.models import YearlyCount
from stats.queries import DIMENSIONS, Wanted, table

pytestmark = pytest.mark.django_db


def kept(count: int = 1, **facts: object) -> None:
    cell = {
        "year": 2020, "month": 3, "type": "under_25", "area": "837", "receiver": "municipality-837", "urgent": False,
        "outcome": "",
    }  # fmt: skip
    YearlyCount.objects.create(**cell | facts, count=count)


@pytest.fixture
def years() -> None:
    kept(5)
    kept(3, month=11, type="social_work_need", urgent=True, outcome="services_started")
    kept(2, area="911", year=2019, receiver="joint-siun-sote")  # Valtimo, in Nurmes from 2020 on
    kept(4, area="541", year=2020, receiver="joint-siun-sote")
    kept(7, area="142", year=2020)  # Iitti: Kymenlaakso until 2020, then Päijät-Häme
    kept(6, area="142", year=2021)
    kept(1, area="unknown", receiver="")
    kept(8, area="withheld", receiver="withheld")


def cells(by: tuple[str, ...], *years: int, **wanted: object) -> dict:
    return table(Wanted(years, by, **wanted)).cells


def test_areas_are_those_of_the_years_last_day(years):
    assert cells(("year", "region"), 2020, 2021) == {
        ("2020", "06"): 8, ("2020", "12"): 4, ("2020", "08"): 7, ("2020", "unknown"): 1, ("2020", "withheld"): 8,
        ("2021", "07"): 6,
    }  # fmt: skip


def test_past_years_can_be_seen_in_todays_division_merged_municipalities_with_their_successors(years):
    today = date(2026, 11, 25)
    assert cells(("year", "municipality"), 2019, division=today) == {("2019", "541"): 2}
    assert cells(("year", "municipality"), 2019) == {("2019", "911"): 2}
    assert cells(("region",), 2020, 2021, division=today)["07",] == 13


def test_only_what_is_asked_for_is_counted(years):
    assert cells(("month",), 2020, only={"region": frozenset({"06"})}) == {("03",): 5, ("11",): 3}
    assert cells((), 2020, only={"urgent": frozenset({"true"})}) == {(): 3}
    assert cells(("outcome",), 2020, only={"type": frozenset({"social_work_need"})}) == {("services_started",): 3}


def test_every_dimension_adds_up_to_the_same_whole(years):
    for by in [*combinations(DIMENSIONS, 1), *combinations(DIMENSIONS, 3)]:
        assert table(Wanted((2019, 2020, 2021), by)).total == 36, by


def test_a_table_is_summed_along_some_of_its_dimensions(years):
    whole = table(Wanted((2020,), ("type", "month", "region")))
    assert whole.along("month", "type").cells == cells(("month", "type"), 2020)
    assert whole.values("month") == ["03", "11"]
    assert Counter(whole.along().cells) == {(): 28}


def test_no_other_dimension_is_known(years):
    with pytest.raises(KeyError):
        table(Wanted((2020,), ("identity_code",)))
