"""The pages of alerts in a browser: a supervisor recalls a run and an import by clicks, and nothing that axe finds."""

from __future__ import annotations

import pytest

from accounts.models import User
from kela_kunta.demo.accounts import make_accounts
from kela_kunta.demo.recent import make_recent
from referrals.actions.recalling import carry_out_recalls
from tests.accessible import assert_accessible
from tests.browser.test_directory import window_of  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)
VIEWS = ("coming", "waiting", "lacking", "after", "runs", "imports")


@pytest.fixture
def supervisor_of_demo(db):
    """The demo's supervisor, among the people of these days."""
    make_accounts()
    make_recent()
    return User.objects.get(username="supervisor")


def test_axe_finds_nothing_on_the_lists(window_of, supervisor_of_demo):  # noqa: F811
    page = window_of(supervisor_of_demo)
    for view in VIEWS:
        page.goto(f"/referrals/alerts/?view={view}")
        assert_accessible(page)


def test_a_supervisor_recalls_a_run_by_clicks_without_scripts(window_of, supervisor_of_demo):  # noqa: F811
    page = window_of(supervisor_of_demo, scripts=False)
    page.goto("/referrals/alerts/?view=runs")
    page.click("main table a >> nth=0")
    assert page.locator("text=9 alerts that nobody works on are withdrawn.").is_visible()
    page.click("main button.main")
    assert page.locator("[role=alert]", has_text="Write why.").is_visible()
    page.fill("textarea", "Väärä aineisto.")
    page.click("main button.main")
    assert page.locator("text=The run is recalled.").is_visible()
    while carry_out_recalls():
        pass
    page.reload()
    assert page.locator("text=All that nobody worked on has been withdrawn").is_visible()


def test_a_supervisor_recalls_an_import_by_clicks_without_scripts_on_a_narrow_screen(
    window_of,  # noqa: F811
    supervisor_of_demo,
):
    page = window_of(supervisor_of_demo, scripts=False)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/referrals/alerts/?view=imports")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("main table a >> nth=0")
    assert page.locator("text=are forgotten, as if nobody had told them").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.fill("textarea", "Väärä aineisto.")
    page.click("main button.main")
    assert page.locator("text=The import is recalled.").is_visible()
    while carry_out_recalls():
        pass
    page.reload()
    assert page.locator("text=All that nobody worked on has been withdrawn").is_visible()


def test_axe_finds_nothing_on_an_import(window_of, supervisor_of_demo):  # noqa: F811
    page = window_of(supervisor_of_demo)
    page.goto("/referrals/alerts/?view=imports")
    page.click("main table a >> nth=0")
    assert_accessible(page)
