from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kela_kunta.base import clock
from stats.models import YearlyCount
from stats.rules.following import Followed
from tests.stats.pages.counted import followed_up, year_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def years() -> None:
    year_of(2018)
    YearlyCount.objects.create(
        year=2018, month=1, type="under_25", area="698", receiver="county-21", urgent=False, outcome="", count=212
    )


def rows(page, wanted):
    return {row.label: row for name, _label, found in page.context["blocks"] if name == wanted for row in found}


def test_an_authority_sees_what_it_received_beside_the_country(as_, pirkanmaa, lapland):
    page = as_(pirkanmaa).get("/stats/2018/own/")
    assert (page.context["total"], page.context["country_total"]) == (788, 1000)
    urgent = rows(page, "urgent")["Urgent"]
    assert (urgent.count, round(urgent.share, 1), urgent.country) == (150, 19.0, 15.0)
    assert as_(lapland).get("/stats/2018/own/").context["total"] == 212


def test_own_figures_are_for_those_who_work_with_the_referrals(as_, handler, lead, analyst):
    assert as_(lead).get("/stats/2018/own/").status_code == 200
    assert "/stats/2018/own/" in as_(lead).get("/stats/2018/").content.decode()
    for other in (handler, analyst):
        assert as_(other).get("/stats/2018/own/").status_code == 403
        assert "/stats/2018/own/" not in as_(other).get("/stats/2018/").content.decode()


def test_an_authority_that_received_nothing_sees_so(as_, lapland):
    YearlyCount.objects.filter(receiver="county-21").delete()
    page = as_(lapland).get("/stats/2018/own/")
    assert page.context["total"] == 0
    assert rows(page, "urgent")["Urgent"].share is None


def test_statements_do_not_grow_with_the_figures(as_, pirkanmaa):
    browser = as_(pirkanmaa)
    with CaptureQueriesContext(connection) as few:
        browser.get("/stats/2018/own/")
    for month in range(1, 13):
        YearlyCount.objects.create(
            year=2018,
            month=month,
            type="immigrant",
            area="837",
            receiver="county-08",
            urgent=False,
            outcome="",
            count=9,
        )
    with CaptureQueriesContext(connection) as many:
        browser.get("/stats/2018/own/")
    assert len(many) == len(few) < 35


def test_an_authority_sees_how_many_of_those_alerted_are_still_on_assistance(as_, pirkanmaa):
    followed_up(2018)
    (under_25, immigrant) = as_(pirkanmaa).get("/stats/2018/own/").context["followed"]
    assert under_25[1:] == (Followed(50, 30, 20), Followed(126, 80, 41).share)
    assert immigrant[1:] == (Followed(15, None, None), None)


def test_how_it_went_on_is_not_told_while_the_year_lasts(as_, pirkanmaa):
    with clock.frozen(datetime(2018, 11, 1, tzinfo=UTC)):
        assert "followed" not in as_(pirkanmaa).get("/stats/2018/own/").context
