"""When an authority cannot receive as usual."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contacts.models.places import Authority
from kela_kunta.base.ids import UuidV7

LONGEST_TEXT = 500


class PauseCause(models.TextChoices):
    """Why an authority pauses."""

    STAFF = "staff", _("Shortage of staff")
    SYSTEM = "system", _("Fault or change of a system")
    CONGESTION = "congestion", _("Congestion")
    ORGANISATION = "organisation", _("Change of organisation")
    OTHER = "other", _("Other cause")


class Pause(models.Model):
    """An authority works with a type's referrals more slowly than usual, or not at all (keskeytys).

    Sending goes on all the same. `type` is "" for all types. The fallback says whom to call
    meanwhile, or that the inbox is still read (`inbox_read`). Ended early, `valid` is shortened.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="pauses", db_index=False)
    type = models.CharField(max_length=40, blank=True)
    valid = DateTimeRangeField()
    cause = models.CharField(max_length=20, choices=PauseCause)
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)
    fallback_phone = models.CharField(max_length=20, blank=True, help_text="E.164.")
    inbox_read = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=200)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_pause_at_a_time",
                expressions=[
                    (F("authority"), RangeOperators.EQUAL),
                    (F("type"), RangeOperators.EQUAL),
                    (F("valid"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(name="pause_some_time", condition=Q(valid__isempty=False)),
            models.CheckConstraint(name="pause_known_cause", condition=Q(cause__in=list(PauseCause))),
            models.CheckConstraint(
                name="pause_says_what_instead", condition=Q(inbox_read=True) | ~Q(fallback_phone="")
            ),
        ]
