"""One row an entry: whatever stands in the directory comes back from its table as it was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.bodies import BODIES
from contacts.exchange.csv_files import read_csv, write_csv
from contacts.exchange.tables import cells_of, columns, json_of, read_lines, says_the_same
from contacts.exchange.xlsx_files import read_xlsx, write_xlsx
from contacts.models import Contact, Entry, LocalPractice, ServicePoint
from tests.contacts.exchange.entries import CONTACT, PIRKANMAA, POINT, PRACTICE

NASTY = [
    "=1+1",
    "+358401234567",
    "-5",
    "@SUM(A1)",
    "'",
    "'=x",
    "''+x",
    ";",
    '"',
    "a;b,c",
    "0012",
    "1e5",
    "yes",
    "2.1.2026",
]
line = (st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=40)).map(
    str.strip
)
lines = st.lists(line, max_size=3).map("\n".join).map(str.strip)
phones = st.sampled_from(
    ["", "+358401234567", "+35832311234", "+46701234567", "+4930123456", "+358800123456", "+12125550123"]
)
languages = st.lists(st.sampled_from(["fi", "sv", "en", "smn"]), unique=True)
codes = st.sampled_from(["837", "005", "091", None])
contacts = st.builds(
    lambda **values: Contact(owner_id=PIRKANMAA, **CONTACT | values),
    municipality_id=codes, title_fi=line, title_sv=line, person=line, phone=phones, email=st.just("a@kunta.example"),
    languages=languages, note_fi=lines, note_sv=lines, review_months=st.integers(1, 24),
    channel=st.just("email"), hours=st.sampled_from(["", "24/7", "Mo-Fr 09:00-15:00; PH closed"]),
)  # fmt: skip
points = st.builds(
    lambda **values: ServicePoint(owner_id=PIRKANMAA, **POINT | values),
    serves=st.lists(st.sampled_from(["005", "211", "604"]), unique=True), name_fi=line.filter(bool), street_fi=line.filter(bool),
    postal_code=st.sampled_from(["33100", "00100", "02070"]), phone=phones, hands_over_commitments=st.booleans(), note_fi=lines,
)  # fmt: skip
days = st.dates(date(2017, 1, 1), date(2030, 1, 1))
practices = st.builds(
    lambda first, length, **values: LocalPractice(
        owner_id=PIRKANMAA,
        **PRACTICE | {"valid": DateRange(first, first + timedelta(days=length) if length else None)} | values,
    ),
    days, st.integers(0, 400), text_fi=lines.filter(bool), text_sv=lines, urgent_only=st.booleans(),
    types=st.lists(st.sampled_from(["under_25", "over_25", "social_work_need"]), unique=True),
)  # fmt: skip


@settings(max_examples=80)
@pytest.mark.parametrize("format", ["csv", "xlsx"])
@given(row=contacts | points | practices)
def test_an_exported_entry_comes_back_as_it_was(format, row):
    row.id = row.pk = "01a21374-bdd8-7ea5-ac1d-8360b024c36b"
    table = columns(row.KIND), list(cells_of([row], row.KIND))
    grid = read_csv(write_csv(*table)) if format == "csv" else read_xlsx(write_xlsx([(row.KIND, *table)]), row.KIND)
    (found,), troubles = read_lines(grid, row.KIND, owner=PIRKANMAA)
    body = BODIES[row.KIND]()
    assert (troubles, str(found.id)) == ([], row.pk)
    assert says_the_same(row, body, found.given)
    assert body.run_validation(json_of(row, body) | found.given) == row.written()


@pytest.mark.parametrize("model", [Contact, ServicePoint, LocalPractice])
def test_a_body_writes_just_the_columns_that_people_write(model: type[Entry]):
    sources = {field.source or name for name, field in BODIES[model.KIND]().fields.items()}
    assert sources - {"valid_from", "valid_to"} == set(model.WRITTEN) - {"valid"}


def read(text: str, kind: str = "contact"):
    return read_lines(read_csv(text.encode()), kind, owner=PIRKANMAA)


def troubles(text: str, kind: str = "contact") -> list[tuple]:
    return [(one.row, one.column, one.code) for one in read(text, kind)[1]]


def test_every_fault_of_the_heading_is_told():
    assert troubles("phone;phone;colour;;email\n1;2;3;4;5") == [
        (1, "kind", "missing_column"),
        (1, "phone", "repeated_column"),
        (1, "colour", "unknown_column"),
        (1, "", "unnamed_column"),
    ]


def test_a_table_of_another_kind_is_told_once():
    lines, found = read("topic;text_fi;from\nurgent;Soita;2026-01-01")
    assert lines == []
    assert [str(one.text) for one in found] == [
        "This looks like a table of local practices, not like a table of contacts."
    ]


def test_case_and_spaces_in_the_heading_do_not_matter():
    assert troubles(" Kind ;PHONE\nhousing;040 1234567") == []


def test_a_row_longer_than_the_heading_is_told():
    assert troubles("kind;phone\nhousing;040 1234567;what") == [(2, "", "too_many_cells")]


def test_another_authoritys_row_and_a_wrong_identifier_are_told():
    assert troubles("id;owner;kind\nx;county-21;housing") == [(2, "owner", "others"), (2, "id", "invalid")]


def test_the_same_identifier_twice_is_told():
    id = "01a21374-bdd8-7ea5-ac1d-8360b024c36b"
    assert troubles(f"id;kind\n{id};housing\n{id};housing") == [(3, "id", "repeated")]


def given_by(column: str, cell: str, kind: str = "contact"):
    required = {
        "contact": "kind",
        "service_point": "municipality;name_fi;street_fi;postal_code",
        "local_practice": "topic;text_fi;from",
    }
    names = [name for name in required[kind].split(";") if name != column]
    (found,), _troubles = read(";".join([*names, column]) + "\n" + "x;" * len(names) + f'"{cell}"', kind)
    return found.given[column]


@pytest.mark.parametrize(
    ("kind", "column", "cell", "wanted"),
    [
        ("contact", "municipality", "91", "091"),
        ("contact", "municipality", "5", "005"),
        ("contact", "languages", "fi, sv;en", ["fi", "sv", "en"]),
        ("contact", "languages", "", []),
        ("service_point", "postal_code", "100", "00100"),
        ("service_point", "serves", "5 837", ["005", "837"]),
        ("service_point", "hands_over_commitments", "Kyllä", "true"),
        ("service_point", "hands_over_commitments", "nej", "false"),
        ("service_point", "hands_over_commitments", "perhaps", "perhaps"),
        ("local_practice", "from", "1.2.2026", "2026-02-01"),
        ("local_practice", "from", "soon", "soon"),
    ],
)
def test_what_a_spreadsheet_writes_its_own_way_is_understood(kind, column, cell, wanted):
    assert given_by(column, cell, kind) == wanted
