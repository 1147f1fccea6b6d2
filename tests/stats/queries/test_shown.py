from __future__ import annotations

import pytest

from kela_kunta.base import clock
from stats.models import YearlyCount
from stats.queries.shown import limited, shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def year() -> None:
    for area, count in (("837", 3), ("980", 7), ("091", 90), ("withheld", 2)):
        YearlyCount.objects.create(
            year=2020, month=3, type="under_25", area=area, receiver="", urgent=False, outcome="", count=count
        )


def test_who_may_see_everything_does_and_others_see_what_may_leave_kela():
    [full] = shown(2020, ["municipality"], full=True)
    [told] = shown(2020, ["municipality"], full=False)
    assert (full.cells["837",], told.cells["837",]) == (3, None)
    assert full.cells["091",] == told.cells["091",] == 90


def test_several_tables_are_the_same_as_each_alone(django_assert_max_num_queries):
    wanted = (["type"], ["type", "urgent"], ["month"], ["region", "outcome"])
    alone = [shown(2020, by, full=False)[0] for by in wanted]
    with django_assert_max_num_queries(20):
        assert shown(2020, *wanted, full=False) == alone


def test_receivers_do_not_leave_kela():
    assert shown(2020, ["receiver"], full=True)
    with pytest.raises(KeyError):
        shown(2020, ["receiver"], full=False)


def test_limiting_takes_cells_away_and_tells_nothing_more():
    [told] = shown(2020, ["type", "municipality"], full=False, division=clock.today())
    some = limited(told, {"municipality": "837"})
    assert some.cells == {cell: count for cell, count in told.cells.items() if cell[1] == "837"}
    assert set(some.cells.values()) == {None}
