"""What the nightly look at the directory found."""

from __future__ import annotations

from django.db import models

from kela_kunta.base.ids import UuidV7


class DirectoryCheck(models.Model):
    """One look at the whole directory: how many entries wait for their owners, and what municipalities lack.

    `due` and `stale` count entries, `missing` required kinds in municipalities, `incomplete` the
    municipalities that lack at least one, of `municipalities`. `letters` are those posted by this look.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField(help_text="How long it took.")
    due = models.PositiveIntegerField()
    stale = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    incomplete = models.PositiveIntegerField()
    municipalities = models.PositiveIntegerField()
    letters = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(models.F("at").desc(), name="directory_check_newest")]
