"""Alerts that were found from months of assistance, and the runs that found them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from contacts.models import Municipality
from kela_kunta.base.ids import UuidV7
from referrals.models.assistance import Recipient
from referrals.models.recalls import Recallable
from referrals.models.referral import Referral


class AlertRule(models.Model):
    """Whom alerts of a type mean, from a day on; read into `referrals.rules.detection.Rule`."""

    type = models.CharField(max_length=40)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    min_months = models.PositiveSmallIntegerField()
    full_months = models.BooleanField()
    main_income = models.BooleanField()
    unemployed = models.BooleanField()
    without_plan = models.BooleanField()
    residence_ground = models.BooleanField()
    age_at_least = models.PositiveSmallIntegerField(null=True)
    age_below = models.PositiveSmallIntegerField(null=True)
    years_since_first_permit = models.PositiveSmallIntegerField(null=True)
    most_at_once = models.PositiveIntegerField(help_text="For one municipality; more leave in lots.")
    lot_size = models.PositiveIntegerField(help_text="Sent each Monday.")
    basis = models.CharField(max_length=60)


class RunOutcome(models.TextChoices):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class AlertRun(Recallable):
    """One detection: on which day it looked, at whom, and what came of it."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    as_of = models.DateField()
    whole = models.BooleanField(help_text="It looked at everybody, since a rule had changed.")
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, default=RunOutcome.RUNNING, choices=RunOutcome)
    looked = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    lacking = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0, help_text="Authorities at work were told that the ground is gone.")

    class Meta(Recallable.Meta):
        constraints = [
            *Recallable.Meta.constraints,
            models.CheckConstraint(
                name="run_ends_with_an_outcome",
                condition=Q(outcome=RunOutcome.RUNNING, finished_at__isnull=True)
                | (~Q(outcome=RunOutcome.RUNNING) & Q(finished_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["-started_at"], name="run_newest")]


class AlertState(models.TextChoices):
    """`LACKING` and `COMING` are no alerts: a fact that nobody has told stands in its way, or it is due this month or next."""

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"
    LACKING = "lacking"
    COMING = "coming"


class DropReason(models.TextChoices):
    """Why an alert that waited was not sent in the end; `PURGED` was sent, and its referral is not kept any more.
    `RECALLED` was the run that found it, `MONTHS_RECALLED` the import of months that it was found in."""

    GROUND_GONE = "ground_gone"
    REFUSED = "refused"
    RECALLED = "recalled"
    MONTHS_RECALLED = "months_recalled"
    PURGED = "purged"


class Alert(models.Model):
    """What a run found of one person and kind: the spell `first_month` to `last_month`, and the referral once sent."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    run = models.ForeignKey(AlertRun, models.PROTECT, related_name="alerts", db_index=False)
    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="alerts", db_index=False)
    type = models.CharField(max_length=40)
    first_month = models.DateField()
    last_month = models.DateField()
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=AlertState)
    release_on = models.DateField(null=True)
    lacks = ArrayField(models.CharField(max_length=20), default=list)
    dropped_because = models.CharField(max_length=40, blank=True)  # a DropReason
    referral = models.OneToOneField(Referral, models.PROTECT, null=True, related_name="alert")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "recipient",
                "type",
                "state",
                name="one_alert_on_its_way",
                condition=Q(state__in=["waiting", "lacking", "coming"]),
            ),
            models.CheckConstraint(
                name="sent_is_a_referral",
                condition=Q(state="sent", referral__isnull=False) | (~Q(state="sent") & Q(referral__isnull=True)),
            ),
            models.CheckConstraint(
                name="waiting_has_its_day", condition=~Q(state="waiting") | Q(release_on__isnull=False)
            ),
        ]
        indexes = [
            models.Index("recipient", "type", name="alert_of_person"),
            models.Index("run", "state", name="alert_of_run"),
            models.Index("release_on", "first_month", "id", name="alert_to_release", condition=Q(state="waiting")),
        ]
