"""The referrals' pages in a browser: nothing that axe finds, and the whole way by keyboard and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from kela_kunta.base import clock
from referrals.actions.escalating import escalate_waiting
from referrals.actions.routing import route_batch
from tests.accessible import assert_accessible
from tests.builders import decision
from tests.cast import now, url
from tests.directory import contact, paused, practice

NEW = "/referrals/new/supplementary-application/"


@pytest.fixture
def window(chromium, live_server, as_) -> Iterator[Callable[..., Any]]:
    """A window in which somebody is logged in."""
    contexts = []

    def opened(user: Any, *, scripts: bool = True) -> Any:
        context = chromium.new_context(base_url=live_server.url, locale="en", java_script_enabled=scripts)
        context.set_default_timeout(20_000)
        contexts.append(context)
        name = settings.SESSION_COOKIE_NAME
        cookies = {name: as_(user).cookies[name].value, settings.LANGUAGE_COOKIE_NAME: "en"}
        context.add_cookies([{"name": key, "value": value, "url": live_server.url} for key, value in cookies.items()])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def test_axe_finds_nothing_on_what_the_authority_sees(window, send, lead):
    with clock.frozen(clock.now() - timedelta(days=14)):
        late = send(basic_decision=decision(clock.today()))
    send("social_work_need", urgent=True, urgent_reason="No food.")
    page = window(lead)
    for path in ("/", "/referrals/", "/referrals/?view=closed", url(late)):
        page.goto(path)
        assert_accessible(page)
    for move in ("start", "return", "transfer", "raise-urgency"):
        page.goto(url(late, move))
        assert_accessible(page)
    page.click("main form button.main")
    page.wait_for_selector(".wrongs")
    assert_accessible(page)
    page.goto("/referrals/")
    page.fill("#search-text", "Esimerkki")
    page.press("#search-text", "Enter")
    page.wait_for_url("**/search/")
    assert_accessible(page)


def test_axe_finds_nothing_on_what_kela_sees(window, send, handler, supervisor, pirkanmaa, as_):
    returned = send(client={"non_disclosure": False})
    as_(pirkanmaa).post(url(returned, "return"), {"version": returned.version, "reason": "other", "text": "Why?"})
    lost = send(client={"home_municipality": "478"})
    for user, paths in (
        (supervisor, ("/", "/referrals/", url(lost), url(lost, "resolve"))),
        (handler, ("/referrals/", url(returned), url(returned, "reroute"), url(returned, "attach-decision"),
                   url(returned, "withdraw"), "/referrals/new/", NEW)),
    ):  # fmt: skip
        page = window(user)
        for path in paths:
            page.goto(path)
            assert_accessible(page)


def test_axe_finds_nothing_on_the_way_of_a_new_referral(window, send, handler):
    code = send("social_work_need").client.identity_code
    page = window(handler)
    page.goto(NEW)
    page.fill("#identity_code", "010190-901A")
    page.click("main form button.main")
    page.wait_for_selector("#identity_code-error")
    assert_accessible(page)
    page.fill("#identity_code", code)
    page.click("main form button.main")
    page.wait_for_selector("#details-expenses")
    assert_accessible(page)
    fill(page)
    page.click("button.main[value=check]")
    page.wait_for_selector("button[value=send]")
    assert_accessible(page)


def fill(page: Any) -> None:
    """What a supplementary application of somebody in Tampere needs besides the identity code."""
    today = clock.today()
    page.fill("[name='client.family_name']", "Esimerkki")
    page.fill("[name='client.given_names']", "Aino")
    page.select_option("[name='client.home_municipality']", "837")
    page.fill("[name='client.phone']", "040 1234567")
    page.select_option("[name='client.contact_language']", "fi")
    page.check("[name='client.non_disclosure'][value=false]")
    page.check("[name='details.requested_by_client'][value=true]")
    page.fill("[name='details.application_received_on']", today.isoformat())
    for name in ("from", "to"):
        page.fill(f"[name='details.application_period.{name}']", f"{today:%Y-%m}")
    page.check("[name='details.urgent_supplementary'][value=false]")
    page.check("[name='details.urgent_basic'][value=false]")
    page.select_option("[name='details.expenses[0]code']", "home_furnishing")
    page.fill("[name='details.expenses[0]amount']", "250,00")
    page.fill("[name='client_informed_on']", today.isoformat())


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_handlers_form_to_the_outcome_that_the_handler_sees(window, handler, pirkanmaa, scripts):
    page = window(handler, scripts=scripts)
    page.goto(NEW)
    page.fill("#identity_code", "010190-900P")
    page.click("main form button.main")
    page.wait_for_selector("#details-expenses")
    fill(page)
    page.click("button.main[value=check]")
    page.click("button[value=send]")
    page.wait_for_selector(".lanes")
    route_batch()

    worker = window(pirkanmaa, scripts=scripts)
    worker.goto("/referrals/")
    worker.get_by_role("link", name="Esimerkki, Aino").click()
    for button in ("Acknowledge", "Start work"):
        worker.get_by_role("button", name=button).click()
        worker.get_by_text(f"Done: {button}.").wait_for()
    worker.get_by_role("link", name="Close: record the outcome").click()
    worker.get_by_label("Granted", exact=True).check()
    worker.get_by_role("button", name="Close: record the outcome").click()
    worker.get_by_text("Done: Close").wait_for()

    page.reload()
    story = page.locator(".lanes").inner_text()
    for happened in ("Referral sent", "Delivered to Pirkanmaa", "Acknowledged", "Work began", "Closed: Granted"):
        assert happened in story


def test_box_beside_follows_the_answers(window, handler):
    page = window(handler)
    page.goto(NEW)
    page.fill("#identity_code", "010190-900P")
    page.click("main form button.main")
    page.select_option("[name='client.home_municipality']", "837")
    page.locator("#where", has_text="Pirkanmaa").wait_for()
    page.select_option("[name='client.place_of_stay']", "091")
    page.check("[name='details.urgent_supplementary'][value=true]")
    page.locator("#where", has_text="City of Helsinki").wait_for()


def on_the_form(page: Any) -> None:
    """The form of a new referral of somebody in Tampere."""
    page.goto(NEW)
    page.fill("#identity_code", "010190-900P")
    page.click("main form button.main")
    page.wait_for_selector("#details-expenses")
    fill(page)


def test_a_pause_told_in_one_window_shows_beside_the_form_in_another_within_five_seconds(window, handler, lead):
    practice("Call first. " * 30)
    page = window(handler)
    on_the_form(page)
    page.locator("#where", has_text="Open").wait_for()
    page.locator("#where summary").click()
    page.fill("[name='additional_information']", "Half a sen")
    paused(lead)
    page.locator("#where", has_text="The receiver is paused.").wait_for(timeout=5_000)
    assert page.input_value("[name='additional_information']") == "Half a sen"
    assert page.evaluate("document.activeElement.name") == "additional_information"
    assert page.locator("#where details").get_attribute("open") is not None
    told = page.locator("#where-told").inner_text()
    assert told == "Goes to Pirkanmaa wellbeing services county. The receiver is paused: Shortage of staff."


def test_the_box_asks_by_itself_with_the_places_alone_and_rests_while_nobody_looks(window, handler):
    page = window(handler)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.post_data or "") if request.method == "POST" else None)
    on_the_form(page)
    page.wait_for_timeout(500)
    asked.clear()
    with page.expect_request(lambda request: request.method == "POST", timeout=6_000) as request:
        pass
    assert request.value.response().status == 204
    (sent,) = asked
    assert "home_municipality=837" in sent
    assert "Esimerkki" not in sent
    assert "identity_code" not in sent
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true})")
    asked.clear()
    page.wait_for_timeout(5_000)
    assert asked == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_urgent_referral_to_a_paused_receiver_says_whom_to_call_before_and_after_sending(
    window, handler, lead, pirkanmaa, scripts
):
    paused(lead)
    page = window(handler, scripts=scripts)
    on_the_form(page)
    page.check("[name='details.urgent_supplementary'][value=true]")
    page.fill("[name='details.urgent_supplementary_reason']", "No food.")
    page.click("button.main[value=check]")
    page.locator("#where", has_text="call now. 040 1234567").wait_for()
    page.click("button[value=send]")
    page.wait_for_selector(".lanes")
    route_batch()
    page.reload()
    page.locator(".note.late", has_text="call now. 040 1234567").wait_for()
    assert "Escalated: urgent, and the receiver is paused." in page.locator(".lanes").inner_text()

    worker = window(pirkanmaa, scripts=scripts)
    worker.goto("/referrals/?view=escalated")
    worker.get_by_role("link", name="Esimerkki, Aino").click()
    worker.get_by_role("button", name="Acknowledge").click()
    worker.get_by_text("Done: Acknowledge.").wait_for()
    worker.goto("/referrals/?view=escalated")
    worker.get_by_text("Nothing here.").wait_for()


def test_axe_finds_nothing_where_a_receiver_is_paused(window, send, handler, supervisor, lead, pirkanmaa):
    contact(hours="24/7", note_fi="Only for officials.")
    contact("officials_line", owner="kela", on=clock.today() - timedelta(days=400))
    practice("Call first. " * 30)
    referral = send(urgent_supplementary=True, urgent_supplementary_reason="No food.")
    paused(lead)
    escalate_waiting()
    page = window(handler)
    on_the_form(page)
    page.check("[name='details.urgent_supplementary'][value=true]")
    page.fill("[name='details.urgent_supplementary_reason']", "No food.")
    page.locator("#where", has_text="call now").wait_for()
    assert_accessible(page)
    page.click("button.main[value=check]")
    page.wait_for_selector("button[value=send]")
    assert_accessible(page)
    for user, paths in (
        (handler, [url(referral)]),
        (supervisor, ["/", "/referrals/?view=paused"]),
        (pirkanmaa, ["/", "/referrals/", url(referral)]),
    ):
        page = window(user)
        for path in paths:
            page.goto(path)
            assert_accessible(page)


def test_whole_inbox_row_is_worked_by_keyboard(window, send, pirkanmaa):
    referral = send()
    page = window(pirkanmaa)
    page.goto("/referrals/")
    page.locator("td.pick input").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Acknowledge").focus()
    page.keyboard.press("Enter")
    page.get_by_text("1 referral done.").wait_for()
    assert now(referral).status == "acknowledged"


def test_enter_in_the_form_checks_it_and_adds_no_row(window, handler):
    page = window(handler)
    page.goto(NEW)
    page.fill("#identity_code", "010190-900P")
    page.press("#identity_code", "Enter")
    page.wait_for_selector("#details-expenses")
    page.press("[name='client.family_name']", "Enter")
    page.wait_for_selector(".wrongs")
    assert page.locator("#details-expenses .line").count() == 1


def test_filters_swap_the_rows_and_the_address_follows(window, send, pirkanmaa):
    send()
    page = window(pirkanmaa)
    page.goto("/referrals/")
    page.get_by_role("link", name="Esimerkki, Aino").wait_for()
    page.select_option("[name=type]", "under_25")
    page.get_by_text("Nothing here.").wait_for()
    assert page.url.endswith("&type=under_25&municipality=&urgent=&status=&assignee=")
    assert page.locator("#found").inner_text() == "0 referrals"
    page.go_back()
    page.get_by_role("link", name="Esimerkki, Aino").wait_for()
