"""What every change does to an entry and tells of it, for one entry and for a thousand alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from contacts.models import Action, Entry, LocalPractice, Revision
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor

_NAMING = frozenset({"id", "owner_id", "version", "updated_at"})


def confirm(row: Entry, by: Actor, on: date | None = None) -> None:
    """Set that `by` stands for what the entry says, on that day (today by default)."""
    row.confirmed_on, row.confirmed_by = on or clock.today(), by.name


def agree(row: LocalPractice, by: Actor, on: date) -> None:
    """Set that the side `by` acts for agrees, where it has not yet."""
    if by.of_kela:
        row.kela_agreed_on, row.kela_agreed_by = row.kela_agreed_on or on, row.kela_agreed_by or by.name
    elif by.authority == row.owner_id:
        row.owner_agreed_on, row.owner_agreed_by = row.owner_agreed_on or on, row.owner_agreed_by or by.name


def agree_anew(row: LocalPractice, by: Actor) -> None:
    """Set that of a new text only its author's side agrees yet."""
    row.owner_agreed_on = row.kela_agreed_on = None
    row.owner_agreed_by = row.kela_agreed_by = ""
    agree(row, by, row.confirmed_on)


def revision_of(row: Entry, action: Action, by: Actor, batch: UUID | None, *, gone: bool = False) -> Revision:
    """What is to be stored of the entry as it stands now, or of its being gone."""
    return Revision(
        entry_id=row.pk,
        version=row.version,
        kind=row.KIND,
        owner_id=row.owner_id,
        action=action,
        at=clock.now(),
        role=by.role,
        actor_id=by.id,
        actor_name=by.name,
        actor_authority=by.authority,
        content=None if gone else _content(row),
        batch=batch,
    )


def read_content(content: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that a revision holds, as an entry takes them."""
    values = dict(content)
    for name, value in content.items():
        if name.endswith("_on") and value:
            values[name] = date.fromisoformat(value)
        elif name == "valid":
            values[name] = DateRange(*(date.fromisoformat(day) if day else None for day in value))
    return values


def _content(row: Entry) -> dict[str, Any]:
    """All of an entry but what names it, as JSON."""
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: _plain(value) for name, value in columns.items() if name not in _NAMING}


def _plain(value: Any) -> Any:
    if isinstance(value, DateRange):
        return [_plain(value.lower), _plain(value.upper)]
    return value.isoformat() if isinstance(value, date) else value
