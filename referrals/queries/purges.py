"""How far back what was sent and paid is still whole."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from referrals.models import Purge


def last_purge() -> date | None:
    """The latest day as of which anything was deleted; None for none. One statement."""
    day: date | None = Purge.objects.aggregate(last=Max("as_of"))["last"]
    return day
