from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats import maps


@pytest.mark.parametrize("year", [2017, 2020, 2021, 2026])
def test_every_region_has_an_outline_inside_the_drawing(year: int) -> None:
    height, paths = maps.region_paths(year)

    assert len(paths) == 19
    for path in paths.values():
        numbers = [int(number) for number in path.replace("M", " ").replace("L", " ").replace("Z", " ").split()]
        assert all(0 <= x <= maps.WIDTH for x in numbers[::2])
        assert all(0 <= y <= height for y in numbers[1::2])


def test_division_of_the_regions_changed_in_2021() -> None:
    assert maps.region_paths(2020)[1] != maps.region_paths(2021)[1]


@given(st.lists(st.integers(0, 200_000), max_size=25))
def test_classes_rise_and_hold_every_value(values: list[int]) -> None:
    limits = maps.classes(values)

    assert limits == sorted(set(limits))
    assert len(limits) <= 5
    assert all(value <= limits[-1] for value in values if value)


@pytest.mark.parametrize(("kind", "many"), [("region", 19), ("county", 23)])
def test_every_area_has_an_outline_and_a_tile_of_its_own(kind: str, many: int) -> None:
    assert len(maps.paths(kind, 2026)[2]) == many
    assert maps.paths(kind, 2026)[2].keys() == maps.tiles(kind)[2].keys()
    assert len(set(maps.tiles(kind)[2].values())) == many


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Lappi", "Lappi"),
        ("Pohjois-Pohjanmaa", "P-Pohjan."),
        ("Norra Österbotten", "N-Österb."),
        ("Etelä-Savon hyvinvointialue", "E-Savon"),
        ("City of Helsinki", "Helsinki"),
    ],
)
def test_names_fit_on_a_tile(name: str, shown: str) -> None:
    assert maps.short(name) == shown
