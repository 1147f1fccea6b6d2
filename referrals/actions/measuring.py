"""How fast the authorities are, measured for those who are about to send."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from django.db import connection

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.models import Pace, Referral
from referrals.rules.pace import taken, usual

MEASURER = Actor.system("measurer")
REACH = timedelta(days=90)
Days = defaultdict[tuple[str, str], list[int]]


def measure_pace(*, by: Actor = MEASURER) -> int:
    """Measure every authority's usual working days anew, from what was sent in the last 90 days; for how many types.

    What another authority had before does not count: it says nothing of this one. One
    transaction; two at once take turns.
    """
    with acting(by):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('referrals.measure_pace'))")
        now = clock.now()
        sent = Referral.objects.filter(sent_at__gte=now - REACH, handovers=0, receiving_authority__isnull=False)
        columns = ("receiving_authority", "type", "delivered_at", "acknowledged_at", "started_at", "closed_at")
        noted: Days = defaultdict(list)
        begun: Days = defaultdict(list)
        for authority, type, arrived, acknowledged, started, closed in sent.values_list(*columns).iterator():
            arrived_on = clock.helsinki_day(arrived)
            for moment, days in ((acknowledged, noted), (started or closed, begun)):
                found = days[authority, type]
                if moment:
                    found.append(taken(arrived_on, clock.helsinki_day(moment)))
        Pace.objects.all().delete()
        rows = [
            Pace(
                authority_id=authority,
                type=type,
                until_noted=usual(noted[authority, type]),
                until_begun=usual(begun[authority, type]),
                measured_at=now,
            )
            for authority, type in noted
        ]
        Pace.objects.bulk_create(rows)
        return len(rows)
