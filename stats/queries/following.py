"""How it went on with those alerted: read from what was last built."""

from __future__ import annotations

from django.db.models import F, Sum

from stats.models import FollowUp
from stats.rules.following import Followed


def followed(year: int, *, receiver: str | None = None) -> dict[str, Followed]:
    """By type: the whole country's, or one authority's. One statement."""
    cells = FollowUp.objects.filter(year=year)
    if receiver is not None:
        cells = cells.filter(receiver=receiver)
    sums = cells.values_list("type").annotate(
        sent=Sum(F("still") + F("ended") + F("untold")), on=Sum("still"), off=Sum("ended")
    )
    return {type: Followed(sent, still, ended) for type, sent, still, ended in sums.order_by("type")}
