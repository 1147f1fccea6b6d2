"""What was sent finds its authority: by the router in batches, or by a supervisor's hand."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from psycopg.types.json import Jsonb

from contacts.queries import register
from contacts.rules.register import Register
from delivery.events import Happening, record
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals import parameters
from referrals.actions.escalating import escalate_where_due
from referrals.actions.working import hand_over
from referrals.models import Client, Referral
from referrals.rules import deadlines, lifecycle
from referrals.rules.lifecycle import Status
from referrals.rules.routing import NOBODY_RESPONSIBLE, Case, Routed, route
from referrals.types import TYPES

ROUTER = Actor.system("router")
logger = logging.getLogger(__name__)

# One statement for all: a statement for each would be planned, and its policies with it, as often.
_UPDATE = """
UPDATE referrals_referral AS referral SET status = new.status, version = referral.version + 1,
    routing_reason = new.routing_reason, receiving_authority_id = new.authority, delivered_at = new.delivered_at,
    first_delivered_at = new.delivered_at, due_on = new.due_on, first_due_on = new.due_on,
    acknowledge_by = new.acknowledge_by, updated_at = %s
FROM unnest(%s::uuid[], %s::text[], %s::jsonb[], %s::text[], %s::timestamptz[], %s::date[], %s::timestamptz[])
    AS new (id, status, routing_reason, authority, delivered_at, due_on, acknowledge_by)
WHERE referral.id = new.id
"""


def route_pending(*, told: Callable[[int], object] = lambda total: None) -> int:
    """Route all that waits for it, live ones first, then those of tests; how many it was. `told` hears it on the way."""
    total = 0
    for job in (ROUTER, ROUTER.in_test):
        while done := route_batch(by=job):
            total += done
            told(total)
    return total


def route_batch(*, limit: int = 200, by: Actor = ROUTER) -> int:
    """Deliver, or declare unroutable, up to `limit` released referrals, oldest first; how many it was.

    One transaction. Two routers at once take different rows; one that dies leaves its rows to the next.
    """
    with acting(by):
        now = clock.now()
        pending = list(
            Referral.objects.filter(status=Status.SENT, release_at__lte=now, attachments_due__isnull=True)
            .select_related("client")
            .order_by("release_at", "id")
            .select_for_update(of=("self",), no_key=True, skip_locked=True)[:limit]
        )
        if not pending:
            return 0
        duties, rules = register(), parameters.load().deadlines
        routed = [(referral, arrival(case_of(referral, referral.client), duties, rules, now)) for referral in pending]
        with connection.cursor() as cursor:
            cursor.execute(_UPDATE, [now, *_columns_of(routed)])
        for referral, columns in routed:
            if columns["routing_reason"]["code"] == NOBODY_RESPONSIBLE:
                logger.error("no authority is recorded for the place of referral %s", referral.pk)
            event = arrival_event(
                referral.pk, referral.version + 1, columns, protected=referral.protected, by=by, at=now
            )
            record(event)
            _note(referral, columns)
        escalate_where_due(pending, by=by)
        return len(pending)


def _note(referral: Referral, columns: dict[str, Any]) -> None:
    """Bring the row in hand up to what was written."""
    referral.version += 1
    for name, value in columns.items():
        setattr(referral, name, value)


def _columns_of(routed: list[tuple[Referral, dict[str, Any]]]) -> list[list[Any]]:
    """The values for `_UPDATE`, a list for each column."""
    names = ("status", "routing_reason", "receiving_authority_id", "delivered_at", "due_on", "acknowledge_by")
    values = {name: [columns[name] for _, columns in routed] for name in names}
    values["routing_reason"] = [Jsonb(reason) for reason in values["routing_reason"]]
    return [[referral.pk for referral, _ in routed], *values.values()]


def hand_over_ended(*, by: Actor = ROUTER, limit: int = 200) -> int:
    """Move open referrals of authorities whose duty has ended to their successors (succession); how many it was.

    The successor is whoever the routing rule finds today. Where it finds nobody, or a person
    sent the referral there by hand against the rule, it stays: an open referral never
    disappears from an inbox. `limit` at a time, each time one transaction.
    """
    moved, last = 0, None
    while True:
        with acting(by):
            batch = _ended(after=last, limit=limit)
            if not batch:
                return moved
            moved += _succeed(batch, by=by)
            last = batch[-1].pk


def _ended(*, after: UUID | None, limit: int) -> list[Referral]:
    """Open referrals, locked, whose holders have no duty in their type today; by id, those later than `after`."""
    today, duties = clock.today(), register()
    ended = Q()
    for type in TYPES:
        serving = [authority.code for authority in duties.authorities_for(type, today)]
        ended |= Q(type=type) & ~Q(receiving_authority__in=serving)
    later = Q(pk__gt=after) if after else Q()
    return list(
        Referral.objects.filter(ended, later, status__in=lifecycle.HELD)
        .select_related("client")
        .order_by("id")
        .select_for_update(of=("self",), no_key=True, skip_locked=True)[:limit]
    )


def _succeed(held: list[Referral], *, by: Actor) -> int:
    """Hand each of the locked referrals to whom the rule finds today; how many it found somebody for."""
    today, duties, rules = clock.today(), register(), parameters.load().deadlines
    moved = 0
    for referral in held:
        result = route(case_of(referral, referral.client), duties, on=today)
        if isinstance(result, Routed):
            hand_over(
                referral,
                result.authority,
                by=by,
                kind="succeeded",
                data={"from": referral.receiving_authority_id, "authority": result.authority},
                routing=result.reason.as_json(),
                rules=rules,
            )
            moved += 1
    return moved


def case_of(referral: Referral, client: Client) -> Case:
    """What the routing rule needs to know of a referral."""
    return Case(
        type=referral.type,
        order=TYPES[referral.type].places,
        home=client.home_municipality_id,
        permanent_stay=client.permanent_stay_id,
        place_of_stay=client.place_of_stay_id,
        urgent=referral.urgent,
    )


def arrival(case: Case, duties: Register, rules: list[deadlines.Rule], now: datetime) -> dict[str, Any]:
    """The referral's columns after routing `case` at `now`: delivered with its deadlines, or unroutable; always with
    the reason."""
    result = route(case, duties, on=clock.helsinki_day(now))
    columns: dict[str, Any] = {
        "status": Status.UNROUTABLE,
        "routing_reason": result.reason.as_json(),
        "receiving_authority_id": None,
        "delivered_at": None,
        "due_on": None,
        "acknowledge_by": None,
    }
    if isinstance(result, Routed):
        due = deadlines.due(rules, type=case.type, urgent=case.urgent, arrived_at=now)
        columns |= {
            "status": Status.DELIVERED,
            "receiving_authority_id": result.authority,
            "delivered_at": now,
            "due_on": due.due_on,
            "acknowledge_by": due.acknowledge_by,
        }
    return columns


def arrival_event(
    referral_id: UUID, version: int, columns: dict[str, Any], *, protected: bool, by: Actor, at: datetime
) -> Happening:
    """The event of an `arrival`."""
    kind = "delivered" if columns["status"] == Status.DELIVERED else "unroutable"
    return Happening(
        "referral",
        referral_id,
        version,
        kind,
        columns["status"],
        by,
        protected=protected,
        authority=columns["receiving_authority_id"],
        at=at,
        data={"routing": columns["routing_reason"], "authority": columns["receiving_authority_id"]},
    )
