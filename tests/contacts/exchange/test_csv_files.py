"""CSV as Excel and others write it, and cells that no spreadsheet calculates."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.exchange.csv_files import active, inert, read_csv, write_csv
from contacts.exchange.grid import MOST_ROWS, Grid, TooManyRows, Unreadable

HEADING = ["name", "note"]
cells = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=30).map(str.strip)


def rows(data: bytes) -> list[list[str]]:
    return [cells for _number, cells in read_csv(data).rows]


@given(st.lists(st.tuples(cells, cells.filter(bool)), min_size=1, max_size=5))
def test_what_is_written_reads_back_the_same(table):
    assert rows(write_csv(HEADING, table)) == [HEADING, *map(list, table)]


@given(st.text(st.sampled_from("'=+-@\t\r\n＝ab1")))
def test_no_cell_begins_like_a_formula_and_each_comes_back(text):
    written = inert(text)
    assert not written[:1] or written[0] not in "=+-@\t\r\n＝＋－＠"
    assert active(written) == text


@pytest.mark.parametrize("text", ["=1+1", "+358401234567", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1"])
def test_a_formula_gets_an_apostrophe(text):
    assert f'"\'{text}"'.encode() in write_csv(HEADING, [[text, ""]])


def test_excel_in_finland_opens_it_right():
    data = write_csv(HEADING, [["Äänekoski", "å"]])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == '"name";"note"\r\n"Äänekoski";"å"\r\n'


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_the_usual_encodings_and_separators_are_understood(delimiter, encoding):
    text = f"name{delimiter}note\r\nÄänekoski{delimiter}a; b, c\r\n" if delimiter == "\t" else (
        f'name{delimiter}note\r\nÄänekoski{delimiter}"a; b, c"\r\n'
    )  # fmt: skip
    assert rows(text.encode(encoding)) == [HEADING, ["Äänekoski", "a; b, c"]]


def test_excels_own_first_line_is_no_row():
    assert rows(b"sep=|\r\nname|note\r\na|b\r\n") == [HEADING, ["a", "b"]]


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    data = b'name;note\r\n"two\nlines";x\r\n\r\n;;\r\nlast;y\r\n'
    assert [number for number, _cells in read_csv(data).rows] == [1, 2, 5]


@pytest.mark.parametrize("data", [b'name;note\r\na;"b', b'name;note\r\na;"b"c\r\n', b"name\n" + b"a" * 200_000])
def test_broken_quotation_marks_and_endless_cells_are_told(data):
    with pytest.raises(Unreadable) as refusal:
        read_csv(data)
    assert "quotation marks" in str(refusal.value.detail)


def test_what_is_no_text_is_told():
    with pytest.raises(Unreadable):
        read_csv(b"\x89PNG\r\n\x1a\n\x81\x8d\x8f")


@given(st.binary(max_size=200))
def test_whatever_comes_is_read_or_refused(data):
    with suppress(Unreadable):
        assert isinstance(read_csv(data), Grid)


def test_one_row_too_many_is_refused():
    data = b"name\n" + b"a\n" * MOST_ROWS
    assert len(read_csv(data).rows) == MOST_ROWS + 1
    with pytest.raises(TooManyRows):
        read_csv(data + b"a\n")


def test_more_columns_than_any_table_has_are_refused():
    with pytest.raises(Unreadable) as refusal:
        read_csv(b"a;" * 100_000)
    assert "60 columns" in str(refusal.value.detail)
