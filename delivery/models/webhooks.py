"""Webhooks: who wants to be called, and each call that is to be made."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from contacts.models import Authority
from kela_kunta.base.ids import UuidV7


class State(models.TextChoices):
    """Whether a subscription is called."""

    ACTIVE = "active", "It is called."
    PAUSED = "paused", "It did not answer for three days, or its client may not read any more."
    ENDED = "ended", "It answered 410: it wants no more."


class Subscription(models.Model):
    """An address of an authority's system that wants to be told of changes.

    `number` is how far in the authority's feed deliveries have been made for it: they are made in
    the feed's order, so none is left out, whatever happens to workers and to the broker. `kinds`
    is empty when it wants all. Who sends holds it until `sending_until`; while it does not answer
    it is let alone until `quiet_until`.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    client_id = models.CharField(max_length=107, help_text="Whose it is, as it acts: client:<client id>.")
    url = models.CharField(max_length=500)
    kinds = ArrayField(models.CharField(max_length=40), default=list)
    sealed_secret = models.BinaryField()
    sealed_former_secret = models.BinaryField(null=True)
    former_until = models.DateTimeField(null=True, help_text="Until then the former secret signs too.")
    number = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    created_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True, help_text="When a call last got through.")
    failing_since = models.DateTimeField(null=True, help_text="The first failure since then.")
    failures = models.PositiveIntegerField(default=0, help_text="Rounds that were broken off since then.")
    quiet_until = models.DateTimeField(null=True)
    sending_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="subscription_state", condition=Q(state__in=list(State))),
            models.CheckConstraint(
                name="subscription_stopped",
                condition=Q(state=State.ACTIVE, stopped_at=None)
                | (~Q(state=State.ACTIVE) & Q(stopped_at__isnull=False)),
            ),
        ]


class Delivery(models.Model):
    """One event to be told to one subscription: the row is the queue, and afterwards the log.

    `number` is the event's in the authority's feed. `next_attempt_at` is null when it has come to its end.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries", db_index=False)
    number = models.BigIntegerField()
    created_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    first_attempt_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(null=True)
    last_status = models.PositiveSmallIntegerField(null=True, help_text="The last answer's HTTP status.")
    last_error = models.CharField(max_length=40, blank=True)
    delivered_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("subscription", "number", name="told_once"),
            models.CheckConstraint(
                name="delivery_waits_or_has_ended",
                condition=Q(next_attempt_at__isnull=False, delivered_at=None, dead_at=None)
                | Q(next_attempt_at=None, delivered_at__isnull=False, dead_at=None)
                | Q(next_attempt_at=None, delivered_at=None, dead_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index("subscription", "number", name="delivery_waiting", condition=Q(next_attempt_at__isnull=False)),
        ]
