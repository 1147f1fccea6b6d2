"""A table of payments becomes months of assistance: all of it, or nothing and every fault by its row."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from contacts.queries import register
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from kela_kunta.base.problems import Invalid
from referrals.actions.taking_in import take_in
from referrals.assistance import AssistanceMonthSerializer, AssistanceReader
from referrals.models import AssistanceImport, ImportWay

DELIMITERS = ";,\t"
TOO_MUCH = Decimal(10_000_000)  # euros for a month, more than its column holds
_YES_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_FLAGS = ("main_income", "unemployed", "integration_plan", "non_disclosure")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong in a row (1 is the first after the heading; 0 the file itself), and in which column."""

    row: int
    column: str
    code: str
    text: str


@dataclass(slots=True)
class Table:
    """What a table says: months, and what is wrong with it."""

    months: list[dict[str, Any]] = field(default_factory=list)
    rows: int = 0
    troubles: list[Trouble] = field(default_factory=list)


def read_table(content: bytes) -> Table:
    """A CSV table in UTF-8, its columns named as in the API; payments for one person and month add up.

    Corrections and reclaims are payments too, with a minus; the sum of a month may not be negative. Of what a payment
    leaves empty, what an earlier one for the same person and month said holds.
    """
    table = Table()
    try:
        text = content.decode("utf-8-sig")
        first = text.partition("\n")[0]
        reader = csv.DictReader(io.StringIO(text), delimiter=max(DELIMITERS, key=first.count), strict=True)
        table.troubles = list(_heading_troubles(reader.fieldnames or [""]))
        if not table.troubles:
            _read_rows(reader, table)
    except (UnicodeDecodeError, csv.Error):
        table.troubles.append(Trouble(table.rows, "", "not_a_table", _("This is no table in CSV and UTF-8.")))
    return table


def _heading_troubles(names: Sequence[str]) -> Iterator[Trouble]:
    known = AssistanceMonthSerializer().fields
    for name, count in Counter(names).items():
        if name not in known:
            yield Trouble(0, name, "unknown_field", _("There is no such field."))
        elif count > 1:
            yield Trouble(0, name, "repeated_column", _("This column stands here twice."))


def _read_rows(rows: csv.DictReader[str], table: Table) -> None:
    reading = AssistanceReader(on=clock.today(), register=register())
    months: dict[tuple[str, date], dict[str, Any]] = {}
    sums: defaultdict[tuple[str, date], Decimal] = defaultdict(Decimal)
    last_row: dict[tuple[str, date], int] = {}
    for row in rows:
        table.rows += 1
        if None in row or None in row.values():
            table.troubles.append(Trouble(table.rows, "", "row_length", _("This row has too few or too many cells.")))
            continue
        body: dict[str, Any] = {
            name: _YES_NO.get(text.lower(), text) if name in _FLAGS else text for name, text in row.items()
        }
        amount = body.get("amount", "").strip()
        paid_back = amount.startswith(("-", "\N{MINUS SIGN}"))
        try:
            values = reading.read(body | {"amount": amount[paid_back:]})
        except Invalid as problem:
            table.troubles += [
                Trouble(table.rows, error.pointer.strip("#/"), error.code, str(error.detail))
                for error in problem.errors
            ]
            continue
        key = values["identity_code"], values["month"]
        sums[key] += -values["amount"] if paid_back else values["amount"]
        months[key], last_row[key] = _both(months.get(key, values), values), table.rows
    for key, total in sums.items():
        if total < 0:
            text = _("The payments for this person and month come to less than nothing.")
            table.troubles.append(Trouble(last_row[key], "amount", "below_zero", text))
        elif total >= TOO_MUCH:
            table.troubles.append(Trouble(last_row[key], "amount", "max_digits", _("The amount is too large.")))
    table.troubles.sort(key=lambda one: one.row)
    table.months = [values | {"amount": sums[key]} for key, values in months.items()]


def _both(former: dict[str, Any], latter: dict[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in latter.items() if value not in (None, "")}
    return former | told | {"non_disclosure": former["non_disclosure"] or latter["non_disclosure"]}


def import_months(table: Table, *, by: Actor) -> AssistanceImport | None:
    """Store what a table without troubles says, in one transaction, as `take_in` does."""
    return take_in(table.months, by=by, way=ImportWay.TABLE)
