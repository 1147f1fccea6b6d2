"""E-mails on their way."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from contacts.models import Authority
from kela_kunta.base.ids import UuidV7


class Letter(models.Model):
    """An e-mail that waits, was sent, or was given up: the row is the queue.

    It goes to `reader`, at the address that they have then, or to `address`. `data` holds ids,
    codes and counts, never anything about a client; words come when it is sent. The same `key`
    is posted once. `next_attempt_at` is null when it has come to its end.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40, help_text="Names its templates below letters/.")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    address = models.EmailField(blank=True)
    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="+", db_index=False, help_text="Whose matter it is."
    )
    language = models.CharField(max_length=2)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    first_attempt_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=40, blank=True)
    sent_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="letter_to_somebody",
                condition=Q(reader__isnull=False, address="") | (Q(reader__isnull=True) & ~Q(address="")),
            ),
            models.CheckConstraint(
                name="letter_waits_or_has_ended",
                condition=Q(next_attempt_at__isnull=False, sent_at__isnull=True, dead_at__isnull=True)
                | Q(next_attempt_at__isnull=True, sent_at__isnull=False, dead_at__isnull=True)
                | Q(next_attempt_at__isnull=True, sent_at__isnull=True, dead_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index("next_attempt_at", "id", name="letter_due", condition=Q(next_attempt_at__isnull=False)),
        ]
