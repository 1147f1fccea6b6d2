from __future__ import annotations

import pytest

from referrals.actions.messaging import note, write_message
from referrals.pages import one, printing
from tests.cast import url

pytestmark = pytest.mark.django_db


def test_a_message_goes_over_and_is_new_until_it_is_opened(as_, send, handler, pirkanmaa):
    referral = send()
    browser = as_(handler)
    assert browser.post(url(referral, "messages"), {"text": "Is she called?"}).status_code == 302
    assert "The message is sent." in browser.get(url(referral)).text
    other = as_(pirkanmaa)
    assert "Unread message" in other.get("/referrals/").text
    assert other.get("/").context["views"]
    assert "Unread message" in other.get("/referrals/?view=unread").text
    page = other.get(url(referral)).text
    assert "Is she called?" in page
    assert '<span class="tag message">Unread</span>' in page
    assert '<span class="tag message">' not in other.get(url(referral)).text
    assert "Unread message<" not in other.get("/referrals/").text
    assert "· read</span>" in browser.get(url(referral)).text


def test_an_answer_stands_in_the_senders_list_and_on_the_start_page(as_, send, handler, handler2, pirkanmaa):
    referral = send()
    as_(pirkanmaa).post(url(referral, "messages"), {"text": "What for?"})
    for user, count in ((handler, 1), (handler2, 0)):
        sizes = {view.name: total for view, total in as_(user).get("/").context["views"]}
        assert sizes["unread"] == count
    assert "Esimerkki" in as_(handler).get("/referrals/?view=unread").text


def test_a_note_is_seen_at_home_and_nowhere_else(as_, send, handler, pirkanmaa, lead):
    referral = send()
    assert as_(pirkanmaa).post(url(referral, "notes"), {"text": "Between us"}).status_code == 302
    assert "Between us" in as_(lead).get(url(referral)).text
    assert "Between us" not in as_(handler).get(url(referral)).text
    assert "Unread" not in as_(lead).get(url(referral)).text.split("Internal note: only")[0].replace(
        "Unread messages", ""
    )


def test_what_was_typed_stays_when_it_is_refused(as_, send, handler):
    answer = as_(handler).post(url(send(), "notes"), {"text": "y" * 10_001})
    assert answer.status_code == 422
    assert "y" * 10_001 in answer.text
    assert "At most 10,000 characters." in answer.text


def test_a_stranger_finds_nothing_to_write_on(as_, send, lapland, analyst):
    referral = send()
    assert as_(lapland).post(url(referral, "messages"), {"text": "X"}).status_code == 404
    assert as_(analyst).post(url(referral, "messages"), {"text": "X"}).status_code == 403
    assert as_(lapland).get(url(referral, "messages")).status_code == 302


def test_what_is_written_is_shown_as_text(as_, send, handler, pirkanmaa):
    referral = send()
    as_(handler).post(url(referral, "messages"), {"text": "<script>alert(1)</script>\nsecond"})
    page = as_(pirkanmaa).get(url(referral)).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>second" in page


def test_messages_are_printed_and_notes_are_not(rf, send, handler, pirkanmaa, monkeypatch):
    referral = send()
    write_message(referral.pk, by=handler.actor, text="Said to both")
    note(referral.pk, by=handler.actor, text="Said to none")
    from kela_kunta.base.actor import acting

    with acting(handler.actor):
        context = one.whole(one.referral_or_404(handler.actor, referral.pk), by=handler.actor)
        written = []
        monkeypatch.setattr(printing.Sheet, "fact", lambda self, label, value: written.append(value))
        printing.sheet_of(context, printed_by="X").output()
    assert any("Said to both" in value for value in written)
    assert not any("Said to none" in value for value in written)
    assert "Said to none" in [said.message.text for said in context["conversation"]]
