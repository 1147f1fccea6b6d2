"""What leaves Kela, attacked with everything that has left it."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import lil_matrix

from kela_kunta.base import clock
from stats.models import YearlyCount
from stats.queries import Wanted, table
from stats.queries.publishing import AREAS, ATTRIBUTES, NOWHERE, Published, TooManyCells, published
from stats.rules.disclosure import is_small

pytestmark = pytest.mark.django_db
TYPES = ("supplementary_application", "immigrant")
PLACES = ("837", "980", "562", "091", "049", "092", "698", "047", "758", "498", "unknown", "withheld")
OUTCOMES = ("", "granted", "rejected", "moved")
TODAY = clock.today()
TRIED = 8  # small cells of a year, each with two linear programs


def filled(seed: int, *, year: int = 2020) -> None:
    """A year in which some municipalities have many, most few and some none."""
    chance = random.Random(seed)
    cells = {
        (type, place, chance.randint(1, 12), chance.random() < 0.2, chance.choice(OUTCOMES)): chance.choice(
            [1, 1, 2, 3, 4, 6, 9, 40]
        )
        for type in TYPES
        for place in chance.sample(PLACES, 9)
        for _ in range(chance.choice([1, 2, 8]))
    }
    YearlyCount.objects.bulk_create(
        YearlyCount(
            year=year, month=month, type=type, area=place, receiver="", urgent=urgent, outcome=outcome, count=count
        )
        for (type, place, month, urgent, outcome), count in cells.items()
    )


def every_table(*names: str) -> list[Published]:
    dimensions = ("type", *names)
    return [
        published(2020, by, division=division)
        for length in range(len(dimensions) + 1)
        for by in combinations(dimensions, length)
        for division in (None, TODAY)
    ]


class Attack:
    """Who knows every number told, and that counts are not negative, and asks what the others can be."""

    def __init__(self, unknowns: list[tuple[str, ...]], names: tuple[str, ...], tables: list[Published]) -> None:
        self.unknowns = unknowns
        sums = []
        for found in tables:
            members = self._members(unknowns, names, found.by)
            sums += [(members[cell], count) for cell, count in found.cells.items() if count is not None]
        self.matrix = lil_matrix((len(sums), len(unknowns)))
        for row, (summed, _count) in enumerate(sums):
            self.matrix[row, summed] = 1
        self.matrix = self.matrix.tocsr()
        self.totals = [count for _summed, count in sums]

    @staticmethod
    def _members(unknowns, names, by):
        """Which unknowns are summed up in each cell of a table."""
        places = [names.index(name) for name in by]
        members = defaultdict(list)
        for number, values in enumerate(unknowns):
            members[tuple(values[place] for place in places)].append(number)
        return members

    def interval(self, unknown: tuple[str, ...]) -> tuple[float, float]:
        aim = np.zeros(len(self.unknowns))
        aim[self.unknowns.index(unknown)] = 1
        options = {"A_eq": self.matrix, "b_eq": self.totals, "method": "highs"}
        return linprog(aim, **options).fun, -linprog(-aim, **options).fun


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_no_small_count_by_region_and_something_else_can_be_computed_from_all_tables(seed, attribute):
    filled(seed)
    true = table(Wanted((2020,), ("type", "region", attribute)))
    tables = every_table("region", attribute)
    told = published(2020, ("type", "region", attribute)).cells
    attack = Attack(sorted(told), ("type", "region", attribute), [t for t in tables if _own_division(t, tables)])
    small = [cell for cell, count in true.cells.items() if is_small(count)]
    assert small
    for cell in random.Random(seed).sample(small, min(len(small), TRIED)):
        assert told[cell] is None
        least, most = attack.interval(cell)
        assert most - least >= 0.99, (cell, true.cells[cell])


def _own_division(found: Published, tables: list[Published]) -> bool:
    """Regions of another division are other unknowns; they are attacked by municipality."""
    return "region" not in found.by or tables.index(found) % 2 == 0


@pytest.mark.parametrize("seed", range(2))
def test_no_small_count_of_a_municipality_can_be_computed_from_all_areas_in_both_divisions(seed):
    filled(seed)
    then = published(2020, ("type", "municipality", "region", "county", "district"))
    today = published(2020, ("type", "municipality", "region", "county", "district"), division=TODAY)
    # The municipalities of these counts are the same in both divisions; what they belong to is not.
    areas_today = {cell[:2]: cell[2:] for cell in today.cells}
    unknowns = [(*cell, *areas_today[cell[:2]]) for cell in then.cells if cell[:2] in areas_today]
    names = ("type", "municipality", *AREAS[:3], *(f"{name} today" for name in AREAS[:3]))
    tables = []
    for by in (by for length in range(4) for by in combinations(("type", *AREAS), length)):
        tables.append(published(2020, by))
        now = published(2020, by, division=TODAY)
        renamed = tuple(f"{name} today" if name in AREAS[:3] else name for name in by)
        tables.append(Published(renamed, now.cells))
    gone = [cell for cell in then.cells if cell[:2] not in areas_today]
    assert sum(then.cells[cell] or 0 for cell in gone) == 0
    attack = Attack(unknowns, names, tables)
    true = table(Wanted((2020,), ("type", "municipality")))
    small = [cell for cell, count in true.cells.items() if is_small(count) and cell[1] not in NOWHERE]
    for cell in random.Random(seed).sample(small, min(len(small), TRIED)):
        unknown = next(values for values in unknowns if values[:2] == cell)
        told = then.cells[unknown[:5]]
        assert told is None
        least, most = attack.interval(unknown)
        assert most - least >= 0.99, (cell, true.cells[cell])


@pytest.mark.parametrize("by", [("type",), ("region",), ("type", "region"), ()])
def test_the_countrys_and_the_regions_totals_are_exact(by):
    filled(1)
    assert {cell: count for cell, count in published(2020, by).cells.items() if count} == table(
        Wanted((2020,), by)
    ).cells


def test_what_is_told_is_true():
    filled(2)
    for found in every_table("municipality", "month"):
        true = table(Wanted((2020,), found.by)).cells
        if "municipality" not in found.by:
            assert all(count == true.get(cell, 0) for cell, count in found.cells.items() if count is not None)


def test_of_a_year_not_over_only_the_country_and_its_regions_are_told():
    filled(3, year=TODAY.year)
    assert None not in published(TODAY.year, ("type", "region")).cells.values()
    for by in (("municipality",), ("type", "month"), ("region", "urgent")):
        counts = {
            cell: count
            for cell, count in published(TODAY.year, by).cells.items()
            if cell[0] not in ("unknown", "withheld")
        }
        assert set(counts.values()) == {None}


def test_too_fine_a_table_is_hidden_whole_and_too_large_a_one_refused():
    filled(4)
    assert set(published(2020, ("municipality", "month")).cells.values()) == {None}
    with pytest.raises(TooManyCells):
        published(2020, ("type", "municipality", "month", "urgent", "outcome", "county", "district", "region"))


def test_no_dimension_but_these_leaves_kela():
    with pytest.raises(KeyError):
        published(2020, ("receiver",))


def test_a_county_is_told_though_its_municipalities_are_small_where_it_is_not_small_itself():
    for place, count in (("049", 40), ("235", 3), ("638", 20), ("434", 2)):  # two in each of two counties of Uusimaa
        YearlyCount.objects.create(
            year=2020, month=1, type="under_25", area=place, receiver="", urgent=False, outcome="", count=count
        )
    counties = published(2020, ("type", "county"), division=TODAY).cells
    assert (counties["under_25", "03"], counties["under_25", "01"]) == (43, 22)
    municipalities = published(2020, ("type", "municipality")).cells
    assert {municipalities["under_25", place] for place in ("049", "235", "638", "434")} == {None}
