"""Excel's files: what is written is text, what is read is never calculated, and forged ones go no further."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from contacts.exchange.grid import MOST_ROWS, TooManyRows, Unreadable, Wrong
from contacts.exchange.xlsx_files import read_xlsx, write_xlsx

cells = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\n\t"),
    max_size=30,
).map(str.strip)


def book(*rows: list, sheets: dict[str, str] | None = None) -> bytes:
    """A workbook whose first sheet has the rows; `sheets` are others by name, with their state."""
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for name, state in (sheets or {}).items():
        made.create_sheet(name).append(["x"])
        made[name].sheet_state = state
    return saved(made)


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def rows(data: bytes, sheet: str = "contact") -> list[list]:
    return [cells for _number, cells in read_xlsx(data, sheet).rows]


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same file with another content of one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed:
        for part in parts.namelist():
            changed.writestr(part, content if part == name else parts.read(part))
    return out.getvalue()


@settings(max_examples=30)
@given(st.lists(st.tuples(cells, cells.filter(bool)), min_size=1, max_size=5))
def test_what_is_written_reads_back_the_same(table):
    assert rows(write_xlsx([("contact", ["name", "note"], table)])) == [["name", "note"], *map(list, table)]


NASTY = ["=1+1", '=HYPERLINK("https://evil.example")', "+358401234567", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "007"]


def test_no_written_cell_is_a_formula_or_a_number():
    data = write_xlsx([("contact", ["note"], [[text] for text in NASTY])])
    sheet = load_workbook(io.BytesIO(data))["contact"]
    found = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.data_type for cell in found] == ["s"] * len(NASTY)
    assert [cell.value for cell in found] == NASTY
    assert all(cell.quotePrefix and cell.number_format == "@" for cell in found)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_numbers_days_and_yes_come_as_people_see_them():
    data = book(
        ["a"],
        [33100],
        [837.0],
        [0.5],
        [True],
        [False],
        [date(2026, 1, 2)],
        [datetime.fromisoformat("2026-01-02T09:30")],
    )
    assert [row[0] for row in rows(data)[1:]] == [
        "33100",
        "837",
        "0.5",
        "yes",
        "no",
        "2026-01-02",
        "2026-01-02T09:30:00",
    ]


def test_a_formula_and_an_error_are_told_not_calculated():
    found = rows(book(["note"], ["=1+1"], ["#N/A"]))
    assert [cell.code for _heading, cell in zip("ab", (found[1][0], found[2][0]), strict=True)] == [
        "formula",
        "excel_error",
    ]
    assert isinstance(found[1][0], Wrong)


def test_the_sheet_of_the_kind_is_read_before_the_first_one():
    made = Workbook()
    made.active.append(["first"])
    made.create_sheet("contact").append(["second"])
    grid = read_xlsx(saved(made), "contact")
    assert grid.rows == [(1, ["second"])]
    assert [str(note) for note in grid.notes] == ["The sheet “Sheet” was not read."]


def test_hidden_sheets_are_not_read_and_that_is_told():
    data = book(["name"], sheets={"contact": "hidden", "secret": "veryHidden"})
    grid = read_xlsx(data, "contact")
    assert grid.rows == [(1, ["name"])]
    assert len(grid.notes) == 2


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 100, book(["a"])[:-30], book(["a"])[:200]])
def test_a_broken_file_is_told(data):
    with pytest.raises(Unreadable):
        read_xlsx(data, "contact")


WHOLE = book(["kind", "phone"], ["housing", "040 1234567"])


@settings(max_examples=60)
@given(st.dictionaries(st.floats(0, 1, exclude_max=True), st.integers(0, 255), min_size=1, max_size=6))
def test_a_file_damaged_anywhere_is_read_or_refused(damage):
    content = bytearray(WHOLE)
    for place, byte in damage.items():
        content[int(place * len(content))] = byte
    with suppress(Unreadable, TooManyRows):
        read_xlsx(bytes(content), "contact")


def test_an_old_or_locked_file_is_told():
    with pytest.raises(Unreadable) as refusal:
        read_xlsx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "contact")
    assert "password" in str(refusal.value.detail)


def test_another_archive_is_no_workbook():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("readme.txt", "hello")
    with pytest.raises(Unreadable):
        read_xlsx(out.getvalue(), "contact")


def test_a_small_file_that_unpacks_to_a_huge_one_goes_no_further():
    bomb = with_part(book(["a"]), "docProps/app.xml", b" " * (61 * 1024 * 1024))
    assert len(bomb) < 200_000
    with pytest.raises(Unreadable) as refusal:
        read_xlsx(bomb, "contact")
    assert "unpacked" in str(refusal.value.detail)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_go_no_further(encoding):
    sheet = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>'
    )
    with pytest.raises(Unreadable) as refusal:
        read_xlsx(with_part(book(["a"]), "xl/worksheets/sheet1.xml", sheet.encode(encoding)), "contact")
    assert "no table needs" in str(refusal.value.detail)


def test_a_sheet_that_tells_a_wrong_size_is_read_by_what_it_holds():
    data = book(["a"], ["b"])
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
    assert b'ref="A1:A2"' in sheet
    assert rows(with_part(data, "xl/worksheets/sheet1.xml", sheet.replace(b'ref="A1:A2"', b'ref="A1:A1"'))) == [
        ["a"],
        ["b"],
    ]


def test_one_row_too_many_is_refused():
    made = Workbook(write_only=True)
    sheet = made.create_sheet()
    for _number in range(MOST_ROWS + 2):
        sheet.append(["a"])
    with pytest.raises(TooManyRows):
        read_xlsx(saved(made), "contact")


def gap_to(row: str) -> bytes:
    """A sheet with a first row, and one with that number."""
    data = book(["a"], ["b"])
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    return with_part(
        data, "xl/worksheets/sheet1.xml", sheet.replace('r="2"', f'r="{row}"').replace('"A2"', f'"A{row}"').encode()
    )


def test_a_gap_of_a_million_rows_is_passed_over():
    assert read_xlsx(gap_to("1048576"), "contact").rows == [(1, ["a"]), (1048576, ["b"])]


def test_a_row_beyond_the_last_one_is_forged():
    with pytest.raises(Unreadable):
        read_xlsx(gap_to("99999999999999"), "contact")
