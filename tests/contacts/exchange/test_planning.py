"""What an import would do, and every problem by row."""

from __future__ import annotations

import io
from uuid import uuid4

import pytest
from openpyxl import Workbook, load_workbook

from contacts.actions.keeping import agree_practice
from contacts.exchange.exporting import export
from contacts.exchange.grid import MOST_BYTES, TooManyRows, Unreadable
from contacts.exchange.planning import Plan, plan_file
from contacts.models import District
from kela_kunta.base.actor import Actor
from kela_kunta.base.problems import TooLarge
from tests.contacts.exchange.entries import (
    PIRKANMAA,
    add,
    contact_row,
    known_postal_codes,
    state,
    table,
)

pytestmark = pytest.mark.django_db
EDITOR = Actor("editor", "editor", "Eeva Editor", "kela")
LAPLAND = "county-21"


def plan(content: bytes, kind: str = "contact", owner: str = PIRKANMAA, **options) -> Plan:
    return plan_file(content, kind=kind, owner=owner, **options)


def counts(found: Plan) -> tuple[int, int, int, int]:
    assert found.troubles == []
    return len(found.additions), len(found.changes), found.unchanged, len(found.removals)


def troubles(found: Plan) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.code) for one in found.troubles]


@pytest.mark.parametrize("format", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["contact", "service_point", "local_practice"])
def test_what_was_exported_changes_nothing(format, kind):
    add(kind)
    assert counts(plan(export(format, kind=kind, owner=PIRKANMAA), kind, whole=True)) == (0, 0, 1, 0)


def test_a_changed_cell_is_a_change_of_that_field_alone():
    row = add()
    found = plan(table({"id": str(row.pk), "kind": "adult_social_work", "phone": "040 7654321"}))
    assert counts(found) == (0, 1, 0, 0)
    assert list(found.changes[0].fields()) == [("phone", "+358401234567", "+358407654321")]


def test_a_column_that_is_not_there_stays_and_an_empty_cell_empties():
    row = add(note_fi="Soita aamulla.", title_sv="Vuxensocialarbete")
    found = plan(table({"id": str(row.pk), "kind": "adult_social_work", "title_sv": ""}))
    assert list(found.changes[0].fields()) == [("title_sv", "Vuxensocialarbete", "")]


def test_a_row_without_an_identifier_that_says_what_is_there_adds_nothing():
    add(kind="housing", municipality_id=None, hours="", languages=[], title_fi="A")
    assert counts(plan(table({"kind": "housing", "title_fi": "A", "phone": "0401234567"}))) == (0, 0, 1, 0)


def test_what_is_not_in_the_file_stays_unless_its_removal_is_asked_for():
    stays, goes = add(), add(title_fi="Toinen")
    add(owner=LAPLAND, by=Actor("directory", "x", "X", LAPLAND))
    content = table({"id": str(stays.pk), "kind": "adult_social_work"})
    assert counts(plan(content)) == (0, 0, 1, 0)
    found = plan(content, whole=True)
    assert counts(found) == (0, 0, 1, 1)
    assert [row.pk for row in found.removals] == [goes.pk]


def test_another_owners_identifier_and_one_that_never_was_look_alike():
    theirs = add(owner=LAPLAND, by=Actor("directory", "x", "X", LAPLAND))
    rows = [{"id": str(id), "kind": "housing", "phone": "040 1234567"} for id in (theirs.pk, uuid4())]
    found = plan(table(*rows))
    assert troubles(found) == [(2, "id", "unknown"), (3, "id", "unknown")]
    assert len({str(one.text) for one in found.troubles}) == 1


def test_a_point_is_not_changed_by_a_table_of_contacts():
    point = add("service_point")
    assert troubles(plan(table({"id": str(point.pk), "kind": "housing"}))) == [(2, "id", "unknown")]


def test_a_thousand_rows_with_seven_bad_ones_tell_exactly_the_seven():
    add()
    before = state()
    rows = [contact_row(number) for number in range(1000)]
    rows[9]["kind"] = "housng"
    rows[99]["phone"] = "12"
    rows[199]["phone"] = ""
    rows[299]["municipality"] = "999"
    rows[399]["hours"] = "whenever"
    rows[499] = dict(rows[498])
    rows[999]["email"] = "nobody"
    found = plan(table(*rows, columns="kind title_fi phone municipality hours email"))
    assert troubles(found) == [
        (11, "kind", "invalid_choice"),
        (101, "phone", "invalid"),
        (201, "phone", "unreachable"),
        (301, "municipality", "unknown"),
        (401, "hours", "invalid"),
        (501, "", "repeated"),
        (1001, "email", "invalid"),
    ]
    assert str(found.troubles[5].text) == "The same stands in row 500 already."
    assert state() == before


def test_all_faults_of_a_row_are_told():
    found = plan(
        table(
            {
                "kind": "x",
                "phone": "1",
                "email": "2",
                "municipality": "999",
                "languages": "fi fi",
                "review_months": "99",
            }
        )
    )
    assert {column for _row, column, _code in troubles(found)} == {
        "kind",
        "phone",
        "email",
        "municipality",
        "languages",
        "review_months",
    }


def test_codes_must_be_found():
    known_postal_codes("33100")
    cells = {"municipality": "837", "serves": "998 211", "name_fi": "A", "street_fi": "B", "postal_code": "99998"}
    assert troubles(plan(table(cells), "service_point")) == [
        (2, "serves", "unknown"),
        (2, "postal_code", "postal_code"),
    ]
    assert troubles(plan(table(contact_row(district=District.objects.first().pk)))) == [(2, "district", "not_of_kela")]
    assert troubles(plan(table(contact_row(district="99")), owner="kela")) == [(2, "district", "unknown")]


def test_a_merged_municipality_is_none_today():
    assert troubles(plan(table(contact_row(municipality="223")))) == [(2, "municipality", "unknown")]


def test_an_agreed_practice_is_not_rewritten():
    row = add("local_practice")
    row = agree_practice(row, version=1, by=EDITOR)
    content = table({"id": str(row.pk), "topic": "urgent", "text_fi": "Toisin.", "from": "2026-01-01"})
    assert troubles(plan(content, "local_practice")) == [(2, "", "agreed_already")]
    assert counts(plan(export("csv", kind="local_practice"), "local_practice")) == (0, 0, 1, 0)


def test_kela_has_no_practices_of_its_own():
    content = table({"topic": "urgent", "text_fi": "A", "from": "2026-01-01"})
    assert troubles(plan(content, "local_practice", owner="kela")) == [(0, "", "not_kelas_own")]


def test_a_formula_in_a_cell_is_told_with_its_row_and_column():
    book = Workbook()
    book.active.append(["kind", "phone", "note_fi"])
    book.active.append(["housing", 401234567, '=HYPERLINK("https://evil.example")'])
    out = io.BytesIO()
    book.save(out)
    assert troubles(plan(out.getvalue())) == [(2, "note_fi", "formula")]


def test_a_formula_written_as_text_stays_text_there_and_back():
    add(note_fi='=HYPERLINK("https://evil.example")', title_fi="+358 40", person="@A1", title_sv="-1")
    for format in ("csv", "xlsx"):
        assert counts(plan(export(format, kind="contact", owner=PIRKANMAA))) == (0, 0, 1, 0)
    sheet = load_workbook(io.BytesIO(export("xlsx", kind="contact")))["contact"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


def test_numbers_that_excel_made_of_phones_and_codes_are_understood():
    known_postal_codes("00100")
    book = Workbook()
    book.active.append(["municipality", "name_fi", "street_fi", "postal_code", "phone"])
    book.active.append([20, "A", "B", 100, 358401234567])
    out = io.BytesIO()
    book.save(out)
    (addition,) = plan(out.getvalue(), "service_point").additions
    values = addition.values
    assert (values["municipality_id"], values["postal_code"], values["phone"]) == ("020", "00100", "+358401234567")


@pytest.mark.parametrize("content", [b"", b" \n", b"kind;phone\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_told(content):
    with pytest.raises(Unreadable):
        plan(content)


def test_a_huge_file_is_refused_before_it_is_read():
    with pytest.raises(TooLarge):
        plan(b"x" * (MOST_BYTES + 1))
    with pytest.raises(TooManyRows):
        plan(b"kind\n" + b"x\n" * 20_001)


def test_the_same_plan_has_the_same_name_and_another_one_another():
    row = add()
    content = table({"id": str(row.pk), "kind": "adult_social_work", "phone": "040 7654321"})
    other = table({"id": str(row.pk), "kind": "adult_social_work", "phone": "040 7654322"})
    assert plan(content).digest() == plan(content).digest() != plan(other).digest()
