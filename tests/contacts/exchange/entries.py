"""Entries of Pirkanmaa for tests of import and export, and tables of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from contacts.actions.keeping import add_entry
from contacts.exchange.csv_files import write_csv
from contacts.models import Contact, Entry, LocalPractice, Municipality, PostalCode, ServicePoint
from contacts.queries.entries import KINDS
from kela_kunta.base.actor import Actor, acting

PIRKANMAA = "county-08"
KEEPER = Actor("directory", "keeper", "Kaisa Keeper", PIRKANMAA)
CONTACT = {
    "kind": "adult_social_work", "municipality_id": "837", "district_id": None, "audience": "public",
    "title_fi": "Aikuissosiaalityö", "title_sv": "", "person": "", "channel": "phone", "phone": "+358401234567",
    "email": "", "link": "", "hours": "Mo-Fr 09:00-15:00; PH closed", "languages": ["fi", "sv"], "note_fi": "",
    "note_sv": "", "review_months": 6,
}  # fmt: skip
POINT = {
    "kind": "office", "municipality_id": "837", "serves": ["211", "604"], "name_fi": "Tampereen toimisto",
    "name_sv": "", "street_fi": "Esimerkkikatu 1", "street_sv": "", "postal_code": "33100", "phone": "", "email": "",
    "hours": "", "languages": [], "hands_over_commitments": True, "note_fi": "", "note_sv": "", "review_months": 6,
}  # fmt: skip
PRACTICE = {
    "topic": "urgent", "municipality_id": None, "types": ["social_work_need"], "urgent_only": True,
    "text_fi": "Soita ensin.", "text_sv": "", "valid": DateRange(date(2026, 1, 1), date(2027, 1, 1)),
    "review_months": 6,
}  # fmt: skip
USUAL: dict[str, dict[str, Any]] = {"contact": CONTACT, "service_point": POINT, "local_practice": PRACTICE}


def add(kind: str = "contact", /, *, owner: str = PIRKANMAA, by: Actor = KEEPER, **values: Any) -> Any:
    """An entry of Pirkanmaa, the usual one but for `values`."""
    known_postal_codes("33100", "33200", "00100")
    return add_entry(KINDS[kind], USUAL[kind] | values, owner=owner, by=by)


def known_postal_codes(*codes: str) -> None:
    PostalCode.objects.bulk_create(
        [
            PostalCode(code=code, name_fi="TAMPERE", name_sv="TAMMERFORS", municipality=Municipality(code="837"))
            for code in codes
        ],
        ignore_conflicts=True,
    )


def table(*rows: dict[str, str], columns: str = "") -> bytes:
    """A CSV file of rows by column; those that a row does not name are empty."""
    names = columns.split() or list(dict.fromkeys(name for row in rows for name in row))
    return write_csv(names, [[row.get(name, "") for name in names] for row in rows])


def contact_row(number: int = 1, **cells: str) -> dict[str, str]:
    """One contact of its own, as its cells."""
    return {"kind": "housing", "title_fi": f"Asumisneuvonta {number}", "phone": f"040 123 {number:04}"} | cells


def all_of(model: type[Entry], owner: str = PIRKANMAA) -> list[Any]:
    return list(model._default_manager.filter(owner=owner).order_by("id"))


def state() -> list[Any]:
    """All that stands in the directory."""
    with acting(Actor.system("test")):
        return [list(model.objects.order_by("id").values()) for model in (Contact, ServicePoint, LocalPractice)]


def as_json(value: Any) -> bytes:
    return json.dumps(value).encode()
