"""When what is not kept any more was deleted."""

from __future__ import annotations

from django.db import models


class Purge(models.Model):
    """One deletion as of a day: how many of each kind went, and how long it took; null while it has not come to its end."""

    as_of = models.DateField()
    started_at = models.DateTimeField()
    seconds = models.FloatField(null=True)
    gone = models.JSONField(default=dict, help_text="A number for each kind.")
