"""Loading the reference data: twice changes nothing, a newer version closes and opens validity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from contacts import reference_files
from contacts.models import (
    Authority,
    County,
    District,
    Municipality,
    MunicipalityCounty,
    MunicipalityDistrict,
    MunicipalityRegion,
    PostalCode,
    ReferenceRelease,
    Region,
    Responsibility,
)
from contacts.reference_files import NAMES, SHIPPED, Reference, Spans, Table
from contacts.rules.history import BEGINNING, END, Span, contradicted, merged
from kela_kunta.base import clock


@dataclass(slots=True)
class Loaded:
    """What loading did: rows changed, and the days of the past that the files tell otherwise than what stays."""

    version: str
    changes: int = 0
    kept: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Dated:
    """A table of dated facts: what its rows are of, what they say, and what else they note."""

    model: type[models.Model]
    subject: tuple[str, ...]
    value: str
    note: str | None = None


REGIONS = Dated(MunicipalityRegion, ("municipality_id",), "region_id")
COUNTIES = Dated(MunicipalityCounty, ("municipality_id",), "county_id")
DISTRICTS = Dated(MunicipalityDistrict, ("municipality_id",), "district_id")
DUTIES = Dated(Responsibility, ("municipality_id", "type"), "authority_id", "confidence")


@transaction.atomic
def load_reference(folder: Path = SHIPPED) -> Loaded:
    """Bring the tables to what `folder` says as of today; `rules.history` tells how dated facts meet.

    Raises:
        BadReference: something in the files is wrong; nothing was changed.
    """
    reference = reference_files.read(folder)
    _wait_for_other_loadings()
    loaded = Loaded(reference.version)
    for name, model in (("regions", Region), ("counties", County), ("districts", District)):
        loaded.changes += _upsert(model, _columns(reference.areas[name], NAMES))
    loaded.changes += _municipalities(reference)
    loaded.changes += _upsert(Authority, _columns(reference.authorities, ("kind", *NAMES)))
    loaded.changes += _upsert(PostalCode, _postal_codes(reference))
    today = clock.today()
    for name, table in (("regions", REGIONS), ("counties", COUNTIES), ("districts", DISTRICTS)):
        _dated(table, reference.members[name], today, loaded)
    _dated(DUTIES, reference.duties, today, loaded)
    newest = ReferenceRelease.objects.order_by("-id").first()
    if loaded.changes or newest is None or newest.digest != reference.digest:
        ReferenceRelease.objects.create(
            version=reference.version, digest=reference.digest, changes=loaded.changes, loaded_at=clock.now()
        )
    return loaded


def _wait_for_other_loadings() -> None:
    """Several containers that start together load one after the other: the later ones find it done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('contacts.load_reference'))")


def _columns(table: Table, columns: Iterable[str]) -> dict[str, dict[str, Any]]:
    return {code: {column: row[column] for column in columns} for code, row in table.items()}


def _municipalities(reference: Reference) -> int:
    wanted = {
        code: {
            "name_fi": row["name_fi"],
            "name_sv": row["name_sv"],
            "name_en": row["name_fi"],
            "languages": row["languages"],
            "valid": _range(
                date.fromisoformat(row["valid_from"]) if row["valid_from"] else BEGINNING,
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else END,
            ),
            "population_2017": int(row["population_2017"]) if row["population_2017"] else None,
            "population_2022": int(row["population_2022"]) if row["population_2022"] else None,
        }
        for code, row in reference.municipalities.items()
    }
    successors = {
        code: {"successor_id": row["successor_code"] or None} for code, row in reference.municipalities.items()
    }
    return _upsert(Municipality, wanted) + _upsert(Municipality, successors)


def _postal_codes(reference: Reference) -> dict[str, dict[str, Any]]:
    """Each with the municipality that the file names, ended or not: readers follow it to its successor."""
    return {
        code: {"name_fi": row["name_fi"], "name_sv": row["name_sv"], "municipality_id": row["municipality_code"]}
        for code, row in reference.postal_codes.items()
    }


def _upsert(model: type[models.Model], wanted: dict[str, dict[str, Any]]) -> int:
    """Insert what is missing and update what differs, by code; how many rows. What is wanted no more stays."""
    there: dict[str, Any] = model._default_manager.in_bulk()
    changed = [
        row for code, row in there.items()
        if any(getattr(row, column) != value for column, value in wanted.get(code, {}).items())
    ]  # fmt: skip
    for row in changed:
        for column, value in wanted[row.pk].items():
            setattr(row, column, value)
    new = [model(code=code, **values) for code, values in wanted.items() if code not in there]
    model._default_manager.bulk_create(new)
    if changed:
        columns = [column.removesuffix("_id") for column in wanted[changed[0].pk]]
        model._default_manager.bulk_update(changed, columns)
    return len(new) + len(changed)


def _dated(table: Dated, wanted: Spans, today: date, loaded: Loaded) -> None:
    """Record the spans of each subject; rows that stay as they are are not touched."""
    there: defaultdict[tuple[str, ...], dict[Span, Any]] = defaultdict(dict)
    for row in table.model._default_manager.all():
        there[tuple(getattr(row, column) for column in table.subject)][_span(table, row)] = row
    gone: list[Any] = []
    changed: list[Any] = []
    new: list[Any] = []
    for subject in sorted(there.keys() | wanted.keys()):
        rows, newer = there[subject], wanted.get(subject, [])
        target = merged(list(rows), newer, today=today)
        loaded.kept += [_sentence(subject, span) for span in contradicted(target, newer, today=today)]
        left = {(span.first, span.value): row for span, row in rows.items() if span not in target}
        for span in (span for span in target if span not in rows):
            row = left.pop((span.first, span.value), None)
            (new if row is None else changed).append(_filled(table, row, subject, span))
        gone += left.values()
    table.model._default_manager.filter(pk__in=[row.pk for row in gone]).delete()
    if changed:
        table.model._default_manager.bulk_update(changed, ["valid", *([table.note] if table.note else [])])
    table.model._default_manager.bulk_create(new)
    loaded.changes += len(gone) + len(changed) + len(new)


def _filled(table: Dated, row: Any, subject: tuple[str, ...], span: Span) -> Any:
    if row is None:
        row = table.model(**dict(zip(table.subject, subject, strict=True)), **{table.value: span.value})
    row.valid = _range(span.first, span.last)
    if table.note:
        setattr(row, table.note, span.note)
    return row


def _range(first: date, last: date) -> DateRange:
    return DateRange(
        None if first == BEGINNING else first, None if last == END else last + timedelta(days=1), bounds="[)"
    )


def _span(table: Dated, row: Any) -> Span:
    return Span(
        row.valid.lower or BEGINNING,
        row.valid.upper - timedelta(days=1) if row.valid.upper else END,
        getattr(row, table.value),
        getattr(row, table.note) if table.note else "",
    )


def _sentence(subject: tuple[str, ...], span: Span) -> str:
    return f"{' '.join(subject)}: {span.value} from {span.first} to {span.last} is not what was recorded; that stays"
