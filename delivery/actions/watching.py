"""Nothing waits unseen: who should fetch and does not is told, and told again."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from delivery.actions.telling import tell_leads
from delivery.models import Delivery, Letter
from delivery.queries.waiting import unfetched
from delivery.rules.reminding import occasion
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting

WATCH = Actor.system("watch")
LOG_KEPT = timedelta(days=90)


def remind_unfetched(*, by: Actor = WATCH) -> int:
    """A letter to the leads of each authority whose systems do not fetch, three times a day until they do.

    How many letters were posted; those of the same time of the same day are posted once.
    """
    now = clock.now()
    time_of_day = occasion(now.astimezone(clock.HELSINKI))
    if time_of_day is None:
        return 0
    with acting(by):
        posted = 0
        for waiting in unfetched():
            hours = int((now - waiting.fetched_at).total_seconds() // 3600)
            data = {"referrals": waiting.referrals, "hours": hours}
            posted += len(tell_leads(waiting.authority, "unfetched", f"{waiting.authority}:{time_of_day}", data))
        return posted


def forget_old_deliveries(*, by: Actor = WATCH) -> int:
    """Drop calls and letters that are more than 90 days old and came to their end; how many it was."""
    ended = Q(next_attempt_at=None, created_at__lt=clock.now() - LOG_KEPT)
    with acting(by):
        return Delivery.objects.filter(ended).delete()[0] + Letter.objects.filter(ended).delete()[0]
