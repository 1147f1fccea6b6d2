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
        indexes = [models.Index(fields=["year"], name="count_year")]
        constraints = [
            models.UniqueConstraint(
                "year", "month", "type", "area", "receiver", "urgent", "outcome", name="one_count_a_cell"
            )
        ]


class CountChange(models.Model):
    """What a change of some referrals adds to a cell or takes from it, until it is folded into the counts."""

    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=40)
    area = models.CharField(max_length=10)
    receiver = models.CharField(max_length=60, blank=True)
    urgent = models.BooleanField()
    outcome = models.CharField(max_length=40, blank=True)
    change = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["year"], name="count_change_year")]


class Count(models.Model):
    """The counts as they are now: those kept, and what has not been folded into them yet (a view)."""

    pk = models.CompositePrimaryKey("year", "month", "type", "area", "receiver", "urgent", "outcome")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=40)
    area = models.CharField(max_length=10)
    receiver = models.CharField(max_length=60)
    urgent = models.BooleanField()
    outcome = models.CharField(max_length=40)
    count = models.IntegerField()

    class Meta:
        managed = False
        db_table = "stats_count"


class CountedYear(models.Model):
    """When a year's counts were last built from the referrals, from how many, how long it took, and how many
    cells had to be corrected: none, unless something is wrong."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    built_at = models.DateTimeField()
    referrals = models.PositiveIntegerField()
    seconds = models.FloatField()
    corrected = models.PositiveIntegerField(default=0)


class WorkCount(models.Model):
    """How many referrals sent in a year were handled so, by what is measured of them (stats/rules/work.py).

    `value` is a number of working days, whether it was in time, or a reason, as the `measure` has
    it. `area` is as in the counts. `receiver` is the authority that has or had it last, for returns
    the one that first gave it back; "" for none, "withheld" for people under non-disclosure.
    """

    year = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=40)
    area = models.CharField(max_length=10)
    receiver = models.CharField(max_length=60, blank=True)
    measure = models.CharField(max_length=20)
    value = models.CharField(max_length=40, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["year"], name="work_year")]
        constraints = [
            models.UniqueConstraint(
                "year", "type", "area", "receiver", "measure", "value", name="one_count_of_work_a_cell"
            )
        ]


class WorkChange(models.Model):
    """What a change of some referrals adds to a cell of work or takes from it, until it is folded into the counts."""

    year = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=40)
    area = models.CharField(max_length=10)
    receiver = models.CharField(max_length=60, blank=True)
    measure = models.CharField(max_length=20)
    value = models.CharField(max_length=40, blank=True)
    change = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["year"], name="work_change_year")]


class Work(models.Model):
    """The counts of work as they are now: those kept, and what has not been folded into them yet (a view)."""

    pk = models.CompositePrimaryKey("year", "type", "area", "receiver", "measure", "value")
    year = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=40)
    area = models.CharField(max_length=10)
    receiver = models.CharField(max_length=60, blank=True)
    measure = models.CharField(max_length=20)
    value = models.CharField(max_length=40, blank=True)
    count = models.IntegerField()

    class Meta:
        managed = False
        db_table = "stats_work"


class FollowUp(models.Model):
    """Of the alerts of a type that an authority was sent in a year: how many of those people had assistance in the
    fourth month after (`still`), had none (`ended`), and of how many that month has not been told.

    `receiver` is as in the counts of work.
    """

    year = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=40)
    receiver = models.CharField(max_length=60, blank=True)
    still = models.PositiveIntegerField()
    ended = models.PositiveIntegerField()
    untold = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("year", "type", "receiver", name="one_follow_up_a_cell")]


class WorkingDay(models.Model):
    """Every day from 2016 to 2060 with how many working days there were from the first of them up to and with it."""

    day = models.DateField(primary_key=True)
    number = models.PositiveSmallIntegerField()
