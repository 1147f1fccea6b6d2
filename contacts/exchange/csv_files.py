"""CSV as Finnish Excel writes and opens it, and as others do; what could be a formula is written so that it is none."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from contacts.exchange.grid import Grid, Unreadable

DELIMITERS = ";,\t"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Where a cell begins like this, a spreadsheet may take it for a formula (OWASP, CSV injection); the wide forms too.
_ACTIVE = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The table as UTF-8 with its mark, semicolons between, everything in quotation marks."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([inert(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def read_csv(data: bytes) -> Grid:
    """The rows, whichever of the usual encodings and separators they come in.

    Raises:
        Unreadable: this is no table of text.
        TooManyRows: it is too long.
    """
    text = _text(data)
    first, _newline, rest = text.partition("\n")
    delimiter = ""
    if told := re.fullmatch(r"sep=(.)\r?", first):  # Excel's own first line, which it does not show
        delimiter, text = told[1], rest
        first = rest.partition("\n")[0]
    delimiter = delimiter or max(DELIMITERS, key=first.count)
    grid, number = Grid(), 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            grid.add(number, [active(cell.strip()) for cell in cells])
    except csv.Error:
        raise Unreadable(
            format_lazy(_("After row {row} the quotation marks or the length of a cell are wrong."), row=number)
        ) from None
    return grid


def inert(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could take it for a formula."""
    return f"'{text}" if _ACTIVE.match(text) else text


def active(cell: str) -> str:
    """The text that `inert` made the cell of."""
    return cell[1:] if cell.startswith("'") and _ACTIVE.match(cell, 1) else cell


def _text(data: bytes) -> str:
    encodings = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    if not encodings:
        encodings = ["utf-16-le"] if data[1:2] == b"\0" else ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("This is neither a table of text (CSV) nor an Excel file (.xlsx)."))
