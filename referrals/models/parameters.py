"""Parameters of law and practice as dated rows: a change of law is a new row."""

from __future__ import annotations

from django.db import models


class DeadlineRule(models.Model):
    """How long the receiver has; read into `referrals.rules.deadlines.Rule`.

    An empty `type` stands for every type. The range is of arrival days.
    """

    type = models.CharField(max_length=40, blank=True)
    clock = models.CharField(max_length=30)
    urgent = models.BooleanField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    unit = models.CharField(max_length=20)
    amount = models.PositiveSmallIntegerField(default=0)
    basis = models.CharField(max_length=60)


class ReleaseRule(models.Model):
    """When a referral of a system may leave; read into `referrals.rules.release.Rule`."""

    type = models.CharField(max_length=40, blank=True)
    urgent = models.BooleanField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    when = models.CharField(max_length=30)
    basis = models.CharField(max_length=60)
