"""Type 5: one month of a lowered basic amount (TTL 1412/1997, sections 10, 10 a and 18 h).

Since 1.11.2023 every lowered month is told of, so several of one client are no duplicates.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from kela_kunta.base.inputs import CodeField, DayField, MonthField, PercentField, StrictSerializer
from referrals.rules.ages import months_after
from referrals.rules.months import month_of, month_text
from referrals.rules.routing import Places
from referrals.types.base import Details, Draft, Fault, ReferralType
from referrals.types.figures import day_text

# From the lowering's first day on, by how many per cent (TTL 1412/1997, section 10; 50 by the reform of 2026).
PERCENTS = [(date.min, (20, 40)), (date(2026, 2, 1), (20, 40, 50))]
GROUNDS_BEGIN = {"full_benefit_not_applied": date(2026, 2, 1)}  # the same reform
AT_MOST_MONTHS = 2

GROUNDS = {
    "refused_work": gettext_lazy("Refused work"),
    "neglected_employment_service": gettext_lazy("Neglected an employment service"),
    "refused_or_neglected_activation_plan": gettext_lazy("Refused or neglected the activation plan"),
    "refused_or_neglected_integration_plan": gettext_lazy("Refused or neglected the integration plan"),
    "not_registered_as_jobseeker": gettext_lazy("Did not register as a jobseeker"),
    "education_refused": gettext_lazy("Refused education"),
    "full_benefit_not_applied": gettext_lazy("Did not apply for a full benefit"),
    "other": gettext_lazy("Other ground"),
}

OUTCOMES = {
    "contacted": gettext_lazy("Client contacted"),
    "assessment_started": gettext_lazy("Assessment of service needs started"),
    "existing_client_worker_informed": gettext_lazy("Client already, own worker told"),
    "no_need_found": gettext_lazy("No need found"),
    "declined_by_client": gettext_lazy("Client declined"),
    "not_reached": gettext_lazy("Client was not reached"),
    "lowering_reversed": gettext_lazy("Lowering was reversed"),
}


class LoweredBasicAmount(Details):
    """`month` is the first day of the month that the notice is for."""

    percent = models.PositiveSmallIntegerField()
    lowered_from = models.DateField()
    lowered_to = models.DateField()
    ground = models.CharField(max_length=40)
    month = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="lowering_in_order", condition=Q(percent__range=(1, 100), lowered_from__lte=F("lowered_to"))
            )
        ]


class LoweredBasicAmountSerializer(StrictSerializer):
    """One month of a lowered basic amount."""

    percent = PercentField(
        label=gettext_lazy("Lowered by, per cent"), help_text=gettext_lazy("20 or 40; from 1.2.2026 also 50.")
    )
    ground = CodeField(
        GROUNDS,
        label=gettext_lazy("Ground"),
        help_text=gettext_lazy("Another ground is told in additional information."),
    )
    month = MonthField(label=gettext_lazy("Month that this notice is for"))

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        return {
            "percent": fields.pop("percent"),
            "from": DayField(source="lowered_from", label=gettext_lazy("First day of the lowering")),
            "to": DayField(source="lowered_to", label=gettext_lazy("Last day of the lowering")),
            **fields,
        }


def check(draft: Draft, on: date) -> Iterator[Fault]:
    details = draft.details
    first, last = details["lowered_from"], details["lowered_to"]
    if first and last:
        if last < first:
            yield Fault("details.to", "backwards", _("The lowering ends before it begins."))
        elif last >= months_after(first, AT_MOST_MONTHS):
            yield Fault("details.to", "too_long", _("The law allows two months at a time."))
        elif details["month"] and not month_of(first) <= details["month"] <= month_of(last):
            yield Fault(
                "details.month",
                "month_outside",
                _("%(month)s is outside the lowering, %(from)s–%(to)s.")
                % {"month": month_text(details["month"]), "from": day_text(first), "to": day_text(last)},
            )
    if first:
        yield from _dated_faults(details, first)
    if details["ground"] == "other" and draft.common["additional_information"] == "":
        yield Fault("additional_information", "ground_untold", _("Tell the ground here."))


def _dated_faults(details: Any, first: date) -> Iterator[Fault]:
    allowed = next(percents for since, percents in reversed(PERCENTS) if first >= since)
    if details["percent"] and details["percent"] not in allowed:
        yield Fault(
            "details.percent",
            "percent_not_allowed",
            _("A lowering that begins on %(date)s can be %(percents)s per cent.")
            % {"date": day_text(first), "percents": ", ".join(map(str, allowed))},
        )
    begins = GROUNDS_BEGIN.get(details["ground"], date.min)
    if first < begins:
        yield Fault(
            "details.ground", "ground_not_yet", _("This ground exists from %(date)s on.") % {"date": day_text(begins)}
        )


def matter(details: Any) -> str:
    """Such as "20 %, 3/2026: Refused work"."""
    ground = GROUNDS.get(details.ground, details.ground)
    return f"{details.percent} %, {month_text(details.month)}: {ground}"


TYPE = ReferralType(
    code="lowered_basic_amount",
    number=5,
    mark="AP",
    label=gettext_lazy("Lowered basic amount"),
    short_label=gettext_lazy("Lowering"),
    when=gettext_lazy("The basic amount has been lowered: one notice for every lowered month."),
    law="TTL 1412/1997 10, 10 a, 18 h §",
    model=LoweredBasicAmount,
    serializer=LoweredBasicAmountSerializer,
    places=Places.HOME,
    outcomes=OUTCOMES,
    matter=matter,
    check=check,
    replaces=("month",),
)
