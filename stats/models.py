"""Counts by year: small, kept for ever, without any person in them."""

from __future__ import annotations

from django.db import models


class YearlyCount(models.Model):
    """How many referrals of a kind were sent in a Helsinki month.

    `area` is the home municipality at sending (else the place of stay) or "unknown";
    `receiver` the authority that has or had it last ("" for none); both are "withheld" for
    people under non-disclosure; `outcome` "" until closed. Regions come by joining the
    division in force on 31 December of that year.
    """

    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=40)
    area = models.CharField(max_length=10)
    receiver = models.CharField(max_length=60, blank=True)
    urgent = models.BooleanField()
    outcome = models.CharField(max_length=40, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "year", "month", "type", "area", "receiver", "urgent", "outcome", name="one_count_a_cell"
            )
        ]


class CountedYear(models.Model):
    """When a year's counts were last built, from how many referrals, and how long it took."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    built_at = models.DateTimeField()
    referrals = models.PositiveIntegerField()
    seconds = models.FloatField()
