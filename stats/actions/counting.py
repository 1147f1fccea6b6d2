"""The yearly counts: kept with every change of a referral, and built from their source to prove it."""

from __future__ import annotations

import logging
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Problem
from referrals.queries.found import MONTHS_AFTER
from referrals.queries.purges import last_purge
from referrals.rules.retention import can_be_counted, can_be_followed
from referrals.types import TYPES
from stats.models import Count, CountedYear, FollowUp

log = logging.getLogger(__name__)
COUNTER = Actor.system("counter")
_SQL = Path(__file__).parents[1] / "sql"
_TURN = "SELECT pg_advisory_xact_lock(hashtext('stats.counts'))"


def _statement(name: str, *, kept: str, changes: str, source: str, cell: str) -> str:
    columns = cell.split(", ")
    return (
        (_SQL / f"{name}.sql")
        .read_text()
        .format(
            kept=kept,
            changes=changes,
            source=source,
            cell=cell,
            kept_cell=", ".join(f"kept.{column}" for column in columns),
            fresh_cell=", ".join(f"fresh.{column}" for column in columns),
        )
    )


_COUNTS = {
    "kept": "stats_yearlycount",
    "changes": "stats_countchange",
    "source": "stats_counted",
    "cell": "year, month, type, area, receiver, urgent, outcome",
}
_WORK = {
    "kept": "stats_workcount",
    "changes": "stats_workchange",
    "source": "stats_worked",
    "cell": "year, type, area, receiver, measure, value",
}
_BUILD_COUNTS, _BUILD_WORK = (_statement("build", **kind) for kind in (_COUNTS, _WORK))
_FOLLOW_UP = (_SQL / "follow_up.sql").read_text()
_FOLDS = [_statement("fold", **kind) for kind in (_COUNTS, _WORK)]


def fold_counts(*, by: Actor = COUNTER) -> None:
    """Bring what has changed since the last time into the kept counts; who reads sees the same before and after."""
    with acting(by), connection.cursor() as cursor:
        cursor.execute(_TURN)
        for fold in _FOLDS:
            cursor.execute(fold)


class YearClosed(Problem):
    """Some of a year's referrals are not kept any more: its counts stand as they are."""

    status, code, title = (
        409,
        "year_closed",
        _("Referrals of this year have been deleted; its counts stay as they are."),
    )


def build_year(year: int, *, by: Actor = COUNTER) -> CountedYear:
    """Build all that is counted of the referrals sent in `year`.

    Raises:
        YearClosed
    """
    purged = last_purge()
    if not can_be_counted(year, purged=purged):
        raise YearClosed
    counted = build_counts(year, by=by)
    build_work(year, by=by)
    if can_be_followed(year, MONTHS_AFTER, purged=purged):
        build_follow_up(year, by=by)
    return counted


def build_counts(year: int, *, by: Actor = COUNTER) -> CountedYear:
    """Count the referrals sent in `year` (Helsinki) anew, in one transaction; the same however often it runs.

    Cells that were not as they should have been are put right and told of, in `corrected` and in
    the log: that is an alarm, for the kept counts should never differ. Two at once take turns.
    """
    began = time.monotonic()
    with acting(by):
        corrected = _build(_BUILD_COUNTS, year)
        counted, _made = CountedYear.objects.update_or_create(
            year=year,
            defaults={
                "built_at": clock.now(),
                "referrals": Count.objects.filter(year=year).aggregate(n=Sum("count"))["n"] or 0,
                "seconds": time.monotonic() - began,
                "corrected": corrected,
            },
        )
        return counted


def build_work(year: int, *, by: Actor = COUNTER) -> int:
    """The same for the counts of work with what was sent in `year`; how many cells had to be put right."""
    with acting(by):
        return _build(_BUILD_WORK, year)


def build_follow_up(year: int, *, by: Actor = COUNTER) -> None:
    """Look anew at who of those alerted in `year` was on assistance four months after; one transaction."""
    alerts = [code for code, kind in TYPES.items() if kind.is_alert]
    with acting(by), connection.cursor() as cursor:
        cursor.execute(_TURN)
        FollowUp.objects.filter(year=year).delete()
        cursor.execute(_FOLLOW_UP, _span(year) | {"types": alerts, "after": MONTHS_AFTER})


def _span(year: int) -> dict[str, Any]:
    begin, end = (datetime(one, 1, 1, tzinfo=clock.HELSINKI) for one in (year, year + 1))
    return {"year": year, "from": begin, "to": end}


def _build(statement: str, year: int) -> int:
    """Build one kind of counts, and raise the alarm where they differed; in how many cells they did."""
    with connection.cursor() as cursor:
        cursor.execute(_TURN)
        cursor.execute(statement, _span(year))
        corrected: int = cursor.fetchone()[0]
    if corrected:
        log.error("The counts of %s differed from the referrals in %s cells; they are put right.", year, corrected)
    return corrected
