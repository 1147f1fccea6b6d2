"""When what is not kept any more was deleted, and whose it was."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Purge(models.Model):
    """One deletion as of a day: how many of each kind went, and how long it took; null while it has not come to its end."""

    as_of = models.DateField()
    started_at = models.DateTimeField()
    seconds = models.FloatField(null=True)
    gone = models.JSONField(default=dict, help_text="A number for each kind.")


class Trace(models.Model):
    """Whose a deleted referral was, by its id, or who had had assistance, as the access log knows them: for a while the
    client may still ask who looked. Nothing but the blind index of the identity code tells who it is."""

    id = models.UUIDField(primary_key=True)
    person_index = models.BinaryField()
    at = models.DateTimeField(db_default=Now(), help_text="When it was deleted.")

    class Meta:
        indexes = [models.Index("person_index", name="trace_person")]
