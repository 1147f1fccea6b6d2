"""Letters that are due are sent once, tried again when that makes sense, and given up when it does not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from accounts.models import Role, User
from delivery.actions import mailing
from delivery.actions.mailing import LEASE, deliver_letters
from delivery.actions.posting import Draft, post_letter
from delivery.models import Letter
from delivery.rules.backoff import GIVEN_UP_AFTER
from delivery.rules.outcomes import Tally
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from tests.breaking import until
from tests.cast import PIRKANMAA
from tests.mailbox import Mailbox

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
DATA = {"due": 1, "stale": 2, "missing": 3}


@pytest.fixture
def post() -> Callable[..., User]:
    """Posts a letter to a keeper of that name."""

    def posted(name: str = "keeper", *, kind: str = "directory_check", **facts: Any) -> User:
        facts = {"email": f"{name}@pirkanmaa.example"} | facts
        reader = User.objects.create_user(name, name=name, role=Role.DIRECTORY, authority_id=PIRKANMAA, **facts)
        post_letter(Draft(kind, name, reader, PIRKANMAA, DATA))
        return reader

    return posted


def letter(key: str = "keeper") -> Letter:
    with acting(SYSTEM):
        return Letter.objects.get(key=key)


def test_what_the_server_took_is_sent_and_not_sent_again(post, mailbox: Mailbox):
    post()
    assert deliver_letters() == Tally(done=1)
    assert deliver_letters() == Tally()
    assert mailbox.readers == ["keeper@pirkanmaa.example"]
    sent = letter()
    assert (sent.attempts, sent.next_attempt_at, sent.last_error, sent.dead_at) == (1, None, "", None)
    assert sent.sent_at is not None


def test_those_that_wait_longest_go_first_and_all_in_one_talk(post, mailbox: Mailbox):
    for name in "abcde":
        post(name)
    assert deliver_letters(limit=3) == Tally(done=3)
    assert mailbox.readers == [f"{name}@pirkanmaa.example" for name in "abc"]
    assert mailbox.talks == 1


@pytest.mark.parametrize(("facts", "code"), [({"email": ""}, "no_address"), ({"is_active": False}, "reader_left")])
def test_who_has_no_address_gets_none_and_that_is_recorded(post, mailbox: Mailbox, facts, code):
    post(**facts)
    assert deliver_letters() == Tally(dead=1)
    assert (letter().last_error, letter().sent_at) == (code, None)
    assert letter().dead_at is not None
    assert mailbox.talks == 0


def test_a_refusal_for_good_ends_one_letter_and_no_other(post, mailbox: Mailbox):
    post("gone")
    post("there")
    mailbox.by_address = {"gone@pirkanmaa.example": "550 nobody of that name"}
    assert deliver_letters() == Tally(done=1, dead=1)
    assert letter("gone").last_error == "address_refused"
    assert mailbox.readers == ["there@pirkanmaa.example"]


def test_a_letter_that_breaks_the_talk_holds_up_no_other(post, mailbox: Mailbox):
    for name in ("a", "b", "c"):
        post(name)
    mailbox.by_address = {"b@pirkanmaa.example": "421 closing"}
    assert deliver_letters() == Tally(done=2, later=1)
    assert mailbox.readers == ["a@pirkanmaa.example", "c@pirkanmaa.example"]


def test_what_cannot_be_written_waits_and_holds_up_no_other(post, mailbox: Mailbox, caplog):
    post("odd", kind="nonsense")
    post("good")
    assert deliver_letters() == Tally(done=1, later=1)
    assert letter("odd").last_error == "cannot_be_written"
    assert "pirkanmaa.example" not in caplog.text


@pytest.mark.parametrize("answers", [{"RCPT": "451 later"}, {"BODY": "452 full"}, {"MAIL": "550 who"}, {"BODY": ""}])
def test_what_may_get_through_later_is_tried_again_after_half_a_minute_at_most(post, mailbox: Mailbox, answers):
    post()
    mailbox.answers = answers
    before = clock.now()
    assert deliver_letters() == Tally(later=1)
    waits = letter()
    assert timedelta(seconds=14) < waits.next_attempt_at - before < timedelta(seconds=40)
    assert deliver_letters() == Tally()
    mailbox.answers = {}
    with clock.frozen(waits.next_attempt_at):
        assert deliver_letters() == Tally(done=1)
    assert letter().attempts == 2


def test_when_the_server_is_away_it_is_asked_once_and_all_wait(post, mailbox: Mailbox):
    for name in "abc":
        post(name)
    mailbox.stop()
    assert deliver_letters() == Tally(later=3)
    assert {letter(name).last_error for name in "abc"} == {"server_away"}


def test_a_wrong_password_is_ours_to_mend_and_tried_once_a_batch(post, mailbox: Mailbox, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "kela-kunta", "wrong"
    mailbox.answers = {"EHLO": "250-mailbox.example\r\n250 AUTH PLAIN", "AUTH": "535 no"}
    for name in "abc":
        post(name)
    assert deliver_letters() == Tally(later=3)
    assert mailbox.talks == 1
    assert letter("a").last_error == "sender_refused"


def test_after_three_days_of_failing_it_is_given_up(post, mailbox: Mailbox):
    post()
    mailbox.answers = {"RCPT": "451 later"}
    began, tries = letter().created_at, 0
    while (at := letter().next_attempt_at) is not None:
        with clock.frozen(at):
            deliver_letters()
        tries += 1
    given_up = letter()
    assert given_up.dead_at - began >= GIVEN_UP_AFTER
    assert given_up.attempts == tries
    assert (given_up.last_error, given_up.sent_at) == ("address_refused", None)


def test_a_letter_posted_long_ago_has_three_days_from_its_first_try(post, mailbox: Mailbox):
    post()
    mailbox.answers = {"RCPT": "451 later"}
    with clock.frozen(clock.now() + timedelta(days=10)):
        assert deliver_letters() == Tally(later=1)


def test_who_dies_with_letters_in_hand_leaves_them_until_the_lease_is_over(post, mailbox: Mailbox, monkeypatch):
    post()
    monkeypatch.setattr(mailing, "_settle", die)
    with pytest.raises(KeyboardInterrupt):
        deliver_letters()
    monkeypatch.undo()
    assert letter().sent_at is None
    assert deliver_letters() == Tally()
    with clock.frozen(clock.now() + LEASE):
        assert deliver_letters() == Tally(done=1)
    first, second = mailbox.letters
    assert first["Message-ID"] == second["Message-ID"]


def die(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_who_comes_after_the_lease_overwrites_nothing(post, mailbox: Mailbox):
    """The slow one's word does not count once another has tried."""
    post()
    (slow,) = mailing._claim(5, by=SYSTEM)
    with clock.frozen(clock.now() + LEASE):
        assert deliver_letters() == Tally(done=1)
    assert mailing._settle(slow, mailing.email.AWAY, by=SYSTEM) == Tally()
    assert letter().last_error == ""


@pytest.mark.django_db(transaction=True)
def test_no_lock_is_held_while_the_server_is_talked_to(post, mailbox: Mailbox):
    post("a")
    mailbox.taking.clear()
    threads = [threading.Thread(target=deliver_and_close, daemon=True)]
    threads[0].start()
    until(lambda: mailbox.letters)
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM delivery_letter FOR UPDATE NOWAIT")
    post("b")
    mailbox.taking.set()
    threads[0].join(10)
    assert deliver_letters() == Tally(done=1)
    assert letter("a").sent_at is not None


@pytest.mark.django_db(transaction=True)
def test_two_at_once_send_each_letter_once(post, mailbox: Mailbox):
    names = [f"n{number}" for number in range(12)]
    for name in names:
        post(name)
    threads = [threading.Thread(target=deliver_and_close, kwargs={"limit": 4}, daemon=True) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(mailbox.readers) == sorted(f"{name}@pirkanmaa.example" for name in names)


def deliver_and_close(**options: int) -> None:
    try:
        deliver_letters(**options)
    finally:
        connection.close()
