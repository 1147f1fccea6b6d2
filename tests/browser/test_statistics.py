"""Statistics in a browser: without scripts, by keyboard, on a phone, on paper, and nothing that axe finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings

from tests.accessible import assert_accessible
from tests.stats.pages.counted import followed_up, worked, year_of

PAGES = [
    "/stats/2018/",
    "/stats/2018/?map=tiles&measure=rate",
    "/stats/2018/by/county/",
    "/stats/2018/by/region/06/",
    "/stats/2018/table/?by=type,region,month",
    "/stats/compare/?with_region=06&by=month",
    "/stats/2018/handling/",
    "/stats/definitions/",
]


@pytest.fixture
def window(chromium, live_server, as_, handler) -> Iterator[Callable[..., Any]]:
    """A window in which a handler, who sees no small counts, is logged in."""
    year_of(2017)
    year_of(2018, times=2)
    worked(2018)
    followed_up(2018)
    contexts = []

    def opened(*, scripts: bool = True, scheme: str = "light", reader: Any = handler) -> Any:
        context = chromium.new_context(
            base_url=live_server.url,
            locale="en",
            java_script_enabled=scripts,
            reduced_motion="reduce",
            color_scheme=scheme,
            viewport={"width": 1440, "height": 900},
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        cookies = {
            settings.SESSION_COOKIE_NAME: as_(reader).cookies[settings.SESSION_COOKIE_NAME].value,
            "language": "en",
        }
        context.add_cookies([{"name": key, "value": value, "url": live_server.url} for key, value in cookies.items()])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def test_a_table_is_chosen_and_taken_away_without_scripts(window):
    page = window(scripts=False)
    page.goto("/stats/2018/table/")
    page.locator("select[name=by]").nth(1).select_option("region")
    page.click("form.filters button")
    page.select_option("select[name=region]", "06")
    page.click("form.filters button")
    assert "by=type" in page.url
    assert "region=06" in page.url
    assert page.locator("tbody tr").count() == 2
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "kela_kunta_2018_type_region.csv"


def test_from_the_year_to_a_region_and_back_by_links_alone(window):
    page = window(scripts=False)
    page.goto("/stats/2018/")
    page.get_by_role("link", name="Tiles").click()
    assert page.locator("svg.tiles g").count() == 19
    page.get_by_role("link", name="Pirkanmaa").click()
    assert page.inner_text("h1") == "Pirkanmaa 2018"
    assert page.get_by_role("row", name="Orivesi").count() == 1


def test_years_are_compared_without_scripts(window):
    page = window(scripts=False)
    page.goto("/stats/compare/")
    page.select_option("select[name=with_region]", "06")
    page.click("form.filters button")
    assert page.inner_text("h1") == "Whole country 2017 – Pirkanmaa 2018"


def test_axe_finds_nothing_and_no_page_scrolls_sideways(window):
    page = window()
    for address in PAGES:
        page.goto(address)
        assert_accessible(page)


def test_axe_finds_nothing_on_an_authoritys_own_page(window, pirkanmaa):
    page = window(reader=pirkanmaa)
    page.goto("/stats/2018/own/")
    assert_accessible(page)


def test_on_paper_charts_keep_their_shades_and_the_choices_stay_away(window):
    page = window(scheme="dark")
    page.goto("/stats/2018/")
    page.emulate_media(media="print")
    assert page.locator("svg.chart").is_visible()
    assert not page.locator("nav[aria-label='Statistics']").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
