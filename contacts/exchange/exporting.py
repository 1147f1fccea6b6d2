"""The directory as a file: tables that come back unchanged, and the public part for other directories."""

from __future__ import annotations

import json

from contacts.exchange.csv_files import write_csv
from contacts.exchange.hsds import hsds
from contacts.exchange.tables import cells_of, columns
from contacts.exchange.xlsx_files import write_xlsx
from contacts.queries.entries import KINDS
from kela_kunta.base import clock

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "hsds": "application/json",
}


def export(format: str, *, kind: str, owner: str = "") -> bytes:
    """All entries of a kind as "csv" or "xlsx", or what is public of contacts and service points as "hsds";
    those of one `owner` or of all."""
    if format == "hsds":
        return json.dumps(hsds(on=clock.today(), owner=owner), ensure_ascii=False, indent=1).encode()
    found = KINDS[kind]._default_manager.order_by("owner", "id")
    rows = cells_of(found.filter(owner=owner) if owner else found, kind)
    return write_csv(columns(kind), rows) if format == "csv" else write_xlsx([(kind, columns(kind), rows)])


def file_name(format: str, *, kind: str, owner: str = "") -> str:
    """Such as "contact-county-08.csv"."""
    parts = ["hsds" if format == "hsds" else kind, owner or "all"]
    return f"{'-'.join(parts)}.{'json' if format == 'hsds' else format}"
