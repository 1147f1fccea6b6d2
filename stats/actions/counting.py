"""The yearly counts, built from their source."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

from django.db import connection

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.rules.lifecycle import NOT_COUNTED
from stats.models import CountedYear, YearlyCount

COUNTER = Actor.system("counter")
_BUILD = (Path(__file__).parents[1] / "sql" / "build_counts.sql").read_text()


def build_counts(year: int, *, by: Actor = COUNTER) -> CountedYear:
    """Count the referrals sent in `year` (Helsinki) anew, in one transaction; the same however often it runs.

    Two at once take turns.
    """
    began = time.monotonic()
    with acting(by), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('stats.build_counts'), %s)", [year])
        YearlyCount.objects.filter(year=year).delete()
        cursor.execute(
            _BUILD,
            {
                "year": year,
                "from": datetime(year, 1, 1, tzinfo=clock.HELSINKI),
                "to": datetime(year + 1, 1, 1, tzinfo=clock.HELSINKI),
                "excluded": [str(reason) for reason in NOT_COUNTED],
            },
        )
        cursor.execute("SELECT coalesce(sum(count), 0) FROM stats_yearlycount WHERE year = %s", [year])
        counted, _ = CountedYear.objects.update_or_create(
            year=year,
            defaults={
                "built_at": clock.now(),
                "referrals": cursor.fetchone()[0],
                "seconds": time.monotonic() - began,
            },
        )
        return counted
