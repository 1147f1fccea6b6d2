"""Loading the reference data: twice changes nothing, a newer version closes and opens validity."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import models, transaction
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
    ReferenceRelease,
    Region,
    Responsibility,
)
from contacts.reference_files import SHIPPED, Reference
from contacts.rules.history import BEGINNING, END, Span, merged
from kela_kunta.base import clock

NAMES = ("name_fi", "name_sv", "name_en")


@transaction.atomic
def load_reference(folder: Path = SHIPPED) -> int:
    """Bring the tables to what `folder` says as of today; how many rows changed (0: it was all there).

    Raises:
        BadReference: something in the files is wrong; nothing was changed.
    """
    reference = reference_files.read(folder)
    today = clock.today()
    changes = 0
    for name, model in (("regions", Region), ("counties", County), ("districts", District)):
        changes += _names(model, reference.areas[name], NAMES)
    changes += _municipalities(reference)
    changes += _names(Authority, reference.authorities, ("kind", *NAMES))
    for name, member, column in (
        ("regions", MunicipalityRegion, "region_id"),
        ("counties", MunicipalityCounty, "county_id"),
        ("districts", MunicipalityDistrict, "district_id"),
    ):
        changes += _dated(member, ("municipality_id",), column, reference.members[name], today)
    changes += _dated(Responsibility, ("municipality_id", "type"), "authority_id", reference.duties, today)
    if changes:
        ReferenceRelease.objects.create(loaded_at=clock.now(), digest=reference.digest, changes=changes)
    return changes


def _names(model: type[models.Model], wanted: dict[str, dict[str, str]], columns: tuple[str, ...]) -> int:
    return _upsert(model, {code: {column: row[column] for column in columns} for code, row in wanted.items()})


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
    changes = _upsert(Municipality, wanted)
    successors = {code: {"successor_id": row["successor_code"] or None} for code, row in reference.municipalities.items()}
    return max(changes, _upsert(Municipality, successors))


def _upsert(model: type[models.Model], wanted: dict[str, dict[str, Any]]) -> int:
    """Insert what is missing and update what differs, by code."""
    there: dict[str, Any] = model._default_manager.in_bulk()
    changed = [
        row for code, row in there.items()
        if code in wanted and any(getattr(row, column) != value for column, value in wanted[code].items())
    ]  # fmt: skip
    columns = list(next(iter(wanted.values())))
    for row in changed:
        for column in columns:
            setattr(row, column, wanted[row.pk][column])
    new = [model(code=code, **values) for code, values in wanted.items() if code not in there]
    model._default_manager.bulk_create(new)
    if changed:
        model._default_manager.bulk_update(changed, [column.removesuffix("_id") for column in columns])
    return len(new) + len(changed)


def _dated(
    model: type[models.Model], key: tuple[str, ...], value: str, wanted: dict[tuple[str, ...], list[Span]], today: date
) -> int:
    """Record the spans of each subject; rows that stay as they are are not touched."""
    has_note = model is Responsibility
    there: defaultdict[tuple[str, ...], list[Any]] = defaultdict(list)
    for row in model._default_manager.all():
        there[tuple(getattr(row, column) for column in key)].append(row)
    gone: list[Any] = []
    changed: list[Any] = []
    new: list[models.Model] = []
    for subject in there.keys() | wanted.keys():
        rows = {_span(row, value, has_note): row for row in there[subject]}
        target = set(merged(rows, wanted.get(subject, []), today=today))
        left = {span: row for span, row in rows.items() if span not in target}
        for span in sorted(target - rows.keys()):
            same = next((old for old in left if (old.first, old.value) == (span.first, span.value)), None)
            if same is not None:
                row = left.pop(same)
                changed.append(row)
            else:
                row = model(**dict(zip(key, subject, strict=True)), **{value: span.value})
                new.append(row)
            row.valid = _range(span.first, span.last)
            if has_note:
                row.confidence = span.note
        gone += left.values()
    model._default_manager.filter(pk__in=[row.pk for row in gone]).delete()
    if changed:
        model._default_manager.bulk_update(changed, ["valid", "confidence"] if has_note else ["valid"])
    model._default_manager.bulk_create(new)
    return len(gone) + len(changed) + len(new)


def _range(first: date, last: date) -> DateRange:
    return DateRange(
        None if first == BEGINNING else first, None if last == END else last + timedelta(days=1), bounds="[)"
    )


def _span(row: Any, value: str, has_note: bool) -> Span:
    return Span(
        row.valid.lower or BEGINNING,
        row.valid.upper - timedelta(days=1) if row.valid.upper else END,
        getattr(row, value),
        row.confidence if has_note else "",
    )
