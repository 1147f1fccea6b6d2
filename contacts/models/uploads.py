"""Files that somebody has uploaded and not confirmed yet."""

from __future__ import annotations

from django.db import models

from contacts.models.places import Authority
from kela_kunta.base.ids import UuidV7


class Upload(models.Model):
    """A file between its preview and its import, seen by who uploaded it and gone after an hour.

    It is kept here, not in the form, since ten megabytes do not travel well twice, and not as
    checked rows, since what they meet may change until they are confirmed.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    actor_id = models.CharField(max_length=100)
    owner = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    whole = models.BooleanField(default=False, help_text="Whether what is not in the file is removed.")
    content = models.BinaryField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("expires_at", name="upload_expires")]
