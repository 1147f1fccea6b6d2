"""Type 3: unemployed, under 25, four months on assistance (KTL 189/2001, section 27; duty from 1.5.2017)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from referrals.rules.routing import Places
from referrals.types import alerts
from referrals.types.base import ReferralType

THRESHOLDS = alerts.Thresholds(months=4, age_below=25)


class Under25(alerts.UnemploymentAlert):
    class Meta:
        constraints = [
            models.CheckConstraint(
                name="under_25_by_law",
                condition=Q(months__len__gte=THRESHOLDS.months, unemployed=True, main_income=True),
            )
        ]


TYPE = ReferralType(
    code="under_25",
    number=3,
    mark="<25",
    label=_("Unemployed person under 25, four months on assistance"),
    short_label=_("Under 25"),
    when=_("An unemployed person under 25 has lived mainly on social assistance for four months."),
    law="KTL 189/2001 27 §",
    model=Under25,
    serializer=alerts.UnemploymentAlertSerializer,
    places=Places.HOME_ONLY,
    outcomes=alerts.UNEMPLOYMENT_OUTCOMES,
    outcomes_needing_text=frozenset({"other_benefit"}),
    matter=alerts.months_matter,
    check=alerts.checks(THRESHOLDS),
    is_alert=True,
    least_months=THRESHOLDS.months,
)
