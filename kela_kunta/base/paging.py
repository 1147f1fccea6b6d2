"""Keyset pagination: a page begins after a row, not at a number, so that nothing slips past a reader."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

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
    backwards, values = _read(cursor, len(order)) if cursor else (False, None)
    wanted = [_flip(name) for name in order] if backwards else list(order)
    if values is not None:
        try:
            rows = rows.filter(_after(wanted, values))
        except (ValueError, TypeError, ValidationError) as error:
            raise BadCursor from error
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


def _read(cursor: str, length: int) -> tuple[bool, list[str]]:
    try:
        direction, *values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise BadCursor from error
    if direction not in ("<", ">") or len(values) != length or not all(isinstance(value, str) for value in values):
        raise BadCursor
    return direction == "<", values
