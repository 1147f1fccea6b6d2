from __future__ import annotations

import pytest

from kela_kunta.base import clock
from stats.pxweb.answering import Question, answer, usual
from stats.pxweb.catalogue import TABLES
from stats.queries import shown
from tests.stats.pages.counted import year_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def years():
    year_of(2017)
    year_of(2018, times=2)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_cell_says_what_may_leave_kela_and_nothing_else(table):
    found = answer(table, Question({name: ["*"] for name in table.variables}))
    names = [one.code for one in found.dimensions]
    for year in (2017, 2018):
        [told] = shown(year, table.by, full=False, division=clock.today() if table.today else None)
        for values, count in told.cells.items():
            here = dict(zip(table.by, values, strict=True)) | ({} if table.time == "month" else {"year": str(year)})
            if table.time == "month":
                here["month"] = f"{year}M{here['month']}"
            assert found.cells[tuple(here[name] for name in names)] == count
    assert len(found.cells) <= found.size


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_total_is_that_of_the_table_without_the_variable_even_where_its_parts_are_hidden(table):
    found = answer(table, Question({table.time: ["2017*"]}))
    counts = list(found.cells.values())
    assert counts == [788] or table.time == "month"


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_the_usual_answer_is_of_the_latest_time(table):
    found = answer(table, usual(table))
    assert [code[:4] for code, _label in found.dimensions[-1].values] == ["2018"]


def test_an_answer_costs_the_same_however_much_of_a_year_it_tells(django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        answer(TABLES["municipalities"], Question({"year": ["2017"], "municipality": ["*"], "type": ["*"]}))
