"""Tests of kela_kunta.demo.plan."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contacts.rules.register import Authority, Duty, Register
from kela_kunta.demo.plan import Area, Neighbours, planned, spread

AREAS = [Area("837", "06", "fi", 230_000), Area("091", "01", "fi-sv", 640_000), Area("235", "01", "sv-fi", 10_000)]
DAYS = [date(2017, 1, 2) + timedelta(days=step) for step in range(5)]
TOTALS = {"supplementary_application": 500, "immigrant": 77}


@given(st.integers(0, 100_000), st.dictionaries(st.text(min_size=1), st.integers(0, 10_000), min_size=1))
def test_shares_add_up_and_are_off_by_less_than_one(total: int, weights: dict[str, int]) -> None:
    if not sum(weights.values()):
        return
    shares = spread(total, weights)
    assert sum(shares.values()) == total
    for key, weight in weights.items():
        assert abs(shares[key] - total * weight / sum(weights.values())) < 1


def test_a_year_has_exactly_its_totals_and_is_the_same_every_time() -> None:
    plan = planned(AREAS, DAYS, TOTALS)
    assert Counter(one.type for one in plan) == TOTALS
    assert plan == planned(AREAS, DAYS, TOTALS)
    assert [one.number for one in plan] == list(range(577))


def test_municipalities_get_what_their_population_asks_for() -> None:
    homes = Counter(one.home.code for one in planned(AREAS, DAYS, TOTALS) if one.type == "supplementary_application")
    assert homes == {"091": 363, "837": 131, "235": 6}


def test_every_working_day_has_some_and_mondays_most() -> None:
    days = Counter(one.day for one in planned(AREAS, DAYS, TOTALS))
    assert set(days) == set(DAYS)
    assert days.most_common(1)[0][0] == date(2017, 1, 2)


def test_who_comes_back_does_so_at_home_and_with_applications_only() -> None:
    plan = planned(AREAS, DAYS, TOTALS)
    by_number = {one.number: one for one in plan}
    again = [one for one in plan if one.person != one.number]
    assert 60 < len(again) < 140
    for one in again:
        first = by_number[one.person]
        assert first.type == one.type == "supplementary_application"
        assert first.home == one.home
        assert first.number < one.number


def _neighbours() -> Neighbours:
    duties = [(area.code, "immigrant", Duty(f"municipality-{area.code}", None, None)) for area in AREAS]
    authorities = [Authority(duty.authority, "municipality", "", "", "") for _, _, duty in duties]
    return Neighbours(AREAS, Register([], authorities, duties), ["immigrant"], date(2017, 1, 2))


def test_referrals_wander_within_a_region_only() -> None:
    neighbours = _neighbours()
    assert neighbours.receivers("municipality-091", "immigrant") == ["municipality-235"]
    assert neighbours.receivers("municipality-837", "immigrant") == []
    assert neighbours.areas("municipality-235", "immigrant") == ["091", "235"]


def test_no_region_is_in_two_shares() -> None:
    shares = _neighbours().shares({"municipality-091": 10, "municipality-235": 1, "municipality-837": 8}, 2)
    assert shares == [{"municipality-091", "municipality-235"}, {"municipality-837"}]


def test_a_share_that_has_other_work_ahead_gets_less() -> None:
    loads = {"municipality-091": 10, "municipality-235": 1, "municipality-837": 8}
    assert _neighbours().shares(loads, 2, ahead=5) == [{"municipality-837"}, {"municipality-091", "municipality-235"}]
