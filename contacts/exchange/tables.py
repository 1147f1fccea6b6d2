"""One row an entry: what stands in a table's cells, written from entries and read back into their bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import phonenumbers
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from contacts.bodies import BODIES, EntryBody
from contacts.exchange.grid import Cell, Grid, Trouble, Unreadable, Wrong
from contacts.models import Entry, LocalPractice
from kela_kunta.base.inputs import DayField, FlagField, ListOf, MunicipalityField, PhoneField
from kela_kunta.base.phones import read_phone

ID, OWNER = "id", "owner"
LONGEST_NAME = 40  # of a column, as far as it is told
KIND_WORDS = {
    "contact": _("a table of contacts"),
    "service_point": _("a table of service points"),
    "local_practice": _("a table of local practices"),
}
_FLAGS = {
    "yes": "true", "kyllä": "true", "ja": "true", "x": "true", "no": "false", "ei": "false", "nej": "false",
}  # fmt: skip
_FINNISH_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_DIGITS = {"postal_code": 5}


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it was given: `id` is None for a new entry; `given` is JSON for the kind's body, by column."""

    row: int
    id: UUID | None
    given: dict[str, Any]


def columns(kind: str) -> list[str]:
    """The columns of a table of that kind, in order."""
    return [ID, OWNER, *BODIES[kind]().fields]


def cells_of(rows: Iterable[Entry], kind: str) -> Iterator[list[str]]:
    """The rows of the table, in their order; telephone numbers in a form that no spreadsheet calculates."""
    body = BODIES[kind]()
    for row in rows:
        json = json_of(row, body)
        yield [str(row.pk), row.owner_id, *(_text(json[name], field) for name, field in body.fields.items())]


def json_of(row: Entry, body: EntryBody) -> dict[str, Any]:
    """What an entry says, as its body takes it."""
    values = row.written()
    if isinstance(row, LocalPractice):
        last = row.valid.upper - timedelta(days=1) if row.valid.upper else None
        values |= {"valid_from": row.valid.lower.isoformat(), "valid_to": last.isoformat() if last else None}
    return {name: values[field.source or name] for name, field in body.fields.items()}


def says_the_same(row: Entry, body: EntryBody, given: Mapping[str, Any]) -> bool:
    """Whether the cells hold just what the table of the entry would."""
    json, fields = json_of(row, body), body.fields
    return all(_json(_text(json[name], fields[name]), name, fields[name]) == value for name, value in given.items())


def read_lines(grid: Grid, kind: str, *, owner: str) -> tuple[list[Line], list[Trouble]]:
    """The rows under the heading, and what could not even be read of them.

    Raises:
        Unreadable: nothing stands in the file.
    """
    if not grid.rows:
        raise Unreadable(_("There is nothing in the file."))
    body = BODIES[kind]()
    number, heading = grid.rows[0]
    names = [cell.lower()[:LONGEST_NAME] if isinstance(cell, str) else "" for cell in heading]
    troubles = list(_heading_troubles(number, names, kind, body))
    if troubles:
        return [], troubles
    if len(grid.rows) == 1:
        raise Unreadable(_("There is nothing in the file but the heading."))
    lines: list[Line] = []
    ids: dict[UUID, int] = {}
    for row, cells in grid.rows[1:]:
        line = _line(row, names, cells, body, owner, troubles)
        if line is None:
            continue
        if line.id is not None and ids.setdefault(line.id, row) != row:
            told = format_lazy(_("This entry stands in row {row} already."), row=ids[line.id])
            troubles.append(Trouble(row, ID, "repeated", told))
            continue
        lines.append(line)
    return lines, troubles


def _heading_troubles(row: int, names: Sequence[str], kind: str, body: EntryBody) -> Iterator[Trouble]:
    known = {ID, OWNER, *body.fields}
    missing = [name for name, field in body.fields.items() if field.required and name not in names]
    for other, its in BODIES.items() if missing else ():
        if other != kind and set(filter(None, names)) <= {ID, OWNER, *its().fields}:
            told = format_lazy(
                _("This looks like {other}, not like {this}."), other=KIND_WORDS[other], this=KIND_WORDS[kind]
            )
            yield Trouble(row, "", "wrong_kind", told)
            return
    for name in missing:
        yield Trouble(row, name, "missing_column", _("This column is missing."))
    for place, name in enumerate(names):
        if not name:
            told = format_lazy(_("Column {number} has no name."), number=place + 1)
            yield Trouble(row, "", "unnamed_column", told)
        elif name not in known:
            yield Trouble(row, name, "unknown_column", _("There is no such column."))
        elif name in names[:place]:
            yield Trouble(row, name, "repeated_column", _("This column stands here twice."))


def _line(
    row: int, names: Sequence[str], cells: Sequence[Cell], body: EntryBody, owner: str, troubles: list[Trouble]
) -> Line | None:
    """The row's JSON; None when something in it is wrong, which is then told."""
    if any(cell != "" for cell in cells[len(names) :]):
        troubles.append(Trouble(row, "", "too_many_cells", _("There are more cells than the heading has columns.")))
        return None
    given: dict[str, Any] = {}
    known_before = len(troubles)
    for name, cell in zip(names, [*cells, *[""] * (len(names) - len(cells))], strict=False):
        if isinstance(cell, Wrong):
            troubles.append(Trouble(row, name, cell.code, cell.text))
        elif name in (ID, OWNER):
            given[name] = cell
        else:
            given[name] = _json(cell, name, body.fields[name])
    id, of = given.pop(ID, ""), given.pop(OWNER, "")
    if of and of != owner:
        troubles.append(Trouble(row, OWNER, "others", _("This is another authority's.")))
    found = _uuid(id)
    if id and found is None:
        troubles.append(
            Trouble(
                row, ID, "invalid", _("There is no such entry of this owner and kind. Leave it empty for a new one.")
            )
        )
    return Line(row, found, given) if len(troubles) == known_before else None


def _text(value: Any, field: serializers.Field[Any, Any, Any, Any]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(value)
    return _phone(value) if isinstance(field, PhoneField) and value else str(value)


def _phone(number: str) -> str:
    """A number as it is dialled in Finland, which does not begin with a plus, where that reads back the same."""
    try:
        text = phonenumbers.format_out_of_country_calling_number(phonenumbers.parse(number), "FI")
        return text if read_phone(text) == number else number
    except (phonenumbers.NumberParseException, ValueError):
        return number


def _json(cell: str, name: str, field: serializers.Field[Any, Any, Any, Any]) -> Any:
    """What the body takes. A spreadsheet drops zeros in front and writes days its own way; both come back here."""
    if isinstance(field, ListOf):
        parts = [part for part in re.split(r"[\s,;]+", cell) if part]
        return [_padded(part, 3) for part in parts] if isinstance(field.child, MunicipalityField) else parts
    if isinstance(field, FlagField):
        return _FLAGS.get(cell.lower(), cell) or None
    if isinstance(field, DayField) and (day := _FINNISH_DAY.fullmatch(cell)):
        return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    if isinstance(field, MunicipalityField):
        return _padded(cell, 3)
    return _padded(cell, _DIGITS[name]) if name in _DIGITS else cell


def _padded(text: str, width: int) -> str:
    return text.zfill(width) if text.isascii() and text.isdigit() else text


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def flat(detail: Any, column: str = "") -> Iterator[tuple[str, str, str]]:
    """(column, code, sentence) of each fault in what a body refuses."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from flat(inner, column or ("" if name == "non_field_errors" else str(name)))
    elif isinstance(detail, list):
        for inner in detail:
            yield from flat(inner, column)
    else:
        yield column, getattr(detail, "code", None) or "invalid", str(detail)
