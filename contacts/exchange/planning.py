"""What an import would do: added, changed, unchanged, removed, and all that is wrong. Nothing is written here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from contacts.bodies import BODIES, EntryBody
from contacts.exchange import ptv, tables
from contacts.exchange.csv_files import read_csv
from contacts.exchange.grid import MOST_BYTES, Trouble, Unreadable
from contacts.exchange.known import Known, known_on, unknown_codes
from contacts.exchange.xlsx_files import OLD_EXCEL, ZIP, read_xlsx
from contacts.models import Contact, Entry, LocalPractice, ServicePoint
from contacts.queries.entries import KELA, KINDS
from kela_kunta.base import clock
from kela_kunta.base.problems import Text, TooLarge

PTV = "ptv"
FORMATS = ("csv", "xlsx", PTV)


@dataclass(frozen=True, slots=True)
class Addition:
    """A new entry; `row` is 0 where the file has no rows."""

    row: int
    model: type[Entry]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """Other `values` for an entry, only those that differ."""

    row: int
    entry: Entry
    values: Mapping[str, Any]

    def fields(self) -> Iterator[tuple[str, Any, Any]]:
        """(name, what it is now, what it becomes)."""
        for name, value in self.values.items():
            yield name, getattr(self.entry, name), value


@dataclass(slots=True)
class Plan:
    """All that an import would do for `owner`. Where there are `troubles`, nothing is done."""

    owner: str
    models: tuple[type[Entry], ...]
    additions: list[Addition] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    removals: list[Entry] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    left_out: list[ptv.LeftOut] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.additions or self.changes or self.removals)

    def digest(self) -> str:
        """The same for the same plan: whoever confirms, confirms what was seen."""
        parts = [
            *((one.model.KIND, sorted(one.values.items(), key=str)) for one in self.additions),
            *((one.entry.pk, one.entry.version, sorted(one.values.items(), key=str)) for one in self.changes),
            *((row.pk, row.version) for row in self.removals),
        ]
        return hashlib.sha256("\n".join(map(repr, parts)).encode()).hexdigest()


def format_of(content: bytes) -> str:
    """What kind of file it is, by how it begins."""
    if content.startswith((ZIP, OLD_EXCEL)):
        return "xlsx"
    return PTV if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") else "csv"


def plan_file(content: bytes, *, kind: str, owner: str, whole: bool = False, format: str = "") -> Plan:
    """What importing the file would do; `format` is found from the content unless given.

    A table is of one `kind`, and `whole` removes what is not in it. A file of the service catalogue
    brings contacts and service points, and is always whole.

    Raises:
        TooLarge, TooManyRows, Unreadable: the file as a whole cannot be taken.
    """
    if len(content) > MOST_BYTES:
        raise TooLarge
    if not content.strip():
        raise Unreadable(_("There is nothing in the file."))
    format = format or format_of(content)
    if format == PTV:
        return plan_ptv(content, owner=owner)
    grid = read_xlsx(content, kind) if format == "xlsx" else read_csv(content)
    plan = Plan(owner, (KINDS[kind],), notes=grid.notes)
    if owner == KELA and kind == LocalPractice.KIND:
        plan.troubles.append(
            Trouble(0, "", "not_kelas_own", _("A local practice belongs to an authority, not to Kela."))
        )
        return plan
    lines, troubles = tables.read_lines(grid, kind, owner=owner)
    plan.troubles += troubles
    _Table(plan, kind).take(lines, whole=whole)
    plan.troubles.sort(key=lambda trouble: trouble.row)
    return plan


def plan_ptv(content: bytes, *, owner: str) -> Plan:
    """What importing a file of the service catalogue would do to the owner's entries that came from there.

    Raises:
        Unreadable: it is none, or not the whole of it.
    """
    found = ptv.read_ptv(content, on=clock.today())
    models: tuple[type[Contact] | type[ServicePoint], ...] = (Contact, ServicePoint)
    plan = Plan(owner, models, left_out=list(found.left_out), notes=list(found.notes))
    known = known_on(clock.today())
    there = {
        (row.KIND, row.source_id): row
        for model in models
        for row in model._default_manager.filter(owner=owner).exclude(source_id="").order_by("id")
    }
    for item in found.items:
        _take_item(plan, item, there.pop((item.kind, item.source_id), None), known)
    for (_kind, id), row in there.items():
        if id in found.unmapped:
            plan.unchanged += 1
        elif id.partition(":")[0] in found.sorts:
            plan.removals.append(row)
    return plan


def _take_item(plan: Plan, item: ptv.Item, row: Entry | None, known: Known) -> None:
    """Add the item, or change the entry that it was before; the owner's own choices beside it stay."""
    model = KINDS[item.kind]
    body = BODIES[item.kind]()
    stays = tables.json_of(row, body) if row else {}
    json = {**item.defaults, **stays, **item.given}
    values, faults = _checked(body, ptv.reachable(json, item), known, plan.owner)
    if faults:
        column, _code, text = faults[0]
        reason = format_lazy("{field}: {text}", field=body.fields[column].label, text=text) if column else text
        plan.left_out.append(ptv.LeftOut(item.source_id, item.name, reason))
        plan.unchanged += row is not None
    elif row is None:
        plan.additions.append(Addition(0, model, values | {"source_id": item.source_id}))
    else:
        _compare(plan, 0, row, values)


class _Table:
    """How the lines of a table meet what is there."""

    def __init__(self, plan: Plan, kind: str) -> None:
        self.plan, self.body = plan, BODIES[kind]()
        self.model = KINDS[kind]
        self.known = known_on(clock.today())
        self.there: dict[UUID, Entry] = {
            row.pk: row for row in self.model._default_manager.filter(owner=plan.owner).order_by("id")
        }

    def take(self, lines: Iterable[tables.Line], *, whole: bool) -> None:
        lines = list(lines)
        free = dict(self.there)
        for line in lines:
            if line.id is not None:
                free.pop(line.id, None)
        same = {self._key(row.written()): row.pk for row in free.values()}
        seen: dict[str, int] = {}
        for line in lines:
            if line.id is not None:
                self._known(line)
                continue
            values = self._read(line, line.given)
            if values is None:
                continue
            key = self._key(values)
            if seen.setdefault(key, line.row) != line.row:
                told = format_lazy(_("The same stands in row {row} already."), row=seen[key])
                self.plan.troubles.append(Trouble(line.row, "", "repeated", told))
            elif key in same:
                free.pop(same[key], None)
                self.plan.unchanged += 1
            else:
                self.plan.additions.append(Addition(line.row, self.model, values))
        if whole:
            self.plan.removals = list(free.values())

    def _known(self, line: tables.Line) -> None:
        row = self.there.get(line.id) if line.id else None
        if row is None:
            told = _("There is no such entry of this owner and kind. Leave it empty for a new one.")
            self.plan.troubles.append(Trouble(line.row, tables.ID, "unknown", told))
            return
        if tables.says_the_same(row, self.body, line.given):
            self.plan.unchanged += 1
            return
        values = self._read(line, tables.json_of(row, self.body) | line.given)
        if values is None:
            return
        if _compare(self.plan, line.row, row, values) and isinstance(row, LocalPractice) and row.agreed:
            told = _("This has been agreed. Propose a new version instead.")
            self.plan.troubles.append(Trouble(line.row, "", "agreed_already", told))

    def _read(self, line: tables.Line, json: Mapping[str, Any]) -> dict[str, Any] | None:
        values, faults = _checked(self.body, json, self.known, self.plan.owner)
        self.plan.troubles += [Trouble(line.row, column, code, text) for column, code, text in faults]
        return None if faults else values

    def _key(self, values: Mapping[str, Any]) -> str:
        return repr([values[name] for name in self.model.WRITTEN])


def _compare(plan: Plan, row: int, entry: Entry, values: Mapping[str, Any]) -> bool:
    """Whether the entry changes."""
    now = entry.written()
    differing = {name: value for name, value in values.items() if now[name] != value}
    if differing:
        plan.changes.append(Change(row, entry, differing))
    else:
        plan.unchanged += 1
    return bool(differing)


def _checked(
    body: EntryBody, json: Mapping[str, Any], known: Known, owner: str
) -> tuple[dict[str, Any], list[tuple[str, str, Text]]]:
    """The values, and each fault as (column, code, sentence)."""
    try:
        values = body.run_validation(dict(json))
    except serializers.ValidationError as refusal:
        faults: list[tuple[str, str, Text]] = list(tables.flat(refusal.detail))
        values = body.accepted
        taken = {column for column, _code, _text in faults}
        return {}, faults + [one for one in _codes(values, known, owner) if one[0] not in taken]
    # A default is a choice, what was written a text; here both are texts, so that equal ones look equal.
    plain = {name: str(value) if isinstance(value, str) else value for name, value in values.items()}
    return plain, _codes(plain, known, owner)


def _codes(values: Mapping[str, Any], known: Known, owner: str) -> list[tuple[str, str, Text]]:
    return [(fault.pointer, fault.code, fault.detail) for fault in unknown_codes(values, known, owner=owner)]
