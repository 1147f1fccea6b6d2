"""The words of a letter, and what a mail server's answers mean."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

import pytest
from django.core.mail import BadHeaderError, get_connection

from accounts.models import User
from delivery.actions.posting import Draft, post_letter
from delivery.channels.email import AWAY, LOST, address_of, dial, failure_of, hang_up, send, write
from delivery.models import Letter
from delivery.rules.outcomes import Failure
from kela_kunta.base.actor import Actor, acting
from tests.cast import PIRKANMAA
from tests.mailbox import Mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(lead: User) -> User:
    lead.email = "keeper@pirkanmaa.example"
    lead.save()
    return lead


@pytest.fixture
def letter(keeper: User) -> Letter:
    post_letter(Draft("directory_check", "a", keeper, PIRKANMAA, {"due": 1, "stale": 2, "missing": 0}))
    with acting(Actor.system("test")):
        return Letter.objects.select_related("reader", "authority").get()


def parts(letter: Letter) -> tuple[EmailMessage, str, str]:
    """The letter as it travels, with its plain text and its HTML."""
    message = write(letter, "keeper@pirkanmaa.example")
    return message, message.body, message.alternatives[0].content


def test_a_letter_is_plain_text_and_html_with_a_link_to_this_site(letter, settings):
    settings.PUBLIC_URL = "https://kela-kunta.example"
    letter.language = "en"
    message, text, html = parts(letter)
    assert message.subject == "Directory of Pirkanmaa wellbeing services county: 3 entries wait for your confirmation"
    for words in (text, html):
        assert "2 entries were not confirmed in time." in words
        assert "1 entry is to be confirmed within two weeks." in words
        assert "required" not in words
        assert "https://kela-kunta.example/contacts/desk/" in words
    assert "<" not in text
    assert '<html lang="en">' in html


@pytest.mark.parametrize(("language", "authority"), [("fi", "Pirkanmaan"), ("sv", "Birkalands"), ("en", "Pirkanmaa ")])
def test_a_letter_is_written_in_its_readers_language(letter, language, authority):
    letter.language = language
    assert authority in parts(letter)[0].subject


def test_machines_do_not_answer_it_and_can_tell_that_it_is_the_same_one(letter):
    first, second = (write(letter, "a@b.example").message() for _ in range(2))
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Message-ID"] == second["Message-ID"] == f"<{letter.pk}@127.0.0.1>"


def test_text_has_no_gaps_and_html_marks_are_written_out(letter):
    letter.authority.name_fi = "<b>Kunta & kylä</b>"
    letter.language = "fi"
    _, text, html = parts(letter)
    assert "<b>Kunta & kylä</b>" in text
    assert "&lt;b&gt;Kunta &amp; kylä&lt;/b&gt;" in html
    assert "\n\n\n" not in text


def test_it_goes_where_its_reader_is_now(letter, keeper):
    keeper.email = "new@pirkanmaa.example"
    letter.reader = keeper
    assert address_of(letter) == "new@pirkanmaa.example"
    keeper.email = ""
    assert address_of(letter) == Failure("no_address", final=True)
    keeper.is_active = False
    assert address_of(letter) == Failure("reader_left", final=True)
    letter.reader, letter.address = None, "office@pirkanmaa.example"
    assert address_of(letter) == "office@pirkanmaa.example"


REFUSED = {"a@b.example": (550, b"nobody")}
LATER = {"a@b.example": (450, b"later")}


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (smtplib.SMTPRecipientsRefused(REFUSED), Failure("address_refused", final=True)),
        (smtplib.SMTPRecipientsRefused(LATER), Failure("address_refused")),
        (smtplib.SMTPDataError(554, b"spam"), Failure("letter_refused", final=True)),
        (smtplib.SMTPDataError(451, b"later"), Failure("letter_refused")),
        (smtplib.SMTPSenderRefused(550, b"who", "x"), Failure("sender_refused")),
        (smtplib.SMTPAuthenticationError(535, b"password"), Failure("sender_refused")),
        (smtplib.SMTPNotSupportedError(), Failure("address_unusable", final=True)),
        (BadHeaderError(), Failure("address_unusable", final=True)),
        (smtplib.SMTPServerDisconnected(), LOST),
        (TimeoutError(), LOST),
        (ConnectionResetError(), LOST),
    ],
)
def test_failures_come_sorted(error, failure):
    assert failure_of(error) == failure


def test_a_server_takes_it(letter, mailbox: Mailbox):
    letter.language = "fi"
    assert send(write(letter, "keeper@pirkanmaa.example"), get_connection()) is None
    (got,) = mailbox.letters
    assert got["To"] == "keeper@pirkanmaa.example"
    assert got["From"] == "no-reply@kela-kunta.example"
    assert {part.get_content_type() for part in got.iter_parts()} == {"text/plain", "text/html"}


@pytest.mark.parametrize(
    ("answers", "failure"),
    [
        ({"RCPT": "550 nobody"}, Failure("address_refused", final=True)),
        ({"RCPT": "450 later"}, Failure("address_refused")),
        ({"BODY": "554 spam"}, Failure("letter_refused", final=True)),
        ({"BODY": "452 full"}, Failure("letter_refused")),
        ({"MAIL": "550 who are you"}, Failure("sender_refused")),
        ({"CONNECT": "554 go away"}, Failure("sender_refused")),
        ({"CONNECT": ""}, AWAY),
        ({"BODY": ""}, LOST),
    ],
)
def test_what_a_real_server_says_is_understood(letter, mailbox: Mailbox, answers, failure):
    mailbox.answers = answers
    connection = get_connection()
    assert (dial(connection) or send(write(letter, "keeper@pirkanmaa.example"), connection)) == failure
    hang_up(connection)
    assert mailbox.letters == []


def test_a_server_that_nobody_runs_is_away(mailbox: Mailbox):
    mailbox.stop()
    assert dial(get_connection()) == AWAY
