from __future__ import annotations

import csv
import io

from openpyxl import load_workbook

from stats.exports.tabular import csv_of, xlsx_of
from tests.stats.exports.sample import SAMPLE


def test_csv_is_what_a_finnish_excel_reads():
    content = csv_of(SAMPLE)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["year"], row["region"], row["Maakunta"], row["Lähetteitä"]) for row in rows] == [
        ("2016", "01", "Uusimaa", "7"),
        ("2016", "21", "Åland – Ahvenanmaa", ".."),
        ("2017", "01", "Uusimaa", "1234"),
        ("2017", "21", "Åland – Ahvenanmaa", "0"),
        ("2017", "withheld", "Salattu", ".."),
        ("2017", "01", "Uusimaa", "5"),
    ]


def test_nothing_in_a_file_is_a_formula():
    assert "'=Alle 25" in csv_of(SAMPLE).decode()
    sheet = load_workbook(io.BytesIO(xlsx_of(SAMPLE))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} == {"s", "n"}
    assert "=Alle 25" in {cell.value for row in sheet.iter_rows() for cell in row}


def test_workbook_has_numbers_as_numbers_codes_as_text_and_says_what_it_is():
    book = load_workbook(io.BytesIO(xlsx_of(SAMPLE)))
    figures, about = book.worksheets
    assert [cell.value for cell in figures[4]] == ["2017", "2017", "under_25", "=Alle 25", "01", "Uusimaa", 1234]
    assert [cell.value for cell in figures[1]][-1] == "Lähetteitä"
    assert [row[0].value for row in about.iter_rows()] == [
        SAMPLE.title, "Kela", "2018-01-01T02:30+00:00", "Kaksi lukua ei kerrota.",
    ]  # fmt: skip
