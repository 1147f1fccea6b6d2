"""Keyset pagination: a page begins after a row, not at a number, so that nothing slips past a reader."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


class BadCursor(ValueError):
    """The cursor was not made by us."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows in order, with cursors to what lies before and after (None: nothing there)."""

    rows: list[Row]
    previous: str | None
    next: str | None

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def keyset_page(rows: QuerySet[Row], *, order: Sequence[str], cursor: str | None = None, size: int = 50) -> Page[Row]:
    """`size` rows of `rows` after (or before) `cursor`, in `order`; one statement.

    `order` names columns without nulls, ascending or, with "-", descending, all the same
    way; the last is unique.

    Raises:
        BadCursor: `cursor` is not one of ours.
    """
    backwards, values = _read(cursor, rows.model, order) if cursor else (False, None)
    wanted = [_flip(name) for name in order] if backwards else list(order)
    if values is not None:
        rows = rows.filter(_after(wanted, values))
    found = list(rows.order_by(*wanted)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    before = more if backwards else values is not None
    after = (values is not None) if backwards else more
    return Page(
        found,
        _write("<", found[0], order) if found and before else None,
        _write(">", found[-1], order) if found and after else None,
    )


def _flip(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _after(order: list[str], values: list[Any]) -> Q:
    """(a, b) > (x, y), so written that an index on (a, b) serves it: a >= x AND (a > x OR b > y)."""
    names = [name.lstrip("-") for name in order]
    past = "lt" if order[0].startswith("-") else "gt"
    condition = Q(**{f"{names[-1]}__{past}": values[-1]})
    for name, value in zip(reversed(names[:-1]), reversed(values[:-1]), strict=True):
        condition = Q(**{f"{name}__{past}e": value}) & (Q(**{f"{name}__{past}": value}) | condition)
    return condition


def _write(direction: str, row: Model, order: Sequence[str]) -> str:
    values = [str(getattr(row, name.lstrip("-"))) for name in order]
    return base64.urlsafe_b64encode(json.dumps([direction, *values]).encode()).decode().rstrip("=")


def _read(cursor: str, model: type[Model], order: Sequence[str]) -> tuple[bool, list[Any]]:
    try:
        direction, *texts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        values = [_value(model, name.lstrip("-"), text) for name, text in zip(order, texts, strict=True)]
    except (ValueError, TypeError, RecursionError, binascii.Error, ValidationError) as error:
        raise BadCursor from error
    if direction not in ("<", ">"):
        raise BadCursor
    return direction == "<", values


def _value(model: type[Model], column: str, text: str) -> Any:
    """The value that `_write` wrote as `text`: not one that only means the same, for PostgreSQL might refuse it."""
    field = cast("Field[Any, Any]", model._meta.get_field(column))
    value = field.to_python(text)
    elsewhere = isinstance(value, datetime) and value.utcoffset() != timedelta()
    if str(value) != text or elsewhere or not text.isprintable():
        raise BadCursor
    return value
