"""The command that loads the reference data."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from contacts.models import Municipality

pytestmark = pytest.mark.django_db


def test_says_that_all_was_there(capsys):
    call_command("load_reference")
    assert capsys.readouterr().out == "Reference data 2026-11: up to date.\n"


def test_says_how_many_rows_changed_and_what_stays_as_recorded(capsys, edit):
    line = "837,social_services,county-08,2023-01-01,,high"
    folder = edit("responsibilities.csv", line, line.replace("county-08", "county-07"))
    call_command("load_reference", "--from", str(folder))
    said = capsys.readouterr()
    assert said.out == "Reference data 2026-11: 10 rows changed.\n"
    assert "837 over_25: county-07 from 2023-01-01" in said.err


def test_names_every_problem_and_changes_nothing(edit):
    edit("regions.csv", "04,Satakunta", "x,Satakunta")
    folder = edit("municipalities.csv", "010,Alavus,Alavo,", "010,Alavus,,")
    with pytest.raises(CommandError, match="Nothing was loaded") as refused:
        call_command("load_reference", "--from", str(folder))
    assert 'regions.csv, line 4: code cannot be "x"' in str(refused.value)
    assert 'municipalities.csv, line 4: name_sv cannot be ""' in str(refused.value)
    assert Municipality.objects.get(code="010").name_sv == "Alavo"
