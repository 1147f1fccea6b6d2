from __future__ import annotations

import pytest

from tests.stats.pages.counted import year_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def years() -> None:
    year_of(2018)
    year_of(2019, times=2)


@pytest.fixture
def ask(as_, handler):
    return lambda query="", user=None: as_(user or handler).get(f"/stats/compare/?{query}")


def pairs(page):
    return {row.label: (row.first, row.second) for row in page.context["rows"]}


def test_without_a_question_the_latest_year_stands_against_the_one_before(ask, years):
    page = ask()
    assert page.context["totals"] == [788, 1576]
    assert page.context["change"].percent == 100
    assert pairs(page)["Unemployed person under 25, four months on assistance"] == (126, 252)


def test_any_two_years_and_any_two_regions(ask, years):
    page = ask("year=2019&region=06&with_year=2018&with_region=01")
    assert page.context["totals"] == [444, 560]
    assert page.context["rates"][0] > page.context["rates"][1]
    assert pairs(ask("year=2018&with_year=2018&with_region=06&by=urgent")) == {
        "Urgent": (150, 60),
        "Not urgent": (638, 162),
    }


def test_what_is_hidden_has_no_difference(ask, years, analyst):
    told = ask("year=2018&region=06&with_year=2018&with_region=01&by=outcome")
    full = ask("year=2018&region=06&with_year=2018&with_region=01&by=outcome", analyst)
    assert full.context["totals"] == [222, 560]
    for row in told.context["rows"]:
        assert (row.change is None) == (None in (row.first, row.second))


def test_the_choice_stays_in_the_form_and_nonsense_is_the_usual_choice(ask, years):
    page = ask("year=2019&with_year=2018&with_region=06&by=month").content.decode()
    assert '<option value="06" selected>' in page
    assert '<option value="month" selected>' in page
    assert ask("year=x&region=99&by=moon").context["totals"] == [788, 1576]


def test_without_any_year_there_is_nothing_to_compare(ask):
    assert ask().status_code == 404
