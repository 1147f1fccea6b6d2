"""Letters outlive whatever is killed, emptied or away: one may come twice, none is lost."""

from __future__ import annotations

import os
import signal

import pytest
import redis

from accounts.models import Role, User
from delivery.actions.posting import Draft, post_letters
from delivery.models import Letter
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from tests.breaking import until
from tests.cast import PIRKANMAA
from tests.mailbox import Mailbox

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = Actor.system("test")


def post(*names: str) -> None:
    data = {"due": 1, "stale": 2, "missing": 0}
    readers = [
        User.objects.create_user(
            name, name=name, email=f"{name}@pirkanmaa.example", role=Role.DIRECTORY, authority_id=PIRKANMAA
        )
        for name in names
    ]
    with acting(SYSTEM):
        post_letters(Draft("directory_check", reader.username, reader, PIRKANMAA, data) for reader in readers)


def waiting() -> int:
    with acting(SYSTEM):
        return Letter.objects.filter(sent_at=None).count()


def let_the_lease_end() -> None:
    with acting(SYSTEM):
        Letter.objects.filter(sent_at=None).update(next_attempt_at=clock.now())


def test_a_wake_up_sends_a_letter_without_a_sweep(start_worker, mailbox: Mailbox):
    start_worker()
    post("a")
    assert until(lambda: waiting() == 0) < 5
    assert mailbox.readers == ["a@pirkanmaa.example"]


def test_a_worker_killed_between_sending_and_writing_it_down_repeats_the_letter(
    start_worker, start_beat, mailbox: Mailbox
):
    process = start_worker()
    mailbox.taking.clear()
    post("a")
    until(lambda: mailbox.letters)
    os.killpg(process.pid, signal.SIGKILL)
    mailbox.taking.set()
    assert waiting() == 1
    let_the_lease_end()
    start_worker()
    start_beat()
    until(lambda: waiting() == 0)
    first, second = mailbox.letters
    assert first["Message-ID"] == second["Message-ID"]


def test_letters_whose_wake_ups_were_wiped_are_sent_by_the_sweep(broker, start_worker, start_beat, mailbox: Mailbox):
    post("a", "b")
    with redis.Redis.from_url(broker.url) as client:
        assert client.dbsize() > 0
        client.flushall()
    start_worker()
    start_beat()
    until(lambda: waiting() == 0)
    assert mailbox.readers == ["a@pirkanmaa.example", "b@pirkanmaa.example"]


def test_a_mail_server_that_was_away_gets_what_waited_for_it(start_worker, start_beat, mailbox: Mailbox):
    mailbox.stop()
    post("a")
    start_worker()
    start_beat()
    until(lambda: tried() == 1)
    assert waiting() == 1
    mailbox.start()
    let_the_lease_end()
    until(lambda: waiting() == 0)
    assert mailbox.readers == ["a@pirkanmaa.example"]


def tried() -> int:
    with acting(SYSTEM):
        return Letter.objects.filter(last_error="server_away").count()
