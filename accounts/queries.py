"""What the auditor reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from accounts.models import AccessLog
from kela_kunta.base import clock
from kela_kunta.base.paging import Page, keyset_page

LAST_DAY = date(9999, 12, 30)  # that has a day after it


@dataclass(frozen=True, slots=True)
class WantedLooks:
    """Which lines of the access log; empty fields ask for nothing. Days are Helsinki's, both included."""

    actor: str = ""
    look: str = ""
    since: date | None = None
    until: date | None = None

    def condition(self) -> Q:
        condition = Q()
        if self.actor:
            condition &= Q(actor_name__icontains=self.actor)
        if self.look:
            condition &= Q(look=self.look)
        if self.since:
            condition &= Q(at__gte=_midnight(self.since))
        if self.until:
            condition &= Q(at__lt=_midnight(min(self.until, LAST_DAY) + timedelta(days=1)))
        return condition


def looks(wanted: WantedLooks, *, cursor: str | None = None, size: int = 50) -> Page[AccessLog]:
    """A page of the access log, latest first. One statement."""
    return keyset_page(AccessLog.objects.filter(wanted.condition()), order=("-at", "-id"), cursor=cursor, size=size)


def looks_at_person(
    referrals: Sequence[UUID], person_index: bytes, wanted: WantedLooks, *, limit: int = 500
) -> list[AccessLog]:
    """Who looked at one person's `referrals`, or searched for them, latest first, at most `limit`. One statement."""
    about_person = Q(referrals__overlap=list(referrals)) | Q(person_index=person_index)
    return list(AccessLog.objects.filter(about_person, wanted.condition()).order_by("-at", "-id")[:limit])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.HELSINKI)
