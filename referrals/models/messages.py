"""What both sides write to each other about a referral, what one side notes for itself, and who has read it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kela_kunta.base.ids import UuidV7
from referrals.models.referral import Referral


class Message(models.Model):
    """A message to the other side, or an internal note, which the writer's side alone ever sees; append-only.

    `side` is the code of the authority written for ("kela" or the receiver's), `recipient` who is to
    look at it: an authority's code, or the id of Kela's sender; "" for nobody yet, and for a note.
    `version` is the referral's after it; a note makes none.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="messages", db_index=False)
    side = models.CharField(max_length=60)
    role = models.CharField(max_length=20)
    author_id = models.CharField(max_length=100)
    author_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    text = models.TextField()
    internal = models.BooleanField()
    recipient = models.CharField(max_length=100, blank=True)
    version = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_note_goes_to_nobody",
                condition=Q(internal=True, recipient="", version__isnull=True)
                | Q(internal=False, version__isnull=False),
            )
        ]
        indexes = [
            models.Index("referral", "at", "id", name="message_conversation"),
            models.Index("recipient", "at", name="message_to_look_at", condition=Q(internal=False)),
        ]


class MessagesRead(models.Model):
    """How far a person or a system has read the messages on a referral: up to and with the message `upto`.

    A message's id is made while its referral is locked, so ids follow the order of writing.
    """

    pk = models.CompositePrimaryKey("referral_id", "reader_id")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="+", db_index=False)
    reader_id = models.CharField(max_length=100)
    side = models.CharField(max_length=60)
    upto = models.UUIDField()
    at = models.DateTimeField()
