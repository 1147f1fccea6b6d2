from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kela_kunta.base import clock
from stats.actions.counting import build_counts
from stats.models import YearlyCount
from stats.rules.following import Followed
from tests.stats.pages.counted import UNDER_25, followed_up, work_of, worked, year_of

NEED = "social_work_need"


@pytest.fixture(autouse=True)
def years(db: None) -> None:
    year_of(2018)
    worked(2018)


def lines(page):
    return {str(label): row for label, row in page.context["lines"]}


def test_times_and_shares_stand_by_type_and_together(as_, analyst):
    found = lines(as_(analyst).get("/stats/2018/handling/"))
    application = found["Supplementary"]
    assert (application.noted.median, application.noted.ninetieth) == (0, 2)
    assert (application.closed.median, application.closed.ninetieth) == (5, 11)
    assert application.in_time == 90
    assert round(application.returned, 1) == 10.0
    assert found["Together"].noted.median == 2
    assert found["Under 25"].noted.median == 3


def test_analysts_see_the_times_of_every_receiver_others_of_none(as_, analyst, handler):
    page = as_(analyst).get("/stats/2018/handling/")
    assert [(name, row.noted.median) for name, row in page.context["receivers"]] == [
        ("Lapland wellbeing services county", 3),
        ("Pirkanmaa wellbeing services county", 0),
    ]
    assert "receivers" not in as_(handler).get("/stats/2018/handling/").context


@pytest.mark.parametrize(
    ("home", "names"),
    [
        ("", ["Lapland", "Pirkanmaa", "Area unknown"]),
        ("?home=county", ["Lapland wellbeing services county", "Pirkanmaa wellbeing services county", "Area unknown"]),
        ("?home=municipality", ["Rovaniemi", "Tampere", "Area unknown"]),
    ],
)
def test_analysts_see_the_times_of_every_home_others_of_none(as_, analyst, handler, home, names):
    work_of(2018, UNDER_25, "", "noted", "4", 1)
    page = as_(analyst).get(f"/stats/2018/handling/{home}")
    assert [(name, row.noted.median) for name, row in page.context["homes"]] == list(zip(names, (3, 0, 4), strict=True))
    assert "homes" not in as_(handler).get(f"/stats/2018/handling/{home}").context


def test_there_are_no_homes_by_anything_but_areas(as_, analyst):
    assert as_(analyst).get("/stats/2018/handling/?home=receiver").status_code == 404


def test_others_than_analysts_see_no_time_of_few(as_, handler):
    page = as_(handler).get("/stats/2018/handling/")
    found = lines(page)
    assert found["Under 25"].noted.median is None
    assert (found["Supplementary"].noted.median, found["Together"].noted.median) == (0, 2)
    assert [(one.label, one.count) for one in page.context["returns"]] == [
        ("Duplicate of another", 46),
        ("Client has moved", 20),
    ]


def test_a_share_of_all_does_not_tell_that_of_the_one_type_that_is_not_told(as_, analyst, handler):
    work_of(2018, UNDER_25, "county-21", "returned", "moved", 3)
    full, told = (lines(as_(reader).get("/stats/2018/handling/")) for reader in (analyst, handler))
    assert full["Together"].returned is not None
    assert told["Under 25"].returned is told["Together"].returned is None
    assert told["Supplementary"].returned is not None
    page = as_(handler).get("/stats/2018/handling/")
    assert {one.count for one in page.context["returns"]} == {None}


def test_reasons_of_a_need_for_social_work_are_told_unless_few(as_, analyst, handler):
    YearlyCount.objects.create(
        year=2018, month=1, type=NEED, area="091", receiver="", urgent=False, outcome="", count=60
    )
    work_of(2018, NEED, "", "need", "housing", 40)
    work_of(2018, NEED, "", "need", "health", 3)
    for reader, health in ((analyst, 3), (handler, None)):
        page = as_(reader).get("/stats/2018/handling/")
        assert [(one.label, one.count) for one in page.context["needs"]] == [("Housing", 40), ("Health", health)]


def test_of_a_year_under_way_only_analysts_see_how_it_goes(as_, analyst, handler, send):
    send()
    this = build_counts(clock.today().year).year
    assert "lines" not in as_(handler).get(f"/stats/{this}/handling/").context
    assert lines(as_(analyst).get(f"/stats/{this}/handling/"))["Together"].returned == 0


def test_an_authority_sees_its_own_times_returns_and_reasons_whole_beside_the_country(as_, lapland):
    page = as_(lapland).get("/stats/2018/own/")
    found = lines(page)
    assert (found["Your authority"].noted.median, found["Whole country"].noted.median) == (3, 2)
    assert found["Your authority"].in_time == 100
    assert [(one.label, one.count) for one in page.context["returns"]] == [("Duplicate of another", 46)]


def test_work_is_not_for_the_auditor_and_unknown_years_are_not_found(as_, auditor, handler):
    assert as_(auditor).get("/stats/2018/handling/").status_code == 403
    assert as_(handler).get("/stats/1999/handling/").status_code == 404


def test_statements_do_not_grow_with_the_figures(as_, handler):
    browser = as_(handler)
    with CaptureQueriesContext(connection) as few:
        browser.get("/stats/2018/handling/")
    for day in range(20, 60):
        work_of(2018, UNDER_25, "county-08", "closed", str(day), day)
    with CaptureQueriesContext(connection) as many:
        browser.get("/stats/2018/handling/")
    assert len(many) == len(few) < 25


def test_who_is_still_on_assistance_is_told_but_no_small_count(as_, analyst, handler):
    followed_up(2018)
    pages = [as_(reader).get("/stats/2018/handling/") for reader in (analyst, handler)]
    full, told = ({line[0]: line[1] for line in page.context["followed"]} for page in pages)
    assert full["Under 25"] == told["Under 25"] == Followed(126, 80, 41)
    assert (full["Immigrant"], told["Immigrant"]) == (Followed(15, 12, 3), Followed(15, None, None))
    assert (full["Together"], told["Together"]) == (Followed(141, 92, 44), Followed(141, None, None))
    assert "Alerted people still on assistance after four months" in pages[1].content.decode()
