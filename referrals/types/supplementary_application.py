"""Type 1: an application for supplementary or preventive assistance, forwarded at the client's request.

TTL 1412/1997, section 14 c (14 d until 2022). The urgency of the supplementary and that of
the basic application are two facts; only the former binds the receiver.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kela_kunta.base.inputs import (
    CodeField,
    DayField,
    FlagField,
    MoneyField,
    Rows,
    StoredAsWritten,
    StrictSerializer,
    TextField,
)
from referrals.rules.routing import Places
from referrals.types.base import Details, Draft, Fault, ReferralType
from referrals.types.decision import BasicDecisionSerializer, decision_faults
from referrals.types.figures import short_euro_text
from referrals.types.period import PeriodSerializer

LONGEST_PERIOD = 12  # months
LARGEST_SUM = Decimal(100_000)  # euros

EXPENSES = {
    "rent_arrears": gettext_lazy("Rent arrears"),
    "electricity_arrears": gettext_lazy("Electricity arrears"),
    "rent_deposit": gettext_lazy("Rent deposit"),
    "moving_costs": gettext_lazy("Moving costs"),
    "housing_other": gettext_lazy("Other housing costs"),
    "temporary_accommodation": gettext_lazy("Temporary accommodation"),
    "home_furnishing": gettext_lazy("Home furnishing"),
    "child_supplies": gettext_lazy("Child's supplies"),
    "child_hobby": gettext_lazy("Child's hobby"),
    "child_visiting_costs": gettext_lazy("Costs of visiting a child"),
    "study_costs": gettext_lazy("Costs of studies"),
    "work_costs": gettext_lazy("Costs of work"),
    "long_term_illness": gettext_lazy("Long-term illness"),
    "health_other": gettext_lazy("Other health costs"),
    "guardianship_fee": gettext_lazy("Guardian's fee"),
    "funeral_costs": gettext_lazy("Funeral costs"),
    "identity_documents": gettext_lazy("Identity documents"),
    "debt_settlement": gettext_lazy("Settling debts"),
    "food_and_medicine_crisis": gettext_lazy("Food and medicine in a crisis"),
    "other": gettext_lazy("Other"),
}
# What Kela decides first as basic assistance (TTL 1412/1997, sections 7 a and 7 b).
BASIC_FIRST = frozenset({"rent_deposit", "moving_costs", "child_visiting_costs", "health_other", "identity_documents"})

OUTCOMES = {
    "granted": gettext_lazy("Granted"),
    "partly_granted": gettext_lazy("Partly granted"),
    "granted_preventive": gettext_lazy("Granted as preventive assistance"),
    "rejected": gettext_lazy("Rejected"),
    "decided_on_available_information": gettext_lazy("Decided on the information at hand"),
    "cancelled_by_client": gettext_lazy("Cancelled by the client"),
    "already_decided": gettext_lazy("Decided already"),
}


class SupplementaryApplication(Details):
    """`period_from` and `period_to` are first days of months, both included.

    `expenses` is as given: a list of {code, amount in euros as text or null, text}.
    """

    requested_by_client = models.BooleanField()
    application_received_on = models.DateField()
    period_from = models.DateField()
    period_to = models.DateField()
    urgent_supplementary = models.BooleanField()
    urgent_supplementary_reason = models.CharField(max_length=500, blank=True)
    urgent_basic = models.BooleanField()
    urgent_basic_reason = models.CharField(max_length=500, blank=True)
    expenses = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="supplementary_asked_for", condition=Q(requested_by_client=True)),
            models.CheckConstraint(name="supplementary_period", condition=Q(period_from__lte=F("period_to"))),
            models.CheckConstraint(
                name="supplementary_urgency_told",
                condition=(Q(urgent_supplementary=False) | ~Q(urgent_supplementary_reason=""))
                & (Q(urgent_basic=False) | ~Q(urgent_basic_reason="")),
            ),
        ]


class ExpenseSerializer(StoredAsWritten):
    """One thing that help is asked for (menoerä)."""

    code = CodeField(EXPENSES, label=gettext_lazy("Expense"))
    amount = MoneyField(
        default=None, allow_null=True, label=gettext_lazy("Amount, €"), help_text=gettext_lazy("Empty if not known.")
    )
    text = TextField(max_length=500, required=False, label=gettext_lazy("What"))

    class Meta:
        list_serializer_class = Rows


class SupplementaryApplicationSerializer(StrictSerializer):
    """What the client applies for, how urgent it is, and Kela's own decision if there is one."""

    requested_by_client = FlagField(label=gettext_lazy("The client asks for it to be forwarded"))
    application_received_on = DayField(label=gettext_lazy("Application received on"))
    application_period = PeriodSerializer(
        source="*", max_months=LONGEST_PERIOD, label=gettext_lazy("Period applied for")
    )
    urgent_supplementary = FlagField(label=gettext_lazy("The supplementary application is urgent"))
    urgent_supplementary_reason = TextField(
        max_length=500,
        lines=3,
        required=False,
        label=gettext_lazy("Why the supplementary is urgent"),
        help_text=gettext_lazy("A sentence or two on what happens if the decision is late."),
    )
    urgent_basic = FlagField(label=gettext_lazy("The basic application is urgent"))
    urgent_basic_reason = TextField(
        max_length=500, lines=3, required=False, label=gettext_lazy("Why the basic application is urgent")
    )
    expenses = ExpenseSerializer(many=True, allow_empty=False, max_length=100, label=gettext_lazy("Expenses"))
    basic_decision = BasicDecisionSerializer(
        default=None,
        allow_null=True,
        label=gettext_lazy("Basic decision"),
        help_text=gettext_lazy("Can be attached later, too."),
    )


def check(draft: Draft, on: date) -> Iterator[Fault]:
    details = draft.details
    if details["requested_by_client"] is False:
        yield Fault(
            "details.requested_by_client",
            "not_requested",
            _("The law lets Kela forward only at the client's request."),
        )
    if draft.common["client_informed_on"] is None:
        yield Fault("client_informed_on", "client_not_informed", _("Has the client been told? Write when."))
    if details["application_received_on"] and details["application_received_on"] > on:
        yield Fault("details.application_received_on", "future", _("This day is still to come."))
    yield from _urgency_faults(draft)
    if details["expenses"]:
        yield from _expense_faults(draft, details["expenses"])
    if draft.decision is not None:
        yield from decision_faults(draft.decision, on=on, path="details.basic_decision.")


def _urgency_faults(draft: Draft) -> Iterator[Fault]:
    details = draft.details
    for name in ("urgent_supplementary", "urgent_basic"):
        if details[name] and details[f"{name}_reason"] == "":
            yield Fault(f"details.{name}_reason", "urgency_untold", _("Say why it is urgent."))
    if details["urgent_supplementary"] and details["urgent_basic"] is False and draft.decision is None:
        yield Fault(
            "details.urgent_basic",
            "basic_urgent_too",
            _("An urgent supplementary need makes Kela treat the basic application as urgent too."),
            warning=True,
        )
    if details["urgent_supplementary"] and draft.client["place_of_stay_id"] is None:
        yield Fault(
            "client.place_of_stay",
            "stay_untold",
            _("Where is the client now? Urgent help is given there; without it this goes to the home municipality."),
            warning=True,
        )


def _expense_faults(draft: Draft, expenses: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    for place, expense in enumerate(expenses):
        path = f"details.expenses.{place}"
        if expense["code"] == "other" and not expense["text"]:
            yield Fault(f"{path}.text", "expense_untold", _("Say what it is for."))
        elif expense["amount"] is None and not expense["text"]:
            yield Fault(f"{path}.amount", "expense_empty", _("Give the amount, or say in words what is needed."))
        if expense["code"] in BASIC_FIRST:
            yield Fault(f"{path}.code", "basic_first", _("Kela decides this first as basic assistance."), warning=True)
    if sum(Decimal(expense["amount"] or 0) for expense in expenses) > LARGEST_SUM:
        yield Fault("details.expenses", "sum_too_large", _("The expenses are more than 100 000 € together."))
    if _is_only_basic(draft, expenses):
        yield Fault(
            "details.expenses",
            "only_basic",
            _("Kela decides all of these first as basic assistance. Attach its decision, or wait for it."),
        )


def _is_only_basic(draft: Draft, expenses: Sequence[Mapping[str, Any]]) -> bool:
    """Nothing is asked for but what Kela has still to decide itself; an urgent need does not wait for that."""
    if draft.details["urgent_supplementary"] or any(expense["code"] not in BASIC_FIRST for expense in expenses):
        return False
    return draft.decision is None or draft.decision["result"] == "pending"


def matter(details: Any) -> str:
    """Such as "Rent arrears 640 €, Child's hobby"."""
    return ", ".join(_expense_text(expense) for expense in details.expenses)


def _expense_text(expense: Mapping[str, Any]) -> str:
    label = str(EXPENSES.get(expense["code"], expense["code"]))
    return f"{label} {short_euro_text(Decimal(expense['amount']))}" if expense["amount"] is not None else label


TYPE = ReferralType(
    code="supplementary_application",
    number=1,
    mark="TH",
    label=gettext_lazy("Application for supplementary assistance"),
    short_label=gettext_lazy("Supplementary"),
    when=gettext_lazy("The client asks for help with expenses that Kela does not decide."),
    law="TTL 1412/1997 14 c §",
    model=SupplementaryApplication,
    serializer=SupplementaryApplicationSerializer,
    places=Places.URGENT_STAY_PERMANENT,
    outcomes=OUTCOMES,
    matter=matter,
    check=check,
    can_be_urgent=True,
    is_urgent=lambda details: bool(details["urgent_supplementary"]),
    takes_decision=True,
)
