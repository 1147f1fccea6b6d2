"""`manage.py import_assistance_months`."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from kela_kunta.base.actor import Actor, acting
from referrals.models import AssistanceImport, AssistanceMonth
from tests.referrals.actions.test_importing import paid, table

pytestmark = pytest.mark.django_db


def months() -> int:
    with acting(Actor.system("test")):
        return AssistanceMonth.objects.count()


def test_a_good_table_is_stored_and_the_same_again_changes_nothing(tmp_path, capsys):
    file = tmp_path / "months.csv"
    file.write_bytes(table(paid("2026-07", "500"), paid("2026-08", "500")))
    call_command("import_assistance_months", str(file), "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["changed"] == 2
    with acting(Actor.system("test")):
        made = AssistanceImport.objects.get()
    assert (told["import_id"], made.way, made.told) == (str(made.pk), "table", 2)
    call_command("import_assistance_months", str(file), "--json")
    assert json.loads(capsys.readouterr().out)["changed"] == 0
    assert months() == 2


def test_one_bad_row_stores_nothing_and_is_named(tmp_path, capsys):
    file = tmp_path / "months.csv"
    file.write_bytes(table(paid("2026-07", "500"), paid("2026-07", "x", number=901)))
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_assistance_months", str(file))
    assert "Row 2, amount: Write the amount in euros" in capsys.readouterr().out
    assert months() == 0


def test_a_dry_run_stores_nothing(tmp_path, capsys):
    file = tmp_path / "months.csv"
    file.write_bytes(table(paid("2026-07", "500")))
    call_command("import_assistance_months", str(file), "--dry-run")
    assert "1 rows, 1 months, nothing stored." in capsys.readouterr().out
    assert months() == 0


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_assistance_months", str(tmp_path / "none.csv"))
