"""Technical receipts: whether the receiver's client information system took a referral in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from contacts.models import Authority
from kela_kunta.base.ids import UuidV7
from referrals.models.referral import Referral
from referrals.rules.receipts import ReceiptFault


class Receipt(models.Model):
    """One receipt by a system of `authority`; append-only, the last one holds.

    `version` is the referral's after it. The referral's own columns `receipt_at` and `fault` tell of
    the last receipt by the authority that has it.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="receipts", db_index=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", db_index=False)
    client_id = models.CharField(max_length=100)
    client_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    accepted = models.BooleanField()
    code = models.CharField(max_length=40, blank=True)
    detail = models.TextField(blank=True)
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("referral", "version", name="one_receipt_a_version"),
            models.CheckConstraint(
                name="a_refusal_has_its_code",
                condition=Q(accepted=True, code="") | Q(accepted=False, code__in=list(ReceiptFault)),
            ),
        ]
