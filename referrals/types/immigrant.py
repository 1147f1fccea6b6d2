"""Type 4: an immigrant on assistance other than temporarily.

To 2024 by 1386/2010, section 87 a; from 2025 by 681/2023, section 84. "Two months" is Kela's
reading of "other than temporarily", not in the law.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kela_kunta.base.inputs import CodeField, DayField, FlagField, MonthsField, StrictSerializer
from referrals.rules.ages import years_after
from referrals.rules.routing import Places
from referrals.types import alerts
from referrals.types.base import Details, Draft, Fault, ReferralType
from referrals.types.client import birth_date, birth_path
from referrals.types.figures import day_text

MINIMUM_MONTHS = 2

# From a day on, at most how many years since the first permit (681/2023, section 14).
YEARS_SINCE_FIRST_PERMIT = [(date(2025, 1, 1), 3)]

# From a day on Kela looks only at those whose main living is assistance (its practice of 30.10.2017).
MAIN_INCOME_FROM = date(2017, 10, 30)

RESIDENCE_GROUNDS = {
    "quota_refugee": gettext_lazy("Quota refugee"),
    "international_protection": gettext_lazy("International protection"),
    "temporary_protection": gettext_lazy("Temporary protection"),
    "victim_of_trafficking": gettext_lazy("Victim of trafficking in human beings"),
    "unaccompanied_minor": gettext_lazy("Unaccompanied minor"),
    "family_tie": gettext_lazy("Family tie"),
    "work": gettext_lazy("Work"),
    "study": gettext_lazy("Studies"),
    "returnee": gettext_lazy("Returnee"),
    "eu_registered": gettext_lazy("Registered EU citizen"),
    "nordic": gettext_lazy("Nordic citizen"),
    "continuous_other": gettext_lazy("Other continuous permit"),
    "permanent": gettext_lazy("Permanent permit"),
    "other": gettext_lazy("Other right of residence"),
    "none": gettext_lazy("No right of residence"),
}

OUTCOMES = {
    "assessment_started": gettext_lazy("Assessment started"),
    "integration_plan_started": gettext_lazy("Integration plan started"),
    "existing_plan": gettext_lazy("Has a plan already"),
    "outside_act": gettext_lazy("Outside the Integration Act"),
    "working": gettext_lazy("Works"),
    "studying": gettext_lazy("Studies"),
    "guided_to_county": gettext_lazy("Guided to the wellbeing services county"),
    "declined_by_client": gettext_lazy("Client declined"),
    "not_reached": gettext_lazy("Client was not reached"),
    "moved": gettext_lazy("Client has moved"),
}


class Immigrant(Details):
    months = ArrayField(models.DateField())
    residence_ground = models.CharField(max_length=40)
    first_permit_on = models.DateField(null=True)
    arrived_on = models.DateField(null=True)
    main_income = models.BooleanField()
    found_by = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.CheckConstraint(name="immigrant_months", condition=Q(months__len__gte=MINIMUM_MONTHS)),
            models.CheckConstraint(name="immigrant_may_stay", condition=~Q(residence_ground__in=["", "none"])),
        ]


class ImmigrantSerializer(StrictSerializer):
    """What tells that an immigrant gets assistance other than temporarily."""

    months = MonthsField(
        label=gettext_lazy("Months on assistance"),
        help_text=gettext_lazy("Months for which assistance was paid, one after another, like 2026-07."),
    )
    residence_ground = CodeField(RESIDENCE_GROUNDS, label=gettext_lazy("Ground of residence"))
    first_permit_on = DayField(default=None, allow_null=True, label=gettext_lazy("First residence permit granted on"))
    arrived_on = DayField(default=None, allow_null=True, label=gettext_lazy("Came to Finland on"))
    main_income = FlagField(label=gettext_lazy("Assistance was the main living"))
    found_by = CodeField(alerts.FOUND_BY, default="handler", label=gettext_lazy("Found by"))


def check(draft: Draft, on: date) -> Iterator[Fault]:
    details = draft.details
    yield from alerts.month_faults(details["months"], minimum=MINIMUM_MONTHS, on=on)
    if details["residence_ground"] == "none":
        yield Fault(
            "details.residence_ground",
            "no_right_of_residence",
            _("No right of residence: use a social-work notice."),
        )
    for name in ("first_permit_on", "arrived_on"):
        if details[name] and details[name] > on:
            yield Fault(f"details.{name}", "future", _("This day is still to come."))
    yield from _permit_faults(details["first_permit_on"], on)
    if details["main_income"] is False and on >= MAIN_INCOME_FROM:
        yield Fault(
            "details.main_income",
            "not_main_income",
            _("Kela sends this notice only of people whose main living is assistance."),
            warning=True,
        )
    if born := birth_date(draft.client):
        yield from alerts.youth_warnings(born, birth_path(draft.client), on)


def _permit_faults(first_permit_on: date | None, on: date) -> Iterator[Fault]:
    limit = _years_since_first_permit(on)
    if limit is None:
        return
    if first_permit_on is None:
        yield Fault(
            "details.first_permit_on",
            "permit_unknown",
            _("The Act's assessment applies for %(years)s years from the first permit. When was it granted?")
            % {"years": limit},
            warning=True,
        )
    elif on > years_after(first_permit_on, limit):
        yield Fault(
            "details.first_permit_on",
            "permit_too_old",
            _("More than %(years)s years since %(date)s: the Act's assessment no longer applies.")
            % {"years": limit, "date": day_text(first_permit_on)},
        )


def _years_since_first_permit(on: date) -> int | None:
    return next((years for since, years in reversed(YEARS_SINCE_FIRST_PERMIT) if on >= since), None)


def matter(details: Any) -> str:
    """Such as "2 months: 1–2/2026, first permit 3.9.2025"."""
    months = alerts.months_matter(details)
    if not details.first_permit_on:
        return months
    return _("%(months)s, first permit %(date)s") % {"months": months, "date": day_text(details.first_permit_on)}


TYPE = ReferralType(
    code="immigrant",
    number=4,
    mark="MM",
    label=gettext_lazy("Immigrant, over two months on assistance"),
    short_label=gettext_lazy("Immigrant"),
    when=gettext_lazy("An immigrant has had social assistance for at least two months."),
    law="681/2023 84 §",
    model=Immigrant,
    serializer=ImmigrantSerializer,
    places=Places.HOME_ONLY,
    outcomes=OUTCOMES,
    matter=matter,
    check=check,
    is_alert=True,
    least_months=MINIMUM_MONTHS,
)
