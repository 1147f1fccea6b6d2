"""The nearer entry stands in the place of the wider one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.rules.inheritance import Scope, nearest, scope

ROWS = st.lists(st.tuples(st.integers(), st.sampled_from("abc"), st.sampled_from(Scope)), max_size=20)


@pytest.mark.parametrize(
    ("municipality", "district", "is_scope"),
    [
        (None, None, Scope.AREA),
        (None, "1", Scope.DISTRICT),
        ("837", None, Scope.MUNICIPALITY),
        ("837", "1", Scope.MUNICIPALITY),
    ],
)
def test_a_municipality_is_nearer_than_a_district_and_that_than_the_area(municipality, district, is_scope):
    assert scope(municipality=municipality, district=district) == is_scope


def test_a_countys_number_shows_where_its_municipality_has_none():
    assert nearest([("county's", "housing", Scope.AREA)]) == ["county's"]
    both = [("county's", "housing", Scope.AREA), ("Tampere's", "housing", Scope.MUNICIPALITY)]
    assert nearest(both) == ["Tampere's"]


def test_one_takes_the_place_of_its_own_kind_alone():
    rows = [("county's", "youth", Scope.AREA), ("Tampere's", "housing", Scope.MUNICIPALITY)]
    assert nearest(rows) == ["county's", "Tampere's"]


def test_two_that_are_as_near_both_show():
    rows = [("first", "housing", Scope.DISTRICT), ("second", "housing", Scope.DISTRICT)]
    assert nearest(rows) == ["first", "second"]


@given(rows=ROWS)
def test_for_each_need_something_shows_none_nearer_is_left_out_and_the_order_stays(rows):
    numbered = [((place, key, near), key, near) for place, (_row, key, near) in enumerate(rows)]
    shown = nearest(numbered)
    assert {key for _place, key, _near in shown} == {key for _row, key, _near in rows}
    assert shown == sorted(shown)
    for _place, key, near in shown:
        assert near == max(other for _row, other_key, other in rows if other_key == key)


@given(rows=ROWS)
def test_what_shows_stands_by_itself(rows):
    shown = nearest([((key, near), key, near) for _row, key, near in rows])
    assert nearest([((key, near), key, near) for key, near in shown]) == shown
