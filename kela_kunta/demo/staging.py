"""Many rows into tables under row security: COPY into a temporary table, then INSERT … SELECT.

COPY straight into such a table is refused; this way every constraint, foreign key, trigger
and policy holds as for any other row.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from operator import itemgetter
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from psycopg import sql

_NULL, _BETWEEN = "\x01", "\x02"  # no text of the product holds a control character
_COPY = "COPY {staged} ({columns}) FROM STDIN (DELIMITER E'\\x02', NULL E'\\x01')"
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Stage:
    """Rows on their way, by model. `empty` inserts them in the order in which the models were named.

    Live inside one transaction: the temporary tables end with it.
    """

    def __init__(self, stages: Iterable[type[models.Model]]) -> None:
        self._lines: dict[type[models.Model], list[str]] = {model: [] for model in stages}
        with connection.cursor() as cursor:
            for model in self._lines:
                cursor.execute(
                    _statement(
                        "CREATE TEMPORARY TABLE {staged} (LIKE {table} INCLUDING DEFAULTS) ON COMMIT DROP", model
                    )
                )

    def add(self, model: type[models.Model], columns: Mapping[str, Any]) -> None:
        """One row, with a value for every column."""
        self._lines[model].append(line(model, columns))

    def empty(self) -> None:
        """Insert what has been added so far."""
        with connection.cursor() as cursor:
            for model, lines in self._lines.items():
                if not lines:
                    continue
                with cursor.copy(_statement(_COPY, model)) as copy:
                    copy.write("".join(lines))
                cursor.execute(_statement("INSERT INTO {table} ({columns}) SELECT {columns} FROM {staged}", model))
                cursor.execute(_statement("TRUNCATE {staged}", model))
                lines.clear()


def line(model: type[models.Model], columns: Mapping[str, Any]) -> str:
    """A row of `model` in COPY's text format."""
    take, writers = _format(model)
    values = list(take(columns))
    for place, write in writers:
        values[place] = write(values[place])
    return _BETWEEN.join(values).replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r") + "\n"


def column_names(model: type[models.Model]) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields]


def _statement(text: str, model: type[models.Model]) -> sql.Composed:
    table = model._meta.db_table
    return sql.SQL(text).format(
        table=sql.Identifier(table),
        staged=sql.Identifier(f"staged_{table}"),
        columns=sql.SQL(", ").join(map(sql.Identifier, column_names(model))),
    )


@cache
def _format(
    model: type[models.Model],
) -> tuple[Callable[[Any], tuple[Any, ...]], list[tuple[int, Callable[[Any], str]]]]:
    """How to take a row's values in the columns' order, and where one has to be made a text."""
    writers = [(place, _writer(field)) for place, field in enumerate(model._meta.concrete_fields)]
    return itemgetter(*column_names(model)), [(place, write) for place, write in writers if write]


def _writer(field: models.Field[Any, Any]) -> Callable[[Any], str] | None:
    """What makes text of the field's values; None where they are text and never null."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    other = next((write for kind, write in _WRITERS if isinstance(target, kind)), None)
    return other or (_text if field.null else None)


def _text(value: str | None) -> str:
    return _NULL if value is None else value


def _plain(value: Any) -> str:
    return _NULL if value is None else str(value)


def _moment(value: date | datetime | None) -> str:
    return _NULL if value is None else value.isoformat()


def _flag(value: bool | None) -> str:
    return _NULL if value is None else "t" if value else "f"


def _bytes(value: bytes | None) -> str:
    return _NULL if value is None else f"\\x{value.hex()}"


def _json(value: Any) -> str:
    return _NULL if value is None else _as_json(value) if value else str(value)


def _array(value: Iterable[Any]) -> str:
    return "{" + ",".join(map(str, value)) + "}"


_WRITERS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (models.JSONField, _json),
    (ArrayField, _array),
    (models.BinaryField, _bytes),
    (models.BooleanField, _flag),
    (models.DateField, _moment),
    (models.UUIDField, _plain),
    (models.IntegerField, _plain),
)
