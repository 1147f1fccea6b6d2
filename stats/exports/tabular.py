"""Figures as CSV, which a Finnish Excel opens right, and as a workbook with typed cells."""

from __future__ import annotations

import csv
import io

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from stats.exports.dataset import HIDDEN, Dataset

BOM = "\ufeff"  # or Excel takes UTF-8 for Windows-1252
INERT = "'"  # before what a spreadsheet would take for a formula
FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 60  # characters


def csv_of(data: Dataset) -> bytes:
    """One line a cell: codes and labels of each dimension, then the count; semicolons, as Finnish Excel expects."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_inert(name) for name in _heads(data)])
    for values, count in data.rows():
        writer.writerow([*(_inert(part) for value in values for part in value), HIDDEN if count is None else count])
    return (BOM + text.getvalue()).encode()


def xlsx_of(data: Dataset) -> bytes:
    """The same as a sheet with numbers as numbers and codes as text, and a second sheet that says what it is."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(data.measure[:31])
    sheet.freeze_panes = "A2"
    for place, width in enumerate(_widths(data)):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    sheet.append([_text(sheet, name, bold=True) for name in _heads(data)])
    for values, count in data.rows():
        last = _text(sheet, HIDDEN) if count is None else count
        sheet.append([*(_text(sheet, part) for value in values for part in value), last])
    about = book.create_sheet("Metadata")
    about.column_dimensions["A"].width = WIDEST
    for line in (data.title, data.source, data.updated.isoformat(timespec="minutes"), *data.notes):
        about.append([_text(about, line)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _heads(data: Dataset) -> list[str]:
    return [head for one in data.dimensions for head in (one.code, one.label)] + [data.measure]


def _widths(data: Dataset) -> list[int]:
    widths = []
    for one in data.dimensions:
        labels = [one.label, *(label for _code, label in one.values)]
        widths += [max(len(one.code), 8) + 2, min(max(map(len, labels)) + 2, WIDEST)]
    return [*widths, max(len(data.measure), 10) + 2]


def _text(sheet: object, text: str, *, bold: bool = False) -> WriteOnlyCell:
    """A cell that is text whatever it begins with."""
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.font = Font(bold=bold)
    return cell


def _inert(text: str) -> str:
    return INERT + text if text.startswith(FORMULA) else text
