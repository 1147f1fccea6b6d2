"""Urgent referrals that nobody has taken note of are brought before those who lead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db.models import Q

from accounts.models import Role, User
from contacts.models import Pause
from delivery.actions.posting import Draft, post_letters
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.actions.moving import change
from referrals.models import Referral
from referrals.queries.receivers import pauses_at
from referrals.rules.escalation import Because, escalation
from referrals.rules.lifecycle import Status

WATCHER = Actor.system("watcher")
VIEWS: dict[str, str] = {
    Because.RECEIVER_PAUSED: "paused",
    Because.NOT_ACKNOWLEDGED: "unnoted",
}  # of the supervisors' worklist
NOT_ESCALATED: dict[str, Any] = {"escalated_at": None, "escalated_because": ""}


def escalate_where_due(referrals: Collection[Referral], *, by: Actor, elevated: bool = False) -> int:
    """Escalate those of the locked referrals that are urgent, new and not escalated yet, and whose authority pauses
    or has not taken note in time; how many it was. `elevated` is as with `change`.

    The authority's leads and Kela's supervisors get a letter, one each however many they are.
    """
    urgent = [row for row in referrals if row.urgent and row.receiving_authority_id and row.escalated_at is None]
    now = clock.now()
    pauses = pauses_at({(str(row.receiving_authority_id), row.type) for row in urgent}, now)
    escalated = []
    for referral in urgent:
        pause = pauses.get((str(referral.receiving_authority_id), referral.type))
        because = escalation(
            status=referral.status,
            urgent=referral.urgent,
            acknowledge_by=referral.acknowledge_by,
            paused=pause is not None,
            now=now,
        )
        if because:
            data = {"reason": because, "phone": pause.fallback_phone if pause else ""}
            columns: dict[str, Any] = {"escalated_at": now, "escalated_because": because}
            change(referral, "escalated", by=by, at=now, data=data, elevated=elevated, **columns)
            escalated.append(referral)
    _write(escalated)
    return len(escalated)


def escalate_waiting(*, by: Actor = WATCHER, limit: int = 200) -> int:
    """Escalate urgent referrals that nobody took note of in time, or whose authority pauses by now; how many it was.

    One transaction, `limit` at most. Two at once take different rows.
    """
    with acting(by):
        now = clock.now()
        wanted = Q(acknowledge_by__lte=now)
        for authority, type in Pause.objects.filter(valid__contains=now).values_list("authority", "type"):
            wanted |= Q(receiving_authority=authority, **({"type": type} if type else {}))
        found = list(
            Referral.objects.filter(wanted, status=Status.DELIVERED, urgent=True, escalated_at__isnull=True)
            .order_by("acknowledge_by", "id")
            .select_for_update(of=("self",), no_key=True, skip_locked=True)[:limit]
        )
        return escalate_where_due(found, by=by)


def _write(escalated: Collection[Referral]) -> None:
    """Letters about the referrals just escalated, one for each authority, reason and reader."""
    counts = Counter((str(row.receiving_authority_id), row.escalated_because) for row in escalated)
    firsts = {(str(row.receiving_authority_id), row.escalated_because): row for row in reversed(list(escalated))}
    if not counts:
        return
    readers = User.objects.filter(is_active=True).exclude(email="")
    readers = readers.filter(Q(role=Role.SUPERVISOR) | Q(role=Role.LEAD, authority__in=[code for code, _ in counts]))
    drafts = []
    for reader in readers.order_by("pk"):
        for (authority, because), count in counts.items():
            if reader.role == Role.LEAD and reader.authority_id != authority:
                continue
            first = firsts[authority, because]
            view = "escalated" if reader.role == Role.LEAD else VIEWS[because]
            key = f"escalated:{first.pk}:{first.version}:{reader.pk}"
            drafts.append(Draft("escalated", key, reader, authority, {"n": count, "because": because, "view": view}))
    post_letters(drafts)
