"""Many rows in one statement with one parameter a column: a tenth of what a placeholder for each value takes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models.expressions import DatabaseDefault
from psycopg import sql


def insert_rows(rows: Sequence[models.Model], *, ignore_conflicts: bool = False) -> None:
    """Insert `rows`, all of one model. A column for which every row leaves the database its default is left to it.

    Raises:
        DatabaseError: PostgreSQL refused one of them; none was stored.
    """
    if not rows:
        return
    model = type(rows[0])
    fields = [field for field in model._meta.concrete_fields if not _is_left(rows, field)]
    statement = sql.SQL("INSERT INTO {table} ({columns}) SELECT {taken} FROM unnest({given}) AS given ({columns}){end}")
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(
                table=sql.Identifier(model._meta.db_table),
                columns=sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields),
                taken=sql.SQL(", ").join(map(_taken, fields)),
                given=sql.SQL(", ").join(sql.SQL("%s::{}[]").format(sql.SQL(_type(field))) for field in fields),
                end=sql.SQL(" ON CONFLICT DO NOTHING" if ignore_conflicts else ""),
            ),
            [_values(field, rows) for field in fields],
        )


def _is_left(rows: Sequence[models.Model], field: models.Field[Any, Any]) -> bool:
    return all(isinstance(getattr(row, field.attname), DatabaseDefault) for row in rows)


def _type(field: models.Field[Any, Any]) -> str:
    """What the column's values travel as: texts without their length, so that one too long is refused and not cut."""
    if isinstance(field, ArrayField):
        return "text"
    type = str(field.db_type(connection))
    return "text" if type.startswith("varchar") else type


def _taken(field: models.Field[Any, Any]) -> sql.Composable:
    """The column of what was given: an array travels as its text, since unnesting would take it apart."""
    column = sql.Identifier(str(field.column))
    if isinstance(field, ArrayField):
        return sql.SQL("{}::{}").format(column, sql.SQL(str(field.db_type(connection))))
    return column


def _values(field: models.Field[Any, Any], rows: Sequence[models.Model]) -> str:
    """What every row has in the column."""
    values = [getattr(row, field.attname) for row in rows]
    if isinstance(field, models.JSONField):
        return array(None if value is None else json.dumps(value, cls=field.encoder) for value in values)
    if isinstance(field, ArrayField):
        return array(None if value is None else array(map(str, value)) for value in values)
    return array(values)


def array(values: Iterable[Any]) -> str:
    """`values` in PostgreSQL's text for arrays, for a parameter such as `%s::date[]`: psycopg, which has to find out what
    each of them is, takes five times as long. None is NULL; texts, bytes, and all that Python writes as PostgreSQL
    reads it."""
    return "{" + ",".join(map(_element, values)) + "}"


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    if isinstance(value, bytes):
        return f'"\\\\x{value.hex()}"'
    return str(value)
