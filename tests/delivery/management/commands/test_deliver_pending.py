"""Delivering by hand."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from delivery.actions.posting import Draft, post_letters
from tests.cast import PIRKANMAA
from tests.mailbox import Mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def posted(mailbox: Mailbox) -> None:
    mailbox.by_address = {"r0@pirkanmaa.example": "550 nobody", "r1@pirkanmaa.example": "450 later"}
    data = {"due": 1, "stale": 0, "missing": 0}
    post_letters(
        Draft("directory_check", f"key-{number}", f"r{number}@pirkanmaa.example", PIRKANMAA, data)
        for number in range(45)
    )


def test_everything_that_is_due_is_delivered(posted, mailbox: Mailbox, capsys):
    call_command("deliver_pending")
    assert "letters: 43 delivered, 1 to be tried again, 1 given up." in capsys.readouterr().out.splitlines()
    assert len(mailbox.letters) == 43


def test_a_program_reads_it_as_json(posted, capsys):
    call_command("deliver_pending", "--json")
    assert json.loads(capsys.readouterr().out)["letters"] == {"done": 43, "later": 1, "dead": 1}
    call_command("deliver_pending", "--json")
    assert json.loads(capsys.readouterr().out)["letters"] == {"done": 0, "later": 0, "dead": 0}
