"""The command that imports a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from contacts.actions.importing import undo_import
from contacts.models import Contact, ServicePoint
from contacts.queries.imports import import_of
from kela_kunta.base.actor import Actor
from tests.contacts.exchange import catalogue
from tests.contacts.exchange.entries import PIRKANMAA, add, all_of, contact_row, known_postal_codes, state, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path):
    def written(content: bytes, name: str = "table.csv") -> str:
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return written


def run(path: str, *options: str) -> None:
    call_command("import_directory", path, "--owner", PIRKANMAA, *options)


def test_a_thousand_rows_with_seven_bad_ones_tell_exactly_the_seven_and_change_nothing(file, capsys):
    add()
    before = state()
    bad = [0, 9, 99, 500, 501, 998, 999]
    rows = [contact_row(number) | ({"kind": "house"} if number in bad else {}) for number in range(1000)]
    path = file(table(*rows))
    for options in (["--dry-run"], []):
        with pytest.raises(CommandError, match="Nothing was imported") as ended:
            run(path, "--json", *options)
        assert ended.value.returncode == 1
        told = json.loads(capsys.readouterr().out)
        assert [(one["row"], one["column"]) for one in told["problems"]] == [(number + 2, "kind") for number in bad]
        assert told["imported"] is False
    assert state() == before


def test_a_dry_run_tells_and_changes_nothing(file, capsys):
    run(file(table(contact_row())), "--dry-run")
    assert capsys.readouterr().out == "It would be: 1 added, 0 changed, 0 unchanged, 0 removed.\n"
    assert all_of(Contact) == []


def test_an_import_names_its_batch_by_which_it_is_taken_back(file, capsys):
    add()
    run(file(table(contact_row())), "--whole", "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["added"], told["removed"], told["imported"]) == (1, 1, True)
    assert import_of(told["batch"]).by == "import_directory"
    undo_import(told["batch"], by=Actor.system("test"))
    assert [row.title_fi for row in all_of(Contact)] == ["Aikuissosiaalityö"]


def test_problems_are_lines_for_people(file, capsys):
    with pytest.raises(CommandError):
        run(file(table(contact_row(phone="1"))))
    assert capsys.readouterr().out == "Row 2, phone: This is not a telephone number. Write it like +358 40 1234567.\n"


def test_a_file_of_the_catalogue(file, capsys):
    known_postal_codes("33100")
    path = file(catalogue.file(catalogue.office(), catalogue.line(serviceChannelType="WebPage")), "ptv.json")
    run(path, "--format", "ptv")
    out = capsys.readouterr().out
    assert out.startswith("Left out: Aikuissosiaalityön neuvonta: Only places")
    assert "Done: 1 added, 0 changed, 0 unchanged, 0 removed." in out
    assert len(all_of(ServicePoint)) == 1


@pytest.mark.parametrize(("content", "code"), [(b"", "unreadable"), (b"x" * (10 * 1024 * 1024 + 1), "too_large")])
def test_a_file_that_cannot_be_taken_is_told(file, capsys, content, code):
    with pytest.raises(CommandError):
        run(file(content), "--json")
    assert [one["code"] for one in json.loads(capsys.readouterr().out)["problems"]] == [code]


def test_a_file_that_is_not_there_and_an_unknown_owner_are_told(file):
    with pytest.raises(CommandError, match="No such file"):
        run("/nowhere/at-all.csv")
    with pytest.raises(CommandError, match="There is no authority nobody"):
        call_command("import_directory", file(b"x"), "--owner", "nobody")
