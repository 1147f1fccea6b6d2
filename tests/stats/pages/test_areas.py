from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stats.models import YearlyCount
from tests.stats.pages.counted import year_of

pytestmark = pytest.mark.django_db
COUNTY_PIRKANMAA, REGION_PIRKANMAA = "08", "06"


@pytest.fixture(autouse=True)
def years() -> None:
    year_of(2018)


def rows(page):
    return {row.code: row for row in page.context["rows"]}


@pytest.mark.parametrize("kind", ["region", "county", "district", "municipality"])
def test_every_kind_of_area_adds_up_to_the_year(as_, analyst, kind):
    page = as_(analyst).get(f"/stats/2018/by/{kind}/")
    assert page.status_code == 200
    assert sum(row.total for row in page.context["rows"]) == 788


def test_regions_are_exact_for_everybody_and_municipalities_hide_what_is_small(as_, handler):
    assert rows(as_(handler).get("/stats/2018/by/region/"))[REGION_PIRKANMAA].counts == [172, 50]
    page = as_(handler).get(f"/stats/2018/by/region/{REGION_PIRKANMAA}/")
    told = rows(page)
    assert told["562"].counts[0] is told["536"].counts[0] is None
    assert told["562"].total is told["562"].rate is None
    assert told["837"].counts == [160, 50]
    assert page.context["together"].total == 222
    assert "How small counts are hidden" in page.content.decode()


def test_the_analyst_sees_small_counts(as_, analyst):
    page = as_(analyst).get(f"/stats/2018/by/region/{REGION_PIRKANMAA}/")
    assert rows(page)["562"].counts == [3, 0]
    assert "How small counts are hidden" not in page.content.decode()


def test_rates_are_of_the_inhabitants_of_the_year_before(as_, analyst):
    page = as_(analyst).get("/stats/2018/by/region/")
    assert page.context["people_year"] == 2017
    assert rows(page)[REGION_PIRKANMAA].rate == pytest.approx(0.43, abs=0.01)
    assert rows(page)["withheld"].rate is None


def test_counties_before_they_began_are_those_of_today(as_, analyst):
    page = as_(analyst).get("/stats/2018/by/county/")
    assert page.context["always_today"]
    assert rows(page)[COUNTY_PIRKANMAA].total == 222


def test_a_year_can_be_told_by_the_areas_of_today(as_, analyst):
    YearlyCount.objects.create(
        year=2018, month=1, type="under_25", area="291", receiver="", urgent=False, outcome="", count=11
    )
    then, today = "13", REGION_PIRKANMAA  # Kuhmoinen left Central Finland for Pirkanmaa in 2021
    browser = as_(analyst)
    assert rows(browser.get("/stats/2018/by/region/"))[then].total == 11
    moved = browser.get("/stats/2018/by/region/?division=today")
    assert then not in rows(moved)
    assert rows(moved)[today].total == 233
    assert "?division=today" in moved.content.decode()


def test_receivers_are_for_the_analyst_alone(as_, analyst, handler):
    assert rows(as_(analyst).get("/stats/2018/by/receiver/"))["county-08"].total == 788
    assert as_(handler).get("/stats/2018/by/receiver/").status_code == 403
    assert "/by/receiver/" not in as_(handler).get("/stats/2018/").content.decode()


@pytest.mark.parametrize(
    "address", ["2018/by/moon/", "1990/by/region/", "2018/by/region/77/", "2018/by/receiver/county-08/", "2018/by/region/x/"]
)  # fmt: skip
def test_what_is_not_there_is_not_found(as_, analyst, address):
    assert as_(analyst).get(f"/stats/{address}").status_code == 404


@pytest.mark.parametrize("shape", ["outlines", "tiles"])
@pytest.mark.parametrize("measure", ["count", "rate"])
def test_a_map_follows_the_address_and_stands_beside_its_table(as_, handler, measure, shape):
    page = as_(handler).get(f"/stats/2018/by/region/?measure={measure}&map={shape}")
    drawn = page.context["map"]
    assert (drawn.measure, drawn.shape) == (measure, shape)
    shades = {area.code: area.shade for area in drawn.areas}
    assert shades["21"] == 0
    most = {"count": "01", "rate": "06"}[measure]
    assert shades[most] == max(shades.values()) > shades["19"]


def test_statements_do_not_grow_with_the_figures(as_, handler):
    browser = as_(handler)
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get("/stats/2018/by/municipality/")
    YearlyCount.objects.bulk_create(
        YearlyCount(
            year=2018, month=month, type="immigrant", area=area, receiver="", urgent=False, outcome="", count=month
        )
        for month in range(1, 13)
        for area in ("837", "091", "049", "092", "106", "179", "398", "405")
    )
    with CaptureQueriesContext(connection) as many:
        browser.get("/stats/2018/by/municipality/")
    assert len(many) == len(few) < 35
