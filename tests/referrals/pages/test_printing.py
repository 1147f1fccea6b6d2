from __future__ import annotations

import logging

from accounts.models import AccessLog
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from tests.builders import decision
from tests.cast import url


def test_right_people_print_it_and_others_find_nothing(as_, client, send, handler, pirkanmaa, lapland):
    referral = send(basic_decision=decision(clock.today()))
    for user in (handler, pirkanmaa):
        sheet = as_(user).get(url(referral, "print"))
        assert sheet.headers["Content-Type"] == "application/pdf"
        assert sheet.content.startswith(b"%PDF")
    assert as_(lapland).get(url(referral, "print")).status_code == 404
    assert client.get(url(referral, "print")).status_code == 302


def test_file_name_and_title_hold_nothing_personal(as_, send, pirkanmaa):
    sheet = as_(pirkanmaa).get(url(send(), "print"))
    assert "Esimerkki" not in sheet.headers["Content-Disposition"]
    assert b"Esimerkki" not in sheet.content


def test_text_can_be_selected(as_, send, pirkanmaa):
    """Each font carries the map from its glyphs back to characters."""
    assert b"/ToUnicode" in as_(pirkanmaa).get(url(send(), "print")).content


def test_every_type_and_language_is_printed(as_, send, handler):
    browser = as_(handler)
    for type in ("social_work_need", "under_25", "over_25", "immigrant", "lowered_basic_amount"):
        referral = send(type)
        for language in ("fi", "sv", "en"):
            browser.cookies["language"] = language
            assert browser.get(url(referral, "print")).status_code == 200


def test_long_text_goes_on_over_pages(as_, send, handler):
    referral = send("social_work_need", observed_facts="Nähty ja kuultu paljon, kotona ja muualla. " * 200)
    assert as_(handler).get(url(referral, "print")).content.count(b"/Type /Page\n") >= 2


def test_print_is_logged(as_, send, pirkanmaa):
    as_(pirkanmaa).get(url(send(), "print"))
    with acting(Actor.system("test")):
        assert AccessLog.objects.get().look == "print"


def test_no_letter_of_a_name_reaches_a_log(as_, send, pirkanmaa, caplog):
    referral = send(client={"family_name": "王"})
    with caplog.at_level(logging.INFO):
        as_(pirkanmaa).get(url(referral, "print"))
    assert "王" not in caplog.text
