"""Finding a municipality in a browser: as it is typed and without scripts, by keyboard, and nothing that axe finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings

from tests.accessible import assert_accessible
from tests.directory import contact

URL = "/contacts/"


@pytest.fixture
def window(chromium, live_server, as_, handler) -> Iterator[Callable[..., Any]]:
    """A window in which a handler is logged in."""
    contexts = []

    def opened(*, scripts: bool = True) -> Any:
        context = chromium.new_context(
            base_url=live_server.url, locale="en", java_script_enabled=scripts, reduced_motion="reduce"
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        cookies = {
            settings.SESSION_COOKIE_NAME: as_(handler).cookies[settings.SESSION_COOKIE_NAME].value,
            "language": "en",
        }
        context.add_cookies([{"name": key, "value": value, "url": live_server.url} for key, value in cookies.items()])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def first(page: Any) -> Any:
    return page.locator("#results .hits a").first


def test_the_right_municipality_shows_while_its_name_is_typed_wrong(window):
    page = window()
    page.goto(URL)
    assert page.locator("#search-text").evaluate("field => field === document.activeElement")
    page.keyboard.type("Tamprer", delay=20)
    first(page).wait_for()
    assert first(page).inner_text() == "Tampere"
    page.wait_for_url("**/contacts/?q=Tamprer")
    assert page.inner_text("#count").endswith(("hit", "hits"))
    assert page.locator("#search-text").evaluate("field => field === document.activeElement")


def test_what_is_deleted_brings_the_list_back(window):
    page = window()
    page.goto(f"{URL}?q=Oluu")
    assert first(page).inner_text() == "Oulu"
    page.fill("#search-text", "")
    page.locator("#browse").wait_for()
    assert page.inner_text("#count") == ""


def test_the_button_does_it_without_scripts(window):
    page = window(scripts=False)
    page.goto(URL)
    page.fill("#search-text", "Kmei")
    page.click("form[role=search] button")
    assert page.url.endswith("?q=Kmei")
    assert first(page).inner_text() == "Kemi"


def test_the_map_leads_to_a_municipality_and_is_passed_over_by_the_keyboard(window):
    page = window()
    page.goto(URL)
    stops = page.locator("a:visible:not([tabindex='-1'])").count()
    assert stops < 308 + 23 + 20
    page.locator("svg.map a[href='/contacts/municipalities/698/'] path").click()
    page.wait_for_url("**/contacts/municipalities/698/")


def test_axe_finds_nothing(window):
    contact(person="Aino Esimerkki", title_fi="Johtava sosiaalityöntekijä", municipality_id="837")
    page = window()
    for asked in ("", "?q=ta", "?q=esimerkki", "?q=Pirkanmaa", "?q=xqzw"):
        page.goto(URL + asked)
        assert_accessible(page)
