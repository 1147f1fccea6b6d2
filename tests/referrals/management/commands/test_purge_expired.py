"""`manage.py purge_expired`."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from kela_kunta.base import clock
from referrals.models import Purge

pytestmark = pytest.mark.django_db
KINDS = {"referrals", "messages", "months", "imports", "recipients", "runs", "looks", "traces"}


def test_a_purge_is_a_row_and_says_how_many_of_each_kind_went(capsys):
    day = clock.today() - timedelta(days=1)
    call_command("purge_expired", f"--as-of={day}", "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["as_of"], told["dry_run"], set(told["gone"])) == (day.isoformat(), False, KINDS)
    assert Purge.objects.get().as_of == day


def test_a_dry_run_stores_nothing(capsys):
    call_command("purge_expired", "--dry-run")
    assert f"{clock.today()}: 0 referrals, 0 messages" in capsys.readouterr().out
    assert not Purge.objects.exists()


def test_a_day_to_come_is_refused():
    with pytest.raises(CommandError, match="still to come"):
        call_command("purge_expired", f"--as-of={clock.today() + timedelta(days=1)}")
