"""The event log: at once the history that people read, the feed that systems read and the outbox."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from contacts.models import Authority
from kela_kunta.base.apart import ActingTest


class Event(models.Model):
    """Something that happened to a subject, such as a referral; append-only.

    `data` holds codes and what was written, worded when shown. `authority` is the one whose
    feed the event stands in, `number` its place there: numbers follow the order of commits. Test
    data has feeds of its own, numbered by themselves.
    `protected` events show only to the cleared: unless the writer says otherwise, all do.
    """

    pk = models.CompositePrimaryKey("subject_id", "version")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    version = models.PositiveIntegerField(help_text="The subject's version after this event.")
    kind = models.CharField(max_length=40)
    status = models.CharField(max_length=20, help_text="The subject's status after this event.")
    at = models.DateTimeField()
    role = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=200)
    actor_authority = models.CharField(max_length=60)
    call = models.CharField(max_length=100, db_default="", help_text="The X-Road-Id of the call that did it.")
    data = models.JSONField(default=dict)
    protected = models.BooleanField(db_default=True, help_text="Of a person under non-disclosure.")
    authority = models.ForeignKey(Authority, models.PROTECT, null=True, db_constraint=False, db_index=False)
    number = models.BigIntegerField(null=True)
    test = models.BooleanField(db_default=ActingTest())

    class Meta:
        constraints = [
            models.UniqueConstraint("authority", "test", "number", name="feed_order"),
            models.CheckConstraint(
                name="numbered_in_a_feed",
                condition=Q(authority__isnull=True, number__isnull=True)
                | Q(authority__isnull=False, number__isnull=False),
            ),
        ]


class FeedCounter(models.Model):
    """The last number given out in an authority's feed, live or test; its row lock makes numbers follow commits."""

    pk = models.CompositePrimaryKey("authority", "test")
    authority = models.ForeignKey(Authority, models.PROTECT, db_constraint=False, db_index=False)
    test = models.BooleanField(db_default=ActingTest())
    last = models.BigIntegerField()
