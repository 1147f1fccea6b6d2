"""The page of what the directory lacks, in a browser: with and without scripts, and nothing that axe finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from contacts.rules.completeness import REQUIRED
from kela_kunta.base import clock
from tests.accessible import assert_accessible
from tests.directory import contact

URL = "/contacts/completeness/"
PIRKANMAA = "06"


@pytest.fixture
def window(chromium, live_server, as_, lead) -> Iterator[Callable[..., Any]]:
    """A window in which Pirkanmaa's lead is logged in."""
    contexts = []

    def opened(*, scripts: bool = True) -> Any:
        context = chromium.new_context(
            base_url=live_server.url, locale="en", java_script_enabled=scripts, reduced_motion="reduce"
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        cookies = {
            settings.SESSION_COOKIE_NAME: as_(lead).cookies[settings.SESSION_COOKIE_NAME].value,
            "language": "en",
        }
        context.add_cookies([{"name": key, "value": value, "url": live_server.url} for key, value in cookies.items()])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def mixed(db: None) -> None:
    """Pirkanmaa has something current, due and stale, and lacks the rest."""
    for row, ago in zip(REQUIRED, (0, 175, 300), strict=False):
        contact(row.kind, on=clock.today() - timedelta(days=ago))


def test_a_region_is_chosen_without_scripts(window, mixed):
    page = window(scripts=False)
    page.goto(URL)
    page.select_option("[name=region]", PIRKANMAA)
    page.click("form.filters button")
    assert f"region={PIRKANMAA}" in page.url
    assert page.locator("h2", has_text="Pirkanmaa").count() == 1
    assert page.locator("a.standing.missing.adds").count() > 0


def test_a_choice_changes_the_table_and_the_address_and_says_so(window, mixed):
    page = window()
    page.goto(URL)
    assert page.inner_text("#status").startswith("0 of 292")
    page.select_option("[name=region]", PIRKANMAA)
    page.locator("#region-06").wait_for()
    assert f"region={PIRKANMAA}" in page.url
    assert page.inner_text("#status").startswith("0 of 23")
    page.go_back()
    page.locator("#by-region").wait_for()
    assert page.input_value("[name=region]") == ""


def test_axe_finds_nothing(window, mixed):
    page = window()
    for asked in ("", f"?region={PIRKANMAA}"):
        page.goto(URL + asked)
        assert_accessible(page)
