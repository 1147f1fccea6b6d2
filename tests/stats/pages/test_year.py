from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kela_kunta.base import clock
from stats.actions.counting import build_counts
from stats.models import YearlyCount
from tests.stats.pages.counted import year_of


@pytest.fixture
def counted(send: Any) -> int:
    """This year, with three referrals of two types from two regions."""
    send("supplementary_application")
    send("supplementary_application", client={"home_municipality": "091"})
    send("under_25")
    return build_counts(clock.today().year).year


def test_year_tells_its_types_their_sum_and_its_regions(as_: Any, analyst: Any, counted: int) -> None:
    page = as_(analyst).get(f"/stats/{counted}/")

    assert page.context["found"].total == 3
    assert page.context["found"].by_type == {"supplementary_application": 2, "under_25": 1}
    regions = {row.code: row.total for row in page.context["found"].regions}
    assert regions == {"06": 2, "01": 1}


def test_statistics_lead_to_the_latest_counted_year(as_: Any, analyst: Any, counted: int) -> None:
    assert as_(analyst).get("/stats/").url == f"/stats/{counted}/"


def test_statistics_say_so_when_no_year_is_counted(as_: Any, analyst: Any) -> None:
    assert "No year has been counted yet" in as_(analyst).get("/stats/").content.decode()


def test_year_without_counts_is_unknown(as_: Any, analyst: Any, counted: int) -> None:
    assert as_(analyst).get(f"/stats/{counted - 40}/").status_code == 404


def test_statistics_are_not_for_the_auditor(as_: Any, auditor: Any, counted: int) -> None:
    assert as_(auditor).get(f"/stats/{counted}/").status_code == 403


def test_person_under_non_disclosure_counts_without_an_area(as_: Any, analyst: Any, send: Any, counted: int) -> None:
    send("supplementary_application", client={"non_disclosure": True})
    build_counts(counted)

    found = as_(analyst).get(f"/stats/{counted}/").context["found"]

    assert {row.code: row.total for row in found.regions}["withheld"] == 1
    assert sum(row.total for row in found.regions) == found.total == 4


@pytest.fixture
def years(db: None) -> None:
    year_of(2017)
    year_of(2018, times=2)


def test_year_stands_against_the_one_before(as_: Any, handler: Any, years: None) -> None:
    page = as_(handler).get("/stats/2018/")
    assert (page.context["before"], page.context["change"].absolute) == (788, 788)
    changes = {figure.type.code: figure.change.absolute for figure in page.context["figures"]}
    assert changes == {"supplementary_application": 662, "under_25": 126}
    assert as_(handler).get("/stats/2017/").context["change"] is None


def test_a_year_under_way_is_not_held_against_a_whole_one(as_: Any, handler: Any, counted: int) -> None:
    year_of(counted - 1)
    page = as_(handler).get(f"/stats/{counted}/")
    assert page.context["change"] is page.context["months"] is None
    assert "While a year is under way" in page.content.decode()


def test_months_urgency_and_outcomes_stand_beside_their_charts(as_: Any, handler: Any, years: None) -> None:
    page = as_(handler).get("/stats/2018/")
    assert [count for _month, count, _width in page.context["months"]["rows"]][:4] == [1024, 300, 252, 0]
    assert len(page.context["months"]["line"].marks) == 12
    [(kind, urgent, part)] = page.context["urgent"]
    assert (kind.code, urgent, round(part, 1)) == ("supplementary_application", 300, 22.7)
    assert [count for _label, count, _width in page.context["outcomes"]] == [980, 344, 252]


def test_the_regions_of_a_year_lead_to_their_municipalities(as_: Any, handler: Any, years: None) -> None:
    assert 'href="/stats/2018/by/region/06/"' in as_(handler).get("/stats/2018/").content.decode()


def test_statements_do_not_grow_with_the_figures(as_: Any, handler: Any, years: None) -> None:
    browser = as_(handler)
    with CaptureQueriesContext(connection) as few:
        browser.get("/stats/2017/")
    for area in ("049", "092", "398", "405"):
        YearlyCount.objects.create(
            year=2017, month=5, type="immigrant", area=area, receiver="", urgent=False, outcome="", count=9
        )
    with CaptureQueriesContext(connection) as many:
        browser.get("/stats/2017/")
    assert len(many) == len(few) < 40
