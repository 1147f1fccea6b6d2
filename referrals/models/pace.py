"""How fast the authorities have been of late, for those who are about to send."""

from __future__ import annotations

from django.db import models

from contacts.models import Authority


class Pace(models.Model):
    """An authority's usual working days in matters of a type, as last measured; null where too little is known.

    Of referrals that it was the first to receive: until somebody took note, and until the first
    decision or the beginning of the work.
    """

    pk = models.CompositePrimaryKey("authority_id", "type")
    authority = models.ForeignKey(Authority, models.CASCADE, related_name="+", db_index=False)
    type = models.CharField(max_length=40)
    until_noted = models.PositiveSmallIntegerField(null=True, help_text="Median, working days.")
    until_begun = models.PositiveSmallIntegerField(null=True, help_text="Median, working days.")
    measured_at = models.DateTimeField()
