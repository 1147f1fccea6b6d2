"""`manage.py detect_alerts`."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.models import AlertRun, Referral
from tests.assistance import tell_months

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def run(capsys, *args: str) -> dict:
    call_command("detect_alerts", *args, "--json")
    return json.loads(capsys.readouterr().out)


def sent() -> int:
    with acting(Actor.system("test")):
        return Referral.objects.count()


def test_it_sends_what_is_due_and_twice_sends_none_more(capsys):
    tell_months(4)
    assert run(capsys)["released"] == 1
    assert run(capsys)["released"] == 0
    assert sent() == 1


def test_a_dry_run_gives_the_reason_of_each_and_sends_nothing(capsys):
    tell_months(4)
    told = run(capsys, "--dry-run")
    assert (told["found"], told["released"], sent()) == (1, 0, 0)
    [alert] = told["alerts"]
    assert (alert["type"], alert["months"], alert["age"]) == ("under_25", 4, 23)
    with acting(Actor.system("test")):
        assert not AlertRun.objects.exists()
    call_command("detect_alerts", "--dry-run")
    out = capsys.readouterr().out
    assert "4 months: 7–10/2026, aged 23" in out
    assert "Esimerkki" not in out


def test_a_dry_run_tells_the_first_permit_of_an_immigrant(capsys):
    tell_months(2, residence_ground="work", first_permit_on="2025-09-03", unemployed=False)
    [alert] = run(capsys, "--dry-run")["alerts"]
    assert (alert["type"], alert["first_permit_on"]) == ("immigrant", "2025-09-03")
    call_command("detect_alerts", "--dry-run")
    assert "2 months: 9–10/2026, first permit 3.9.2025, aged 23" in capsys.readouterr().out


def test_only_a_dry_run_looks_ahead(capsys):
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    with pytest.raises(CommandError, match="still to come"):
        call_command("detect_alerts", "--as-of", tomorrow)
    assert run(capsys, "--as-of", tomorrow, "--dry-run")["as_of"] == tomorrow
