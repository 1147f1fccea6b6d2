"""The facts of a referral in words, read from the serializers that wrote them: so a new type needs no page of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from kela_kunta.base.inputs import (
    CodeField,
    CodesField,
    FlagField,
    LanguageField,
    MoneyField,
    MonthField,
    MonthsField,
    MunicipalityField,
    PhoneField,
)
from kela_kunta.base.phones import phone_text
from referrals import wording
from referrals.models import BasicDecision, Referral
from referrals.rules.months import span_text, spell_text
from referrals.types.base import Details, ReferralType, Text
from referrals.types.client import ClientSerializer
from referrals.types.decision import LINE_KINDS, RESULTS, SOURCES, balance_by_month
from referrals.types.figures import day_text, euro_text
from referrals.types.period import PeriodSerializer

Field = serializers.Field[Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a list of facts; `prose` may have line breaks."""

    label: Text
    value: str
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """A table of rows with amounts in euros, such as the expenses asked for."""

    label: Text
    rows: list[tuple[str, str, str]]
    total: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a calculation: its lines as (label, note, amount, whether it counts), and what is left over or lacking."""

    title: str
    lines: list[tuple[str, str, str, bool]]
    is_deficit: bool
    balance: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A version of the basic decision in words."""

    version: int
    facts: list[Fact]
    months: list[Month]


def details_of(kind: ReferralType, details: Details) -> tuple[list[Fact], list[Sum]]:
    """The details by their type: simple facts, and what is a table of its own."""
    facts, sums = [], []
    for field in kind.serializer().fields.values():
        if isinstance(field, PeriodSerializer):
            facts.append(Fact(str(field.label), span_text(details.period_from, details.period_to)))
        elif isinstance(field, serializers.ListSerializer):
            sums.append(_sum(field, getattr(details, field.source or "")))
        elif not isinstance(field, serializers.Serializer):
            facts.append(_fact(field, getattr(details, field.source or "", None)))
    return [fact for fact in facts if fact.value], sums


def client_of(client: Mapping[str, Any]) -> list[Fact]:
    """The client of a draft, as the form asked for them."""
    facts = [_fact(field, client.get(field.source or "")) for field in ClientSerializer().fields.values()]
    return [fact for fact in facts if fact.value]


def _fact(field: Field, value: Any) -> Fact:
    return Fact(str(field.label), worded(field, value), prose=getattr(field, "lines", 1) > 1)


def worded(field: Field, value: Any) -> str:
    """A field's value as people read it; "" for nothing."""
    if value is None or value in ("", []):
        return ""
    if isinstance(field, FlagField):
        return _("Yes") if value else _("No") if field.required else ""
    if isinstance(field, CodeField):
        return str(field.choices.get(value, value))
    if isinstance(field, CodesField):
        return ", ".join(str(field.choices.get(code, code)) for code in value)
    if isinstance(field, MonthsField):
        return spell_text(value)
    if isinstance(field, MonthField):
        return span_text(value, value)
    if isinstance(field, MoneyField):
        return euro_text(Decimal(value))
    if isinstance(field, MunicipalityField):
        return wording.municipality_name(value)
    if isinstance(field, LanguageField):
        return wording.language_name(value)
    if isinstance(field, PhoneField):
        return phone_text(value)
    return day_text(value) if isinstance(value, date) else str(value)


def _sum(field: serializers.ListSerializer[Any], rows: Iterable[Mapping[str, Any]]) -> Sum:
    codes = field.child.fields["code"].choices
    amounts = [(row, Decimal(row["amount"]) if row["amount"] is not None else None) for row in rows]
    return Sum(
        label=str(field.label),
        rows=[
            (
                str(codes.get(row["code"], row["code"])),
                row["text"] or "",
                _("not known") if amount is None else euro_text(amount),
            )
            for row, amount in amounts
        ],
        total=euro_text(sum((amount or Decimal(0) for _row, amount in amounts), Decimal(0))),
    )


def decisions_of(referral: Referral) -> list[Decision]:
    """The versions of the basic decision, the one in force first. One statement."""
    return [decision_of(decision) for decision in referral.decisions.order_by("-version")]


def decision_of(decision: BasicDecision) -> Decision:
    """A version of the decision, stored or still to be."""
    balances = balance_by_month(decision.lines)
    return Decision(
        version=decision.version,
        facts=[
            Fact(_("Decision"), f"{decision.number}, {day_text(decision.decided_on)}"),
            Fact(_("Result"), str(RESULTS.get(decision.result, decision.result))),
            Fact(_("Period"), span_text(decision.period_from, decision.period_to)),
        ],
        months=[
            Month(
                title=f"{int(month[5:])}/{month[:4]}",
                lines=[_line(line) for line in decision.lines if line["month"] == month],
                is_deficit=balance < 0,
                balance=euro_text(abs(balance)),
            )
            for month, balance in balances.items()
        ],
    )


def _line(line: Mapping[str, Any]) -> tuple[str, str, str, bool]:
    """A line as (label, note, signed amount, whether it counts)."""
    notes = [str(LINE_KINDS.get(line["kind"], line["kind"])), str(SOURCES.get(line["source"], line["source"]))]
    amount = euro_text(Decimal(line["amount"]))
    if line["privileged"]:
        notes.append(_("privileged income, left out of account"))
        return line["label"], " · ".join(notes), f"({amount})", False
    return line["label"], " · ".join(notes), amount if line["kind"] == "expense" else f"−{amount}", True
