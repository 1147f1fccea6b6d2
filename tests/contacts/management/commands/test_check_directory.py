"""The nightly look at the directory, by hand."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from contacts.actions.keeping import add_entry
from contacts.models import Contact, DirectoryCheck
from contacts.tasks import check_directory
from delivery.models import Letter
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from tests.cast import PIRKANMAA

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


@pytest.fixture
def stale() -> None:
    on = clock.today() - timedelta(days=400)
    add_entry(Contact, {"kind": "housing", "phone": "+358401234567"}, owner=PIRKANMAA, by=SYSTEM, on=on)


def test_it_says_who_is_asked_and_what_is_lacking(stale, lead, capsys):
    call_command("check_directory")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "county-08: 1 stale, 0 due, 1 letters"
    assert (
        "837 Tampere: no officials_line, adult_social_work, social_emergency, child_welfare, immigrant_services"
        in lines
    )
    assert lines[-1].startswith("1 entries stale, 0 due, 1 letters; 292 of 292 municipalities lack")


def test_a_program_reads_the_same_as_json(stale, capsys):
    call_command("check_directory", "--json")
    found = json.loads(capsys.readouterr().out)
    assert found["owners"] == [{"authority": PIRKANMAA, "due": 0, "stale": 1, "keepers": 0, "letters": 0}]
    assert (found["incomplete"], found["municipalities"]) == (292, 292)
    akaa = next(row for row in found["lacking"] if row["municipality"] == "020")
    assert akaa["name"] == "Akaa"
    assert "housing" not in akaa["missing"]


def test_by_hand_and_by_night_it_is_the_same_work(stale, lead):
    call_command("check_directory", "--json")
    check_directory()
    with acting(SYSTEM):
        assert Letter.objects.count() == 1
    assert DirectoryCheck.objects.count() == 2
