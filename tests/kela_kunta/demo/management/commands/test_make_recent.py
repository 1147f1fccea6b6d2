"""Tests of the command make_recent."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from kela_kunta.base.actor import acting
from kela_kunta.demo.accounts import make_accounts
from kela_kunta.demo.recent import DIRECTOR
from referrals.models import Recipient

pytestmark = pytest.mark.django_db


def test_the_people_of_these_days_come_once() -> None:
    make_accounts()
    counts = []
    for _time in range(2):
        call_command("make_recent")
        with acting(DIRECTOR):
            counts.append(Recipient.objects.count())
    assert counts[0] == counts[1] > 50
