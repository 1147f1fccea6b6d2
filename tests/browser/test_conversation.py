"""Messages, notes, files and faults on a referral's page in a browser."""

from __future__ import annotations

import os

from referrals.actions.attaching import upload
from referrals.actions.messaging import note, write_message
from referrals.actions.receiving import give_receipt
from referrals.actions.routing import route_batch
from tests.accessible import assert_accessible
from tests.browser.test_referrals import window
from tests.cast import url
from tests.files import declared, image, pdf

__all__ = ["window"]
LONG = "Is the rent for December paid? " * 12


def test_axe_finds_nothing_where_people_talk_and_files_hang(
    window, send_only, handler, supervisor, pirkanmaa, county_pirkanmaa
):
    files = {"Vuokrasopimus-joka-on-hyvin-pitka-nimeltaan-2026.pdf": pdf(), "Kuva.png": image("PNG")}
    manifest = [declared(name, content) for name, content in files.items()]
    referral = send_only(common={"attachments": manifest})
    for content in files.values():
        upload(referral.pk, declared("", content)["sha256"], content, by=handler.actor)
    lacking = send_only("social_work_need", common={"attachments": manifest})
    route_batch()
    write_message(referral.pk, by=handler.actor, text=LONG)
    note(referral.pk, by=pirkanmaa.actor, text="She asked to be called.")
    write_message(referral.pk, by=pirkanmaa.actor, text="Not yet.")
    write_message(referral.pk, by=handler.actor, text="Thank you.")
    give_receipt(referral.pk, by=county_pirkanmaa.actor, accepted=False, code="other", detail="Line 4 is too long.")
    for user, places in (
        (pirkanmaa, ["/referrals/?view=unread", url(referral)]),
        (handler, [url(referral), url(lacking)]),
        (supervisor, ["/referrals/?view=faults", url(referral)]),
    ):
        page = window(user)
        for place in places:
            page.goto(place)
            for closed in page.locator("main details:not([open])").all():
                closed.locator("summary").first.click()
            assert_accessible(page)
            if folder := os.environ.get("SHOTS"):
                for scheme, width in (("light", 1440), ("dark", 390)):
                    page.emulate_media(color_scheme=scheme)
                    page.set_viewport_size({"width": width, "height": 900})
                    page.screenshot(path=f"{folder}/{user.username}-{places.index(place)}-{width}.png", full_page=True)


def test_a_message_is_written_and_answered_by_keyboard_and_without_scripts(window, send_only, handler, pirkanmaa):
    referral = send_only()
    route_batch()
    page = window(pirkanmaa, scripts=False)
    page.goto(url(referral))
    page.focus("#message")
    page.keyboard.type("When did she move?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=The message is sent.")
    other = window(handler, scripts=False)
    other.goto("/referrals/?view=unread")
    other.click("a.open")
    assert other.locator(".talk .theirs").inner_text().endswith("When did she move?")


def test_who_sent_is_told_which_file_is_missing(window, send_only, handler):
    referral = send_only(common={"attachments": [declared("Lasku.pdf", pdf())]})
    page = window(handler)
    page.goto(url(referral))
    assert "Held until all files are here" in page.inner_text("main")
    assert page.locator(".tag.lost", has_text="missing").count() == 1
    assert page.locator("a", has_text="Lasku.pdf").count() == 0
