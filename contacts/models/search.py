"""The names by which things of the directory are found."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models


class SearchName(models.Model):
    """A name of something as it is searched: in lower case, without accents, words parted by one space.

    Kept by triggers of the tables that names stand in, whoever writes there. A `tail` is the rest of a name from a
    later word on, so that the end of a name is found as its beginning is.
    """

    pk = models.CompositePrimaryKey("kind", "key", "name")
    kind = models.CharField(
        max_length=20, help_text="What is named: municipality, place, region, authority or contact."
    )
    key = models.CharField(max_length=60, help_text="The primary key of what is named, a place's is its postal code.")
    name = models.CharField(max_length=120)
    tail = models.BooleanField()

    class Meta:
        indexes = [GinIndex(fields=["name"], name="search_name_likeness", opclasses=["gin_trgm_ops"])]
