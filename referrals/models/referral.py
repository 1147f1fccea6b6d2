"""The referral: one matter sent from Kela, one row, one life cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contacts.models import Authority, Municipality
from kela_kunta.base.apart import ActingTest
from kela_kunta.base.ids import UuidV7
from referrals.rules import lifecycle
from referrals.rules.escalation import Because
from referrals.rules.lifecycle import Status
from referrals.rules.receipts import ReceiptFault

if TYPE_CHECKING:
    from referrals.models.client import Client

HELD = list(lifecycle.HELD)
WITHOUT_RECEIVER = [Status.SENT, Status.UNROUTABLE]


class Referral(models.Model):
    """One matter sent from Kela to the authority that is to act (lähete, ilmoitus).

    Times are UTC, days are Helsinki's. `version` grows by one with every event and is the
    ETag. `urgent` is what the receiver's deadline and the statistics go by; `municipality`
    is the area for statistics: home, else place of stay, else null. A `test` is seen by test
    clients alone.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    type = models.CharField(max_length=40)
    status = models.CharField(max_length=20, default=Status.SENT)
    version = models.PositiveIntegerField(default=1)
    urgent = models.BooleanField()
    protected = models.BooleanField(help_text="Of a person under non-disclosure for personal safety.")
    test = models.BooleanField(db_default=ActingTest(), help_text="Sent by a test client.")

    sender_role = models.CharField(max_length=20)
    sender_id = models.CharField(max_length=100)
    sender_name = models.CharField(max_length=200)
    sender_reference = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=200, help_text="The sender's idempotency key.")
    digest = models.BinaryField(max_length=32, help_text="SHA-256 of what was sent with the key.")
    sent_at = models.DateTimeField()
    release_at = models.DateTimeField(help_text="Held back from routing until then.")
    client_informed_on = models.DateField(null=True)
    additional_information = models.TextField(blank=True)

    files = models.PositiveSmallIntegerField(default=0, help_text="How many attachments it has.")
    attachments_due = models.DateTimeField(
        null=True, help_text="Held until all of them are there, by then; null when they are."
    )

    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+", db_index=False)
    receiving_authority = models.ForeignKey(Authority, models.PROTECT, null=True, related_name="+", db_index=False)
    routing_reason = models.JSONField(null=True)
    handovers = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True, help_text="When the present authority received it.")
    first_delivered_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    first_due_on = models.DateField(null=True)
    discussion_due_on = models.DateField(null=True)
    acknowledge_by = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True, help_text="When it was first acknowledged.")
    started_at = models.DateTimeField(null=True, help_text="When work on it first began.")
    escalated_at = models.DateTimeField(null=True, help_text="When it was, while its present authority has had it.")
    escalated_because = models.CharField(max_length=30, blank=True)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)

    receipt_at = models.DateTimeField(null=True, help_text="Of the last technical receipt by its present authority.")
    fault = models.CharField(max_length=40, blank=True, help_text="Why that authority's system did not take it.")

    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)
    outcome_text = models.TextField(blank=True)
    return_reason = models.CharField(max_length=40, blank=True)
    return_text = models.TextField(blank=True)
    proposed_authority = models.ForeignKey(Authority, models.PROTECT, null=True, related_name="+", db_index=False)
    first_return_reason = models.CharField(max_length=40, blank=True, default="", db_default="")
    first_returned_by = models.ForeignKey(Authority, models.PROTECT, null=True, related_name="+", db_index=False)
    withdrawal_reason = models.CharField(max_length=40, blank=True)
    updated_at = models.DateTimeField()

    client: Client

    class Meta:
        constraints = [
            models.UniqueConstraint("sender_id", "key", "test", name="one_referral_a_key"),
            models.CheckConstraint(name="known_status", condition=Q(status__in=list(Status))),
            models.CheckConstraint(
                name="receiver_fits_status",
                condition=Q(status__in=WITHOUT_RECEIVER, receiving_authority__isnull=True)
                | Q(status=Status.WITHDRAWN)
                | (~Q(status__in=WITHOUT_RECEIVER) & Q(receiving_authority__isnull=False)),
            ),
            models.CheckConstraint(
                name="deadline_while_held",
                condition=Q(status__in=HELD, due_on__isnull=False) | (~Q(status__in=HELD) & Q(due_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="outcome_when_closed",
                condition=(Q(status=Status.CLOSED) & ~Q(outcome="") & Q(closed_at__isnull=False))
                | (~Q(status=Status.CLOSED) & Q(outcome="") & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="reason_when_returned", condition=~Q(status=Status.RETURNED) | ~Q(return_reason="")
            ),
            models.CheckConstraint(
                name="reason_when_withdrawn",
                condition=(Q(status=Status.WITHDRAWN) & ~Q(withdrawal_reason=""))
                | (~Q(status=Status.WITHDRAWN) & Q(withdrawal_reason="")),
            ),
            models.CheckConstraint(
                name="escalated_with_its_reason",
                condition=Q(escalated_at__isnull=True, escalated_because="")
                | Q(escalated_at__isnull=False, escalated_because__in=list(Because)),
            ),
            models.CheckConstraint(
                name="fault_by_a_receipt",
                condition=Q(fault="") | Q(receipt_at__isnull=False, fault__in=list(ReceiptFault)),
            ),
            models.CheckConstraint(
                name="nothing_leaves_without_its_files",
                condition=Q(attachments_due__isnull=True) | Q(status__in=[Status.SENT, Status.WITHDRAWN]),
            ),
        ]
        indexes = [
            models.Index("release_at", "id", name="referral_pending", condition=Q(status=Status.SENT)),
            models.Index("receiving_authority", "due_on", "id", name="referral_inbox", condition=Q(status__in=HELD)),
            models.Index(
                F("receiving_authority"),
                F("delivered_at").desc(),
                F("id").desc(),
                name="referral_new",
                condition=Q(status=Status.DELIVERED),
            ),
            models.Index(
                "escalated_at",
                "id",
                name="referral_escalated",
                condition=Q(status=Status.DELIVERED, urgent=True, escalated_at__isnull=False),
            ),
            models.Index(
                "acknowledge_by",
                "id",
                name="referral_to_watch",
                condition=Q(status=Status.DELIVERED, urgent=True, escalated_at__isnull=True),
            ),
            models.Index(F("receiving_authority"), F("sent_at").desc(), F("id").desc(), name="referral_archive"),
            models.Index("receiving_authority", "delivered_at", "id", name="referral_arrived"),
            models.Index(F("sender_id"), F("sent_at").desc(), F("id").desc(), name="referral_sent"),
            models.Index(
                F("status"),
                F("sent_at"),
                F("id"),
                name="referral_back_at_kela",
                condition=Q(status__in=[Status.RETURNED, Status.UNROUTABLE]),
            ),
            models.Index("receipt_at", "id", name="referral_fault", condition=~Q(fault="")),
            models.Index(
                "attachments_due",
                "id",
                name="referral_lacks_files",
                condition=Q(status=Status.SENT, attachments_due__isnull=False),
            ),
            models.Index(F("sent_at"), F("id"), name="referral_sent_at"),
            models.Index(F("sent_at"), F("id"), name="referral_tests", condition=Q(test=True)),
            models.Index(F("updated_at"), F("id"), name="referral_updated_at"),
        ]

    @property
    def escalated(self) -> bool:
        """Whether it is urgent, was escalated, and nobody has taken note of it yet."""
        return self.urgent and self.status == Status.DELIVERED and self.escalated_at is not None
