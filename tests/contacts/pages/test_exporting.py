"""The directory as a file to keep."""

from __future__ import annotations

import json

import pytest

from contacts.exchange.csv_files import read_csv
from contacts.exchange.xlsx_files import read_xlsx
from kela_kunta.base.actor import Actor
from tests.contacts.exchange.entries import PIRKANMAA, add

pytestmark = pytest.mark.django_db
URL = "/contacts/export/"


@pytest.fixture(autouse=True)
def _filled(db: None) -> None:
    add()
    add(audience="officials", kind="officials_line", person="Aino Esimerkki")
    add("service_point")
    add("local_practice")
    add(owner="county-21", by=Actor("directory", "x", "X", "county-21"), municipality_id=None)


@pytest.mark.parametrize("name", ["handler", "supervisor", "analyst", "pirkanmaa", "lead", "lapland"])
def test_whoever_reads_the_directory_takes_it_as_a_file(as_, request, name):
    answer = as_(request.getfixturevalue(name)).get(URL, {"format": "csv"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="contact-all.csv"'
    assert len(read_csv(answer.content).rows) == 4


def test_who_does_not_read_the_directory_takes_nothing(as_, auditor):
    assert as_(auditor).get(URL, {"format": "csv"}).status_code == 403


@pytest.mark.parametrize(("kind", "count"), [("contact", 2), ("service_point", 1), ("local_practice", 1)])
def test_one_owners_entries_of_a_kind_as_excel(as_, lead, kind, count):
    answer = as_(lead).get(URL, {"format": "xlsx", "kind": kind, "owner": PIRKANMAA})
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{kind}-county-08.xlsx"'
    assert len(read_xlsx(answer.content, kind).rows) == count + 1


def test_the_public_part_in_hsds(as_, handler):
    answer = as_(handler).get(URL, {"format": "hsds"})
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="hsds-all.json"'
    told = json.loads(answer.content)
    assert told["total_items"] == 3
    assert "Aino Esimerkki" not in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"format": "pdf"},
        {"format": "csv", "kind": "pause"},
        {"format": "csv", "owner": "nobody"},
        {"format": "csv", "owner": "\0"},
    ],
)
def test_what_cannot_be_understood_is_told(as_, handler, query):
    assert as_(handler).get(URL, query).status_code == 400


def test_nothing_is_posted_there(as_, handler):
    assert as_(handler).post(URL).status_code == 405
