"""Import in a browser: chosen, previewed, confirmed and taken back without scripts, and nothing that axe finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings

from tests.accessible import assert_accessible
from tests.contacts.exchange import catalogue
from tests.contacts.exchange.entries import add, contact_row, known_postal_codes, table

URL = "/contacts/import/"


@pytest.fixture
def window(chromium, live_server, as_, lead) -> Iterator[Callable[..., Any]]:
    """A window in which Pirkanmaa's lead is logged in."""
    contexts = []

    def opened(*, scripts: bool = True) -> Any:
        context = chromium.new_context(base_url=live_server.url, locale="en", java_script_enabled=scripts)
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


def choose(page: Any, content: bytes, name: str = "contacts.csv") -> None:
    page.goto(URL)
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": content})
    page.click("button[value=preview]")


def test_axe_finds_nothing_from_the_form_to_the_import(window):
    row = add()
    page = window()
    page.goto(URL)
    assert_accessible(page)
    choose(page, table(contact_row(1, phone="12"), contact_row(2, hours="whenever")))
    assert_accessible(page)
    choose(page, table({"id": str(row.pk), "kind": "adult_social_work", "phone": "040 7654321"}, contact_row()))
    assert_accessible(page)
    page.click("button[value=import]")
    page.wait_for_url(f"**{URL}*/")
    assert_accessible(page)


def test_axe_finds_nothing_on_the_preview_of_the_catalogue(window):
    known_postal_codes("33100")
    page = window()
    choose(page, catalogue.file(catalogue.office(), catalogue.line(serviceChannelType="WebPage")), "ptv.json")
    assert_accessible(page)


def test_the_whole_way_works_without_scripts(window):
    page = window(scripts=False)
    choose(page, table(contact_row()))
    page.click("button[value=import]")
    assert "The file has been imported." in page.inner_text("main")
    page.click("button.danger")
    assert "1 entry is as it was before." in page.inner_text("main")
