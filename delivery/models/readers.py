"""How far the systems of the authorities have read."""

from __future__ import annotations

from django.db import models

from contacts.models import Authority


class Reader(models.Model):
    """An API client that reads its authority's feed: when it last did, and up to which number it was answered."""

    client_id = models.CharField(primary_key=True, max_length=107, help_text="As it acts: client:<client id>.")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    fetched_at = models.DateTimeField()
    number = models.BigIntegerField()
