"""Kela's basic decision (perustoimeentulotukipäätös) on the same matter, in versions."""

from __future__ import annotations

from django.db import models

from kela_kunta.base.ids import UuidV7
from referrals.models.referral import Referral


class BasicDecision(models.Model):
    """One version of the decision with its calculation; a correction is a further version.

    `lines` is the calculation as given: a list of {month "2026-11", kind "income", "expense"
    or "asset", label, amount in euros as text, privileged, source "kela" or "other"}.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="decisions", db_index=False)
    version = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=64)
    decided_on = models.DateField()
    period_from = models.DateField(help_text="First day of the first month.")
    period_to = models.DateField(help_text="First day of the last month.")
    result = models.CharField(max_length=20)
    lines = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint("referral", "version", name="one_decision_a_version")]
        ordering = ["version"]
