"""The command that exports the directory."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.contacts.exchange.entries import PIRKANMAA, add

pytestmark = pytest.mark.django_db


def test_a_table_goes_to_a_file_and_back_without_a_change(tmp_path: Path, capsys):
    add()
    for format in ("csv", "xlsx"):
        path = tmp_path / f"contacts.{format}"
        call_command("export_directory", "--format", format, "--owner", PIRKANMAA, "--to", str(path))
        call_command("import_directory", str(path), "--owner", PIRKANMAA, "--whole", "--dry-run")
        assert capsys.readouterr().out == "It would be: 0 added, 0 changed, 1 unchanged, 0 removed.\n"


def test_the_public_part_goes_to_the_standard_output(capsysbinary):
    add()
    call_command("export_directory", "--format", "hsds")
    assert json.loads(capsysbinary.readouterr().out)["total_items"] == 1


def test_an_unknown_owner_is_told():
    with pytest.raises(CommandError, match="There is no authority nobody"):
        call_command("export_directory", "--format", "csv", "--owner", "nobody")
