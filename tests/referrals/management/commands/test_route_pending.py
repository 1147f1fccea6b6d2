"""Routing by hand, for when no wake-up and no sweep come."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from contacts.queries import register
from kela_kunta.base import clock
from referrals.actions.sending import send_referrals
from referrals.drafts import read_draft
from tests.builders import body

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(handler) -> None:
    """More than one batch."""
    draft = read_draft(body("supplementary_application"), on=clock.today(), register=register())
    send_referrals({str(number): draft for number in range(201)}, by=handler.actor)


def told(*options: str) -> str:
    out = StringIO()
    call_command("route_pending", *options, stdout=out)
    return out.getvalue()


def test_everything_that_waits_is_routed_and_counted(waiting):
    assert told().splitlines()[-1] == "201 referrals routed."
    assert told() == "0 referrals routed.\n"


def test_programs_get_one_line_of_json(waiting):
    assert json.loads(told("--json")) == {"routed": 201}
