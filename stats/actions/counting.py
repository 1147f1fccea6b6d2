"""The yearly counts: kept with every change of a referral, and built from their source to prove it."""

from __future__ import annotations

import logging
import time
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.db.models import Sum

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from stats.models import Count, CountedYear

log = logging.getLogger(__name__)
COUNTER = Actor.system("counter")
_SQL = Path(__file__).parents[1] / "sql"
_BUILD, _FOLD = ((_SQL / f"{name}.sql").read_text() for name in ("build_counts", "fold_counts"))
_TURN = "SELECT pg_advisory_xact_lock(hashtext('stats.counts'))"


def fold_counts(*, by: Actor = COUNTER) -> None:
    """Bring what has changed since the last time into the kept counts; who reads sees the same before and after."""
    with acting(by), connection.cursor() as cursor:
        cursor.execute(_TURN)
        cursor.execute(_FOLD)


def build_counts(year: int, *, by: Actor = COUNTER) -> CountedYear:
    """Count the referrals sent in `year` (Helsinki) anew, in one transaction; the same however often it runs.

    Cells that were not as they should have been are put right and told of, in `corrected` and in
    the log: that is an alarm, for the kept counts should never differ. Two at once take turns.
    """
    began = time.monotonic()
    with acting(by), connection.cursor() as cursor:
        cursor.execute(_TURN)
        cursor.execute(
            _BUILD,
            {
                "year": year,
                "from": datetime(year, 1, 1, tzinfo=clock.HELSINKI),
                "to": datetime(year + 1, 1, 1, tzinfo=clock.HELSINKI),
            },
        )
        corrected, _written = cursor.fetchone()
        if corrected:
            log.error("The counts of %s differed from the referrals in %s cells; they are put right.", year, corrected)
        counted, _ = CountedYear.objects.update_or_create(
            year=year,
            defaults={
                "built_at": clock.now(),
                "referrals": Count.objects.filter(year=year).aggregate(n=Sum("count"))["n"] or 0,
                "seconds": time.monotonic() - began,
                "corrected": corrected,
            },
        )
        return counted
