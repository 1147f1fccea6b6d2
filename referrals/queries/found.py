"""What the detection has found, for people: who is coming, what waits or lacks a fact, and who stayed on assistance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from contacts.queries import register
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.models import Alert, AlertRun, AlertState, AssistanceImport, AssistanceMonth, DropReason, Recipient
from referrals.rules.months import add_months, month_of

MONTHS_AFTER = 4
COUNTING = Actor.system("alert-figures")

_AFTER = """
SELECT person.id, referral.id, referral.type, later.amount > 0
FROM referrals_referral referral
JOIN referrals_client client ON client.referral_id = referral.id
JOIN referrals_recipient person ON person.person_index = client.person_index
LEFT JOIN referrals_assistancemonth later ON later.recipient_id = person.id AND later.month = %s
WHERE referral.type IN ('under_25', 'over_25', 'immigrant') AND referral.status <> 'withdrawn'
    AND referral.sent_at >= %s AND referral.sent_at < %s
"""


def listed(state: str, *, today: date, type: str = "", municipality: str = "") -> QuerySet[Alert]:
    """The findings in a state, for who acts; what is no alert is left out once its months have gone by."""
    found = Alert.objects.filter(state=state).select_related("recipient")
    if state in (AlertState.COMING, AlertState.LACKING):
        found = found.filter(last_month__gte=add_months(month_of(today), -1))
    if type:
        found = found.filter(type=type)
    if municipality:
        found = found.filter(municipality=municipality)
    return found.order_by("release_on", "-recipient__birth_date", "id")


def refused(*, type: str = "", municipality: str = "") -> QuerySet[Alert]:
    """What a rule refused on the day that it was to leave, the newest first, unless it has been found anew since."""
    anew = Alert.objects.filter(recipient=OuterRef("recipient"), type=OuterRef("type"), pk__gt=OuterRef("pk"))
    gone = Q(state=AlertState.DROPPED, dropped_because=DropReason.REFUSED)
    wanted = {name: value for name, value in (("type", type), ("municipality", municipality)) if value}
    return Alert.objects.filter(gone & ~Exists(anew), **wanted).select_related("recipient").order_by("-pk")


def runs() -> QuerySet[AlertRun]:
    """The detections, the newest first, with how many alerts each has sent and holds back."""
    return AlertRun.objects.order_by("-started_at", "-id").annotate(
        sent=Count("alerts", filter=Q(alerts__state=AlertState.SENT)),
        waiting=Count("alerts", filter=Q(alerts__state=AlertState.WAITING)),
    )


def imports() -> QuerySet[AssistanceImport]:
    """The imports of months, the newest first."""
    return AssistanceImport.objects.order_by("-told_at", "-id")


def found_in(imports: Collection[UUID]) -> QuerySet[Alert]:
    """The alerts that were found in months of `imports`: since then, and one of their months still stands as one of
    these told it."""
    theirs = AssistanceMonth.objects.filter(
        recipient=OuterRef("recipient"),
        month__range=(OuterRef("first_month"), OuterRef("last_month")),
        brought_by__in=imports,
        brought_by__told_at__lte=OuterRef("run__finished_at"),
    )
    return Alert.objects.filter(Exists(theirs))


@dataclass(frozen=True, slots=True)
class Lots:
    """What waits for an authority to be sent in lots: how many, and when the next ones leave."""

    type: str
    count: int
    next_on: date


def lots_for(authority: str, today: date) -> list[Lots]:
    """The alerts that wait to be sent to an authority, by type; numbers alone, so anybody there may know."""
    duties = register()
    with acting(COUNTING):
        waiting = (
            Alert.objects.filter(state=AlertState.WAITING, run__recalled_at__isnull=True, municipality__isnull=False)
            .values("type", "municipality")
            .annotate(count=Count("id"), next_on=Min("release_on"))
        )
        mine = [
            (row["type"], row["count"], row["next_on"])
            for row in waiting
            if (duty := duties.responsible(row["municipality"], row["type"], today)) and duty.authority == authority
        ]
    types = sorted({type for type, _count, _day in mine})
    return [
        Lots(
            wanted,
            sum(count for type, count, _day in mine if type == wanted),
            min(day for type, _count, day in mine if type == wanted),
        )
        for wanted in types
    ]


@dataclass(frozen=True, slots=True)
class Stayed:
    """Of the alerts sent in `month`: `still` are those still on assistance four months later, `unknown` those of whose
    month nobody has told (yet)."""

    month: date
    sent: int
    still: list[tuple[UUID, UUID, str]]
    ended: int
    unknown: int


def stayed_on(month: date) -> Stayed:
    """Who of those alerted in `month`, by hand or not, was still on assistance in the fourth month after; `still` holds
    recipient, referral and type. For who acts, so of those that they may see. One statement."""
    first = datetime.combine(month, time(), clock.HELSINKI)
    after = datetime.combine(add_months(month, 1), time(), clock.HELSINKI)
    with connection.cursor() as cursor:
        cursor.execute(_AFTER, [add_months(month, MONTHS_AFTER), first, after])
        rows = cursor.fetchall()
    ways = Counter(on for *_who, on in rows)
    still = [(recipient, referral, type) for recipient, referral, type, on in rows if on]
    return Stayed(month, len(rows), still, ended=ways[False], unknown=ways[None])


def people_of(recipients: list[UUID]) -> dict[UUID, Recipient]:
    """Recipients by id. One statement."""
    return Recipient.objects.in_bulk(recipients)
