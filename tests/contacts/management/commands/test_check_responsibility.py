"""The command that reports where nobody would receive a referral."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from contacts.models import Responsibility

pytestmark = pytest.mark.django_db


def test_no_gap_is_exit_status_0(capsys):
    call_command("check_responsibility")
    assert capsys.readouterr().out.startswith("0 gaps from 2017-01-01 to ")


@pytest.fixture
def gap() -> None:
    Responsibility.objects.get(municipality="235", type="under_25", valid__contains=date(2018, 1, 1)).delete()


def test_a_gap_is_named_and_exit_status_1(gap, capsys):
    with pytest.raises(SystemExit, match="1"):
        call_command("check_responsibility")
    assert "235 Kauniainen, under_25: nobody 2017-01-01 to 2022-12-31" in capsys.readouterr().out


def test_a_program_reads_it_as_json(gap, capsys):
    with pytest.raises(SystemExit):
        call_command("check_responsibility", "--json", "--on", "2018-03-01")
    assert json.loads(capsys.readouterr().out) == {
        "gaps": [{"municipality": "235", "type": "under_25", "from": "2018-03-01", "to": "2018-03-01"}]
    }


def test_one_day_may_be_without_the_gap_of_another(gap, capsys):
    call_command("check_responsibility", "--on", "2023-01-01")
    assert capsys.readouterr().out == "0 gaps from 2023-01-01 to 2023-01-01.\n"


def test_without_reference_data_it_does_not_say_that_all_is_well():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE contacts_municipality CASCADE")
    with pytest.raises(CommandError, match="run load_reference"):
        call_command("check_responsibility")
