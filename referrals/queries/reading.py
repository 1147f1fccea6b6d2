"""What people and systems read of referrals. Each function names its order, its cursor and its statements."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from accounts.actions.looking import log_look
from accounts.models import Look
from delivery.models import Event
from kela_kunta.base import sealed
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.fold import fold
from kela_kunta.base.paging import Page, keyset_page
from kela_kunta.base.problems import NotFound
from referrals.models import Client, Receipt, Recipient, Referral, Trace
from referrals.queries.attachments import lacking_files
from referrals.queries.messages import unread_by
from referrals.rules.escalation import Because
from referrals.rules.lifecycle import HANDOVERS_TO_WATCH, HELD, Status
from referrals.types import TYPES

ESCALATED = Q(status=Status.DELIVERED, urgent=True, escalated_at__isnull=False)
FAULTY = Q(status__in=HELD) & ~Q(fault="")
OPEN = (Status.SENT, Status.UNROUTABLE, *HELD, Status.RETURNED)
WHOLE = [
    "client",
    "receiving_authority",
    "proposed_authority",
    "assignee",
    *(kind.related_name for kind in TYPES.values()),
]


def referral_for(by: Actor, referral_id: UUID, *, look: Look = Look.VIEW) -> Referral:
    """One referral with client and details, and a line in the access log. The one door to it.

    Raises:
        NotFound: unknown, or not for `by`; the two look alike.
    """
    referral = Referral.objects.select_related(*WHOLE).filter(pk=referral_id).first()
    if referral is None:
        raise NotFound
    log_look(by, look, referrals=[referral.pk])
    return referral


def sent_with(by: Actor, keys: Collection[str]) -> dict[str, Referral]:
    """What `by` has sent with these idempotency keys, with clients and details, by key. One statement."""
    rows = Referral.objects.select_related(*WHOLE).filter(sender_id=by.id, key__in=keys)
    return {referral.key: referral for referral in rows}


def history(referral: Referral) -> list[Event]:
    """Everything that happened to it, in order. One statement."""
    return list(Event.objects.filter(subject_id=referral.pk).order_by("version"))


def faulty_receipt(referral: Referral) -> Receipt | None:
    """Why the present authority's system did not take it in, while that matters. One statement where there is a fault."""
    if not referral.fault or referral.receipt_at is None or referral.status not in HELD:
        return None
    return Receipt.objects.filter(referral=referral, at=referral.receipt_at).order_by("-version").first()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a worklist is to show; empty fields ask for nothing. Names and codes are searched by `search`."""

    view: str = "open"
    type: str = ""
    municipality: str = ""
    urgent: bool | None = None
    status: str = ""
    assignee: str = ""
    sent_after: datetime | None = None
    sent_before: datetime | None = None
    updated_after: datetime | None = None

    def condition(self) -> Q:
        condition = Q()
        for column, value in (
            ("type", self.type),
            ("municipality", self.municipality),
            ("status", self.status),
            ("urgent", self.urgent),
            ("sent_at__gte", self.sent_after),
            ("sent_at__lt", self.sent_before),
            ("updated_at__gt", self.updated_after),
        ):
            if value not in ("", None):
                condition &= Q(**{column: value})
        if self.assignee == "none":
            condition &= Q(assignee__isnull=True)
        elif self.assignee:
            condition &= Q(assignee=self.assignee)
        return condition


def inbox_view(by: Actor, view: str, *, today: date) -> Q:
    """The condition of one of the inbox's views: escalated, open, mine, new, overdue, urgent, returned, closed, and
    unread (messages on what is mine or nobody's; one statement)."""
    if view == "unread":
        mine = Q(assignee=by.id) | Q(assignee__isnull=True)
        return Q(pk__in=unread_by(by), receiving_authority=by.authority) & mine
    condition = {
        "escalated": ESCALATED,
        "open": Q(status__in=HELD),
        "mine": Q(status__in=HELD, assignee=by.id),
        "new": Q(status=Status.DELIVERED),
        "overdue": Q(status__in=HELD, due_on__lt=today),
        "urgent": Q(status__in=HELD, urgent=True),
        "returned": Q(status=Status.RETURNED),
        "closed": Q(status=Status.CLOSED),
    }[view]
    return condition & Q(receiving_authority=by.authority)


def sent_view(by: Actor, view: str, *, today: date) -> Q:
    """The condition of one of Kela's views: mine (what I sent), back (mine that came back, or never left for want of
    their files), closed (mine); and
    everybody's: paused and unnoted (urgent ones, escalated, that still wait for somebody to take note: at an authority
    that was paused, or too long), returned, unroutable, passed_on (handed over time and again), late (at the
    authorities), faults (not taken in by the receiver's system, or never delivered for want of
    files), all. And unread: messages to me, for supervisors also those to Kela's systems; one statement."""
    if view == "unread":
        return Q(pk__in=unread_by(by))
    return {
        "mine": Q(sender_id=by.id),
        "back": Q(sender_id=by.id) & (Q(status__in=[Status.RETURNED, Status.UNROUTABLE]) | lacking_files(overdue=True)),
        "closed": Q(sender_id=by.id, status=Status.CLOSED),
        "paused": ESCALATED & Q(escalated_because=Because.RECEIVER_PAUSED),
        "unnoted": ESCALATED & Q(escalated_because=Because.NOT_ACKNOWLEDGED),
        "returned": Q(status=Status.RETURNED),
        "unroutable": Q(status=Status.UNROUTABLE),
        "passed_on": Q(status__in=HELD, handovers__gt=HANDOVERS_TO_WATCH),
        "late": Q(status__in=HELD, due_on__lt=today),
        "faults": FAULTY | lacking_files(overdue=True),
        "all": Q(),
    }[view]


def worklist(
    by: Actor,
    condition: Q,
    wanted: Wanted,
    *,
    order: tuple[str, ...],
    cursor: str | None = None,
    size: int = 50,
    look: Look = Look.LIST,
) -> Page[Referral]:
    """A page of the referrals that meet `condition`, with clients and details, and a line in the access log.

    The inbox's order is ("due_on", "id"), nearest deadline first; what is sent or archived goes by
    ("-sent_at", "-id"). One statement, whatever the archive's size.
    """
    page = keyset_page(
        Referral.objects.select_related(*WHOLE).filter(condition, wanted.condition()),
        order=order,
        cursor=cursor,
        size=size,
    )
    log_look(by, look, referrals=[referral.pk for referral in page.rows], about={"view": wanted.view})
    return page


def first_escalated(condition: Q, *, limit: int) -> list[UUID]:
    """Of the referrals that meet `condition`, those escalated and still waiting, the longest first. One statement."""
    found = Referral.objects.filter(condition, ESCALATED).order_by("escalated_at", "id")
    return list(found.values_list("pk", flat=True)[:limit])


def listed(by: Actor, ids: Sequence[UUID], *, view: str) -> list[Referral]:
    """These referrals in this order, with clients and details, and a line in the access log. One statement."""
    found = Referral.objects.select_related(*WHOLE).in_bulk(ids)
    rows = [found[pk] for pk in ids if pk in found]
    log_look(by, Look.LIST, referrals=[row.pk for row in rows], about={"view": view})
    return rows


def counts(conditions: dict[str, Q]) -> dict[str, int]:
    """How many referrals meet each of the named conditions. One statement."""
    union = Q()
    for condition in conditions.values():
        union |= condition
    return Referral.objects.filter(union).aggregate(
        **{name: Count("pk", filter=condition) for name, condition in conditions.items()}
    )


def search(by: Actor, text: str, condition: Q, *, limit: int = 100) -> list[Referral]:
    """Referrals under `condition` whose client's identity code is `text`, or whose name contains its words.

    Latest first, at most `limit`, with a line in the access log. Names are compared by our own
    job, since a trigram index cannot serve a query under row security; `condition` must
    therefore name the authority, and what is found is read again as `by`.
    """
    code = text.strip().upper()
    index = sealed.blind_index(code)
    words = fold(text).split()
    with acting(Actor.system("search")):
        by_person = list(Client.objects.filter(person_index=index).values_list("referral_id", flat=True)[:limit])
        by_name = Q(pk__in=by_person)
        if not by_person and words:
            by_name = Q()
            for word in words:
                by_name &= Q(client__search_name__contains=word)
        found = list(
            Referral.objects.filter(by_name, condition).order_by("-sent_at", "-id").values_list("pk", flat=True)[:limit]
        )
    rows = list(Referral.objects.select_related(*WHOLE).filter(pk__in=found).order_by("-sent_at", "-id"))
    log_look(by, Look.SEARCH, referrals=[r.pk for r in rows], person_index=index if by_person else None)
    return rows


def open_of_person(by: Actor, identity_code: str) -> list[Referral]:
    """The open referrals of a person that `by` may see, latest first, with a line in the access log."""
    rows = list(
        Referral.objects.select_related(*WHOLE)
        .filter(client__person_index=sealed.blind_index(identity_code), status__in=OPEN)
        .order_by("-sent_at", "-id")
    )
    log_look(
        by,
        Look.SEARCH,
        referrals=[r.pk for r in rows],
        person_index=sealed.blind_index(identity_code),
        about={"view": "open_of_person"},
    )
    return rows


def referrals_of_person(identity_code: str) -> list[UUID]:
    """What the access log knows a person by, for its reader, who may not see them: the ids of all their referrals, and
    that of who has had assistance, also of those deleted in the last two years."""
    index = sealed.blind_index(identity_code)
    with acting(Actor.system("audit")):
        return [
            *Client.objects.filter(person_index=index).values_list("referral_id", flat=True),
            *Recipient.objects.filter(person_index=index).values_list("pk", flat=True),
            *Trace.objects.filter(person_index=index).values_list("pk", flat=True),
        ]


def others_open_of(by: Actor, referral: Referral) -> list[Referral]:
    """The same client's other open referrals that `by` may see, latest first; a line in the access log if there are any."""
    if referral.client.person_index is None:
        return []
    others = list(
        Referral.objects.filter(client__person_index=bytes(referral.client.person_index), status__in=OPEN)
        .exclude(pk=referral.pk)
        .select_related("receiving_authority", "assignee")
        .order_by("-sent_at", "-id")
    )
    if others:
        log_look(by, Look.LIST, referrals=[other.pk for other in others], about={"view": "others_open"})
    return others
