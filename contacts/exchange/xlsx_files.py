"""Excel's files. What is read is never calculated, and every cell that is written is text."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from contacts.exchange.grid import MOST_COLUMNS, Cell, Grid, Unreadable, Wrong

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MOST_UNPACKED = 60 * 1024 * 1024  # bytes
MOST_PARTS = 500
LAST_ROW = 1_048_576  # of any sheet in Excel
WIDTH = 24  # characters
TEXT = "@"  # so that Excel keeps zeros in front of what people type
_NO_XML = re.compile("[\ufffe\uffff]")
_ENTITIES = [mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")]
# What reading a broken or forged file may raise, in zipfile, the XML parser and openpyxl.
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, InvalidFileException, KeyError, IndexError,
    ValueError, TypeError, AttributeError, OSError, EOFError, RuntimeError, SyntaxError,
    ArithmeticError,
)  # fmt: skip


def write_xlsx(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[str]]]]) -> bytes:
    """A workbook of (name, columns, rows); every cell is marked as text, so none is a formula."""
    book = Workbook(write_only=True)
    for name, columns, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for place in range(len(columns)):
            sheet.column_dimensions[get_column_letter(place + 1)].width = WIDTH
        heading = [_cell(sheet, column) for column in columns]
        for cell in heading:
            cell.font = Font(bold=True)
        sheet.append(heading)
        for row in rows:
            sheet.append([_cell(sheet, text) if text else None for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_xlsx(data: bytes, sheet: str) -> Grid:
    """The rows of the sheet of that name, else of the first one that shows.

    Raises:
        Unreadable: this is no workbook, or a forged one.
        TooManyRows: it is too long.
    """
    if data.startswith(OLD_EXCEL):
        raise Unreadable(_("This Excel file is of the old kind or has a password. Save it as .xlsx without one."))
    try:
        _guard(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False), sheet)
    except _BROKEN:
        raise Unreadable(_("This Excel file is broken. Open it in Excel and save it anew as .xlsx.")) from None


def _cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=_NO_XML.sub("\ufffd", text))
    cell.data_type = "s"  # a text with "=" in front would else become a formula
    cell.number_format = TEXT
    cell.quotePrefix = True  # and stays text when somebody edits it
    return cell


def _guard(data: bytes) -> None:
    """A small file that unpacks to a huge one, or XML that fetches or multiplies something, goes no further."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        found = parts.infolist()
        if len(found) > MOST_PARTS or sum(part.file_size for part in found) > MOST_UNPACKED:
            raise Unreadable(_("This Excel file is too large when unpacked."))
        for part in found:
            if not part.filename.endswith((".xml", ".rels", ".vml")):
                continue
            content = parts.read(part)  # at most the size that it told
            if any(mark in content for mark in _ENTITIES):
                raise Unreadable(_("This Excel file holds what no table needs. Save it anew as .xlsx."))


def _read(book: Any, name: str) -> Grid:
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    wanted = next((sheet for sheet in shown if sheet.title == name), shown[0] if shown else None)
    if wanted is None:
        raise Unreadable(_("The Excel file has no sheet that shows."))
    grid = Grid()
    grid.notes += [
        format_lazy(_("The sheet “{sheet}” was not read."), sheet=sheet.title)
        for sheet in book.worksheets
        if sheet is not wanted
    ]
    wanted.reset_dimensions()  # the file may tell any
    blank = None
    for number, row in enumerate(wanted.iter_rows(max_col=MOST_COLUMNS), 1):
        if number > LAST_ROW:
            raise ValueError
        if row is blank:
            continue
        cells = [_cell_text(cell) for cell in row]
        if not any(cells):
            blank = row  # openpyxl gives the same one for all rows of a gap, which may be a million
        grid.add(number, cells)
    return grid


def _cell_text(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Wrong("formula", _("There is a formula here. Write what it gives instead."))
    if cell.data_type == "e":
        return Wrong("excel_error", _("Excel shows an error here."))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()
