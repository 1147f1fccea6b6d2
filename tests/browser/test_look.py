"""The frame and the pieces, as a browser shows them with and without scripts."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings

from accounts.models import User
from tests.accessible import assert_accessible

FIRST_LOAD = 100_000  # bytes
NEW = "/referrals/new/supplementary-application/"
OWN_PAGES = [
    "/accounts/own/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/reauthenticate/",
    "/accounts/logout/",
]


@pytest.fixture
def logged_in(page, as_) -> Callable[[User], Any]:
    """The window with somebody logged in."""

    def window(user: User) -> Any:
        name = settings.SESSION_COOKIE_NAME
        value = as_(user).cookies[name].value
        page.context.add_cookies([{"name": name, "value": value, "domain": "localhost", "path": "/"}])
        return page

    return window


@pytest.fixture
def without_scripts(chromium, live_server, as_, handler) -> Iterator[Any]:
    """A handler's window in which no script runs."""
    context = chromium.new_context(base_url=live_server.url, locale="en", java_script_enabled=False)
    value = as_(handler).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": "localhost", "path": "/"}])
    yield context.new_page()
    context.close()


def begin(page: Any) -> None:
    page.goto(NEW)
    page.fill("[name=identity_code]", "010190-900P")
    page.click("main form button.main")
    page.wait_for_selector("#details-expenses")


def test_language_changes_on_the_same_page_without_scripts(without_scripts):
    without_scripts.goto("/referrals/?view=closed")
    with without_scripts.expect_navigation():
        without_scripts.click("button[value=sv]")
    assert without_scripts.url.endswith("/referrals/?view=closed")
    assert without_scripts.locator("html").get_attribute("lang") == "sv"


def test_rows_grow_and_shrink_without_scripts(without_scripts):
    begin(without_scripts)
    without_scripts.fill("[name='details.expenses[0]text']", "Bed")
    with without_scripts.expect_navigation():
        without_scripts.click("button[value='details.expenses+']")
    assert without_scripts.locator("#details-expenses .line").count() == 2
    assert without_scripts.input_value("[name='details.expenses[0]text']") == "Bed"
    with without_scripts.expect_navigation():
        without_scripts.click("button[value='details.expenses-0']")
    assert without_scripts.locator("#details-expenses .line").count() == 1
    assert without_scripts.input_value("[name='details.expenses[0]text']") == ""


def test_a_new_row_waits_for_the_writer(logged_in, handler):
    page = logged_in(handler)
    begin(page)
    page.fill("[name='client.family_name']", "Esimerkki")
    page.click("button[value='details.expenses+']")
    page.wait_for_selector("#details-expenses .line:nth-of-type(2)")
    assert page.locator("#details-expenses .line").nth(1).evaluate("row => row === document.activeElement")
    assert page.input_value("[name='client.family_name']") == "Esimerkki"


def test_what_depends_on_another_answer_shows_only_after_it(logged_in, handler):
    page = logged_in(handler)
    begin(page)
    reason = page.locator("#details-urgent_basic_reason")
    assert not reason.is_visible()
    page.check("#details-urgent_basic-0")
    assert reason.is_visible()


def test_summary_of_faults_has_the_focus_and_leads_to_the_question(logged_in, handler):
    page = logged_in(handler)
    begin(page)
    page.click("button.main[value=check]")
    summary = page.locator(".wrongs")
    assert summary.evaluate("box => box === document.activeElement")
    summary.get_by_role("link", name="Family name").click()
    assert page.locator("#client-family_name").evaluate("input => input === document.activeElement")


def test_lost_connection_is_told(logged_in, pirkanmaa):
    page = logged_in(pirkanmaa)
    page.goto("/referrals/")
    page.context.set_offline(True)
    page.select_option("[name=type]", "under_25")
    page.wait_for_selector("#trouble:not([hidden])")
    page.context.set_offline(False)


def test_ended_session_leads_to_the_login_and_not_into_the_list(logged_in, pirkanmaa):
    page = logged_in(pirkanmaa)
    page.goto("/referrals/")
    page.context.clear_cookies()
    page.select_option("[name=type]", "under_25")
    page.wait_for_url("**/accounts/login/**")


def test_menu_closes_by_escape_and_returns_the_focus(logged_in, pirkanmaa):
    page = logged_in(pirkanmaa)
    page.goto("/")
    page.click(".who > summary")
    assert page.locator(".who .menu").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".who .menu").is_visible()
    assert page.locator(".who > summary").evaluate("name => name === document.activeElement")


def test_nobody_who_was_seen_stays_in_the_browser(logged_in, pirkanmaa, send):
    send()
    page = logged_in(pirkanmaa)
    page.goto("/referrals/")
    page.get_by_role("link", name="Esimerkki, Aino").wait_for()
    page.select_option("[name=type]", "under_25")
    page.wait_for_url("**type=under_25**")
    kept = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert "Esimerkki" not in kept


def test_axe_finds_nothing_on_the_own_account(logged_in, handler):
    page = logged_in(handler)
    for address in OWN_PAGES:
        page.goto(address)
        assert_accessible(page)


def test_one_pale_text_among_many_is_found(page):
    texts = "<p>Told.</p>" * 30 + "<p style='color: #bbb'>Hardly told.</p>" + "<p>Told.</p>" * 30
    page.set_content(f"<html lang=en><title>Told</title><main><h1>Told</h1>{texts}</main></html>")
    with pytest.raises(AssertionError, match="color-contrast"):
        assert_accessible(page)


def test_first_load_stays_small(logged_in, pirkanmaa):
    page = logged_in(pirkanmaa)
    bodies: list[bytes] = []
    page.on("requestfinished", lambda request: bodies.append(request.response().body()))
    page.goto("/referrals/", wait_until="networkidle")
    assert sum(len(gzip.compress(body)) for body in bodies) < FIRST_LOAD
