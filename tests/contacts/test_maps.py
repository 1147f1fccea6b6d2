"""The outlines that the directory draws."""

from __future__ import annotations

import re
from datetime import date

import pytest

from contacts import maps
from contacts.models import County, Municipality
from contacts.queries import municipalities_on

TOO_SMALL = 6


def points(path: str) -> list[tuple[int, int]]:
    return [(int(x), int(y)) for x, y in re.findall(r"(-?\d+) (-?\d+)", path)]


@pytest.mark.django_db
def test_all_municipalities_in_force_but_the_smallest_are_drawn():
    in_force = {row.code for row in municipalities_on(date(2026, 1, 1))}
    drawn = maps.country().municipalities.keys()
    assert drawn <= in_force
    assert len(in_force - drawn) == TOO_SMALL
    aland = Municipality.objects.filter(counties__county="91").values_list("code", flat=True)
    assert in_force - drawn <= set(aland)


@pytest.mark.django_db
def test_all_counties_are_drawn():
    assert maps.country().counties.keys() == set(County.objects.values_list("code", flat=True))


def test_everything_stands_inside_the_drawing():
    drawing = maps.country()
    for path in [*drawing.municipalities.values(), *drawing.counties.values()]:
        assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in points(path))


def test_a_county_is_drawn_with_one_of_its_municipalities():
    drawing = maps.county("08", "837")
    assert (list(drawing.municipalities), list(drawing.counties)) == (["837"], ["08"])
    assert max(drawing.width, drawing.height) == maps.LITTLE
    assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in points(drawing.municipalities["837"]))


@pytest.mark.parametrize(("county", "municipality"), [("08", "318"), ("99", "837")])
def test_what_has_no_outline_is_not_drawn(county, municipality):
    assert maps.county(county, municipality) is None
