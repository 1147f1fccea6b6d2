"""Kela's basic decision with its calculation, as a referral carries it or as it is attached afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kela_kunta.base.inputs import (
    CodeField,
    DayField,
    FlagField,
    MoneyField,
    MonthField,
    Rows,
    StoredAsWritten,
    StrictSerializer,
    TextField,
)
from referrals.types.base import Fault
from referrals.types.figures import day_text, euro_text
from referrals.types.period import PeriodSerializer

RESULTS = {
    "granted": gettext_lazy("Granted"),
    "partly": gettext_lazy("Partly granted"),
    "rejected": gettext_lazy("Rejected"),
    "pending": gettext_lazy("Pending"),
}
LINE_KINDS = {
    "income": gettext_lazy("Income"),
    "expense": gettext_lazy("Expense"),
    "asset": gettext_lazy("Asset"),
}
SOURCES = {
    "kela": gettext_lazy("Kela"),
    "other": gettext_lazy("Other"),
}
SAYS_DEFICIT = frozenset({"granted", "partly"})


class CalculationLineSerializer(StoredAsWritten):
    """One line of the calculation (laskelmarivi)."""

    month = MonthField(label=gettext_lazy("Month"))
    kind = CodeField(LINE_KINDS, label=gettext_lazy("Kind"))
    label = TextField(max_length=200, label=gettext_lazy("What"))  # type: ignore[assignment]  # the interface's name
    amount = MoneyField(label=gettext_lazy("Amount, €"))
    privileged = FlagField(
        default=False,
        label=gettext_lazy("Privileged"),
        help_text=gettext_lazy("Income left out of account (TTL 11 §), such as a disability allowance."),
    )
    source = CodeField(SOURCES, default="kela", label=gettext_lazy("Source"))  # type: ignore[assignment]  # likewise

    class Meta:
        list_serializer_class = Rows


class BasicDecisionSerializer(StrictSerializer):
    """Kela's basic decision (perustoimeentulotukipäätös) with its calculation."""

    number = TextField(max_length=64, label=gettext_lazy("Number of the decision"))
    decided_on = DayField(label=gettext_lazy("Decided on"))
    period = PeriodSerializer(source="*", label=gettext_lazy("Period of the decision"))
    result = CodeField(RESULTS, label=gettext_lazy("Result"))
    calculation_lines = CalculationLineSerializer(
        many=True, source="lines", default=list, max_length=1000, label=gettext_lazy("Calculation")
    )


def balance_by_month(lines: Iterable[Mapping[str, Any]]) -> dict[str, Decimal]:
    """Euros left over (positive, ylijäämä) or lacking (negative, alijäämä) in each month ("2026-11") of `lines`, in order.

    Counted income and assets less expenses; privileged income is left out of account (TTL 1412/1997, section 11).
    """
    balances: dict[str, Decimal] = {}
    for line in lines:
        amount = Decimal(line["amount"])
        if line["kind"] == "expense":
            amount = -amount
        elif line["privileged"]:
            amount = Decimal(0)
        balances[line["month"]] = balances.get(line["month"], Decimal(0)) + amount
    return dict(sorted(balances.items()))


def decision_faults(decision: Mapping[str, Any], *, on: date, path: str) -> Iterator[Fault]:
    """The faults of a decision sent on day `on`; `path` is where it stands in the body, "" or with a dot at its end."""
    if decision["decided_on"] and decision["decided_on"] > on:
        yield Fault(
            f"{path}decided_on",
            "after_sending",
            _("The decision is dated after the sending, %(date)s.") % {"date": day_text(on)},
        )
    lines = decision["lines"] or []
    for place, line in enumerate(lines):
        if line["privileged"] and line["kind"] != "income":
            yield Fault(
                f"{path}calculation_lines.{place}.privileged",
                "privileged_not_income",
                _("Only income can be privileged."),
            )
    if not lines and decision["result"] in SAYS_DEFICIT and decision["lines"] is not None:
        yield Fault(f"{path}calculation_lines", "no_lines", _("Give the calculation that the decision rests on."))
    yield from _sign_faults(decision["result"], lines, path)


def _sign_faults(result: str | None, lines: Iterable[Mapping[str, Any]], path: str) -> Iterator[Fault]:
    balances = balance_by_month(lines)
    total = sum(balances.values(), Decimal(0))
    if result in SAYS_DEFICIT and balances and all(balance > 0 for balance in balances.values()):
        yield Fault(
            f"{path}calculation_lines",
            "sum_contradicts_result",
            _("The lines give a surplus of %(amount)s €, the decision says deficit.") % {"amount": euro_text(total)},
        )
    elif result == "rejected" and total < 0:
        yield Fault(
            f"{path}calculation_lines",
            "sum_contradicts_result",
            _("The lines give a deficit of %(amount)s €, the decision says rejected.") % {"amount": euro_text(-total)},
            warning=True,
        )
