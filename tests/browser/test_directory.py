"""Pages of municipalities and authorities in a browser: what a lead tells shows to others, and nothing that axe finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import User
from kela_kunta.base import clock
from tests.accessible import assert_accessible
from tests.directory import contact, paused, practice

TAMPERE, PIRKANMAA = "/contacts/municipalities/837/", "/contacts/authorities/county-08/"


@pytest.fixture
def window_of(chromium, live_server, as_) -> Iterator[Callable[..., Any]]:
    """A window in which somebody is logged in."""
    contexts = []

    def opened(user: User, *, scripts: bool = True) -> Any:
        context = chromium.new_context(
            base_url=live_server.url, locale="en", java_script_enabled=scripts, reduced_motion="reduce"
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        cookies = {
            settings.SESSION_COOKIE_NAME: as_(user).cookies[settings.SESSION_COOKIE_NAME].value,
            "language": "en",
        }
        context.add_cookies([{"name": key, "value": value, "url": live_server.url} for key, value in cookies.items()])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def written(db: None) -> None:
    """Something of everything that the pages tell."""
    long = "asiakaspalvelu.aikuissosiaalityo@pirkanmaan-hyvinvointialue.example"
    contact(audience="officials", title_fi="Viranomaislinja", email=long, hours="24/7")
    contact("adult_social_work", person="Aino Esimerkki", on=clock.today() - timedelta(days=400), hours="off")
    contact("social_emergency", hours="Mo-Fr 08:00-16:00", note_fi="Iltaisin yhteinen naapurialueen kanssa.")
    contact("immigrant_services", owner="municipality-837", channel="secure_mail", link="https://turvaposti.example/")
    contact(owner="kela", title_fi="Kelan viranomaislinja", languages=["fi", "sv"])
    practice("Soita ensin.\nSitten lähetä.", urgent_only=True)
    practice("Soita aina.", topic="deposits", valid=DateRange(date(2024, 1, 1), date(2025, 1, 1)))


def test_a_pause_told_in_one_window_shows_in_another_until_it_is_over(window_of, lead, handler, written):
    tells, reads = window_of(lead, scripts=False), window_of(handler)
    state = reads.locator(".contact h3", has_text="Pirkanmaa").locator(".tag")
    reads.goto(TAMPERE)
    assert state.inner_text() == "Open"

    tells.goto("/")
    tells.click("text=Tell of a pause")
    tells.check("input[name=cause][value=system]")
    tells.fill("textarea[name=text]", "Järjestelmä vaihtuu.")
    tells.fill("input[name=fallback_phone]", "040 123 4567")
    tells.click("button.main")
    assert tells.locator(".notes").inner_text().strip().endswith("Everybody who sends here is told of the pause.")

    reads.reload()
    assert state.inner_text() == "Paused"
    note = reads.locator(".contact .note")
    assert "Järjestelmä vaihtuu." in note.inner_text()
    assert note.locator("a").get_attribute("href") == "tel:+358401234567"

    tells.click("text=It is over")
    reads.reload()
    assert state.inner_text() == "Open"


def test_a_faulty_pause_is_told_at_its_fields_and_keeps_what_was_written(window_of, lead):
    page = window_of(lead)
    page.goto(f"{PIRKANMAA}pauses/")
    page.fill("textarea[name=text]", "Koulutuspäivä")
    page.click("button.main")
    assert page.locator(".wrongs a").count() == 1
    assert page.input_value("textarea[name=text]") == "Koulutuspäivä"
    assert_accessible(page)


def test_a_former_practice_is_read_back_by_its_link_and_by_a_day(window_of, handler, written):
    page = window_of(handler)
    page.goto(TAMPERE)
    page.click("text=in force 1.1.2024–31.12.2024")
    assert page.url.endswith("?on=2024-12-31#practices")
    page.click("summary:has-text('Rent deposits')")
    assert page.locator("text=Soita aina.").is_visible()
    page.fill("#on", clock.today().isoformat())
    page.click("text=Show")
    assert not page.locator("text=as of").count()


def test_the_keyboard_goes_from_the_top_to_whom_to_contact(window_of, handler, written):
    page = window_of(handler)
    page.goto(TAMPERE)
    page.focus(".jumps a")
    page.keyboard.press("Enter")
    assert page.url.endswith("#whom")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "tel:+358401234567"


def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(window_of, lead, written):
    paused(lead, type="under_25", text="Koulutuspäivä")
    page = window_of(lead)
    for path in (
        TAMPERE,
        f"{TAMPERE}?on=2024-12-31",
        "/contacts/municipalities/099/",
        "/contacts/municipalities/478/",
        PIRKANMAA,
        "/contacts/authorities/kela/",
        f"{PIRKANMAA}pauses/",
    ):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert_accessible(page)
