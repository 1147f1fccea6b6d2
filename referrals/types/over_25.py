"""Type 6: unemployed, 25 or over, twelve months on assistance (KTL 189/2001, section 27; sent from 1.1.2018).

Months before the 25th birthday count.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from referrals.rules.routing import Places
from referrals.types import alerts
from referrals.types.base import ReferralType

THRESHOLDS = alerts.Thresholds(months=12, age_at_least=25)


class Over25(alerts.UnemploymentAlert):
    class Meta:
        constraints = [
            models.CheckConstraint(
                name="over_25_by_law",
                condition=Q(months__len__gte=THRESHOLDS.months, unemployed=True, main_income=True),
            )
        ]


TYPE = ReferralType(
    code="over_25",
    number=6,
    mark="25+",
    label=_("Unemployed person of 25 or over, twelve months on assistance"),
    short_label=_("25 or over"),
    when=_("An unemployed person of 25 or over has lived mainly on social assistance for twelve months."),
    law="KTL 189/2001 27 §",
    model=Over25,
    serializer=alerts.UnemploymentAlertSerializer,
    places=Places.HOME_ONLY,
    outcomes=alerts.UNEMPLOYMENT_OUTCOMES,
    outcomes_needing_text=frozenset({"other_benefit"}),
    matter=alerts.months_matter,
    check=alerts.checks(THRESHOLDS),
    is_alert=True,
    begins_on=date(2018, 1, 1),
    least_months=THRESHOLDS.months,
)
