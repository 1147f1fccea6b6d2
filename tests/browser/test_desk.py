"""The desk of those who keep the directory in a browser: by keyboard, in two windows, and nothing that axe finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from accounts.models import Role
from contacts.models import Contact
from kela_kunta.base import clock
from tests.accessible import assert_accessible
from tests.cast import PIRKANMAA, _person
from tests.directory import contact, practice

URL = "/contacts/desk/"


@pytest.fixture
def window(chromium, live_server, as_) -> Iterator[Callable[..., Any]]:
    """A window in which Pirkanmaa's keeper of the directory is logged in."""
    keeper = _person("directory.pirkanmaa", Role.DIRECTORY, PIRKANMAA)
    contexts = []

    def opened(*, scripts: bool = True) -> Any:
        context = chromium.new_context(
            base_url=live_server.url, locale="en", java_script_enabled=scripts, reduced_motion="reduce"
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        cookies = {
            settings.SESSION_COOKIE_NAME: as_(keeper).cookies[settings.SESSION_COOKIE_NAME].value,
            "language": "en",
        }
        context.add_cookies([{"name": key, "value": value, "url": live_server.url} for key, value in cookies.items()])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def stale() -> Contact:
    return contact("housing", on=clock.today() - timedelta(days=400), title_fi="Asumisneuvonta")


def address(row: Any) -> str:
    return f"/contacts/entries/{row.KIND}/{row.pk}/"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_stale_contact_is_seen_confirmed_by_one_click_and_fresh(window, scripts):
    row = stale()
    page = window(scripts=scripts)
    page.goto(URL)
    assert "not confirmed since" in page.inner_text("section[aria-labelledby=waiting]")
    page.get_by_role("button", name="Confirm Asumisneuvonta").click()
    page.wait_for_selector("text=Everything was confirmed in time.")
    row.refresh_from_db()
    assert row.confirmed_on == clock.today()


def test_a_missing_contact_is_filled_in_by_keyboard_alone(window):
    page = window()
    page.goto(URL)
    gap = page.locator("section[aria-labelledby=missing] li", has_text="Housing").get_by_role("link")
    gap.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/contacts/entries/new/contact/?kind=housing*")
    assert page.input_value("[name=kind]") == "housing"
    page.focus("[name=phone]")
    page.keyboard.type("040 123 4567")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Added to the directory.")
    page.goto(URL)
    assert page.locator("section[aria-labelledby=missing] li", has_text="Housing").count() == 0


def test_one_removed_is_brought_back(window):
    row = contact("housing", title_fi="Asumisneuvonta")
    page = window()
    page.goto(address(row))
    page.click("a:text-is('Remove')")
    page.click("main button:text-is('Remove')")
    page.wait_for_url(f"**{URL}")
    page.locator("aside >> text=Asumisneuvonta >> nth=0").wait_for()
    page.click("aside a:has-text('History')")
    page.click("button:text-is('Bring it back')")
    page.wait_for_selector("text=What stood before stands again.")
    assert Contact.objects.get().title_fi == "Asumisneuvonta"


def test_of_two_windows_the_second_is_told_and_keeps_what_was_typed(window):
    row = contact("housing", title_fi="Asumisneuvonta")
    first, second = window(), window()
    for page, name in ((first, "Ensimmäinen"), (second, "Toinen")):
        page.goto(address(row))
        page.fill("[name=title_fi]", name)
    first.click("button:text-is('Save')")
    first.wait_for_selector("text=Saved.")
    second.click("button:text-is('Save')")
    second.wait_for_selector("text=Somebody has changed this since you opened it.")
    assert second.input_value("[name=title_fi]") == "Toinen"
    row.refresh_from_db()
    assert row.title_fi == "Ensimmäinen"


def test_axe_finds_nothing_on_the_desk_and_the_pages_behind_it(window):
    row, agreed = stale(), practice("Soita päivystykseen heti.")
    page = window()
    for path in (
        URL,
        address(row),
        f"{address(row)}history/",
        f"{address(row)}remove/",
        address(agreed),
        f"/contacts/entries/new/local_practice/?like={agreed.pk}",
        "/contacts/entries/new/service_point/",
    ):
        page.goto(path)
        assert_accessible(page)
    page.fill("[name=review_months]", "99")
    page.click("button.main")
    page.wait_for_selector("[role=alert]:not(#trouble)")
    assert_accessible(page)
