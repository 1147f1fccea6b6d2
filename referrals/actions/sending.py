"""A referral comes into being."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from delivery.events import Happening, record
from kela_kunta.base import clock, sealed
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.fold import fold
from kela_kunta.base.problems import KeyReused, NotAllowed
from kela_kunta.base.rows import insert_rows
from kela_kunta.base.wake import wake
from referrals import parameters
from referrals.actions.moving import change
from referrals.models import Attachment, BasicDecision, Client, Referral
from referrals.parameters import Parameters
from referrals.rules import deadlines, release
from referrals.rules.files import UPLOADED_WITHIN
from referrals.rules.lifecycle import KELA_SYSTEM, SENDERS, Status, WithdrawalReason, withdrawable
from referrals.types import TYPES
from referrals.types.base import Draft


def send_referral(draft: Draft, *, by: Actor, key: str) -> tuple[Referral, bool]:
    """Store a referral from Kela; it stays `sent` until its files are there and the router has found its authority.

    The same key with the same draft gives back the first referral: (referral, whether it is new).

    Raises:
        NotAllowed: `by` may not send.
        KeyReused: `key` came before with another draft.
    """
    if by.role not in SENDERS:
        raise NotAllowed
    with acting(by):
        columns = referral_columns(draft, by=by, at=clock.now(), rules=parameters.load())
        referral, is_new = Referral.objects.get_or_create(  # unique (sender, key) decides between two at once
            sender_id=by.id, key=key, defaults=columns
        )
        if is_new:
            Client.objects.create(referral=referral, **client_columns(draft))
            draft.type.model._default_manager.create(referral=referral, **draft.details)
            if draft.decision:
                BasicDecision.objects.create(referral=referral, version=1, **draft.decision)
            Attachment.objects.bulk_create(_files(referral, draft))
            _follow_up([(referral, draft)], by=by)
        elif bytes(referral.digest) != draft.digest:
            raise KeyReused
        return referral, is_new


def send_referrals(drafts: Mapping[str, Draft], *, by: Actor) -> set[str]:
    """Store many referrals from Kela, by their idempotency keys; the keys of those that are new.

    A dozen statements, however many they are. A key that came before, or that another call
    sends at this moment, changes nothing here.

    Raises:
        NotAllowed: `by` may not send.
        DatabaseError: PostgreSQL refused one of them; nothing of any was stored.
    """
    if by.role not in SENDERS:
        raise NotAllowed
    with acting(by):
        at, rules = clock.now(), parameters.load()
        rows = {
            key: Referral(pk=pk, sender_id=by.id, key=key, **referral_columns(draft, by=by, at=at, rules=rules))
            for pk, (key, draft) in zip(_identifiers(len(drafts)), drafts.items(), strict=True)
        }
        # Sorted by key, so that two who send the same keys wait for each other and do not lock up.
        insert_rows([rows[key] for key in sorted(rows)], ignore_conflicts=True)
        stored = set(Referral.objects.filter(pk__in=[row.pk for row in rows.values()]).values_list("pk", flat=True))
        sent = [(row, drafts[key]) for key, row in rows.items() if row.pk in stored]
        insert_rows([Client(referral=row, **client_columns(draft)) for row, draft in sent])
        for kind in TYPES.values():
            insert_rows([kind.model(referral=row, **draft.details) for row, draft in sent if draft.type is kind])
        insert_rows([BasicDecision(referral=row, version=1, **draft.decision) for row, draft in sent if draft.decision])
        insert_rows([one for row, draft in sent for one in _files(row, draft)])
        _follow_up(sent, by=by)
        return {row.key for row, _draft in sent}


def _identifiers(count: int) -> list[UUID]:
    """New identifiers in their order, for rows that are inserted together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT uuidv7() FROM generate_series(1, %s)", [count])
        return sorted(identifier for (identifier,) in cursor.fetchall())


def referral_columns(draft: Draft, *, by: Actor, at: datetime, rules: Parameters) -> dict[str, Any]:
    """The referral's row, all but `sender_id` and `key`, as sent by `by` at `at`."""
    by_hand = by.role != KELA_SYSTEM
    discussion_on = draft.type.discussion_requested_on(draft.details)
    return {
        "type": draft.type.code,
        "status": Status.SENT,
        "version": 1,
        "urgent": draft.urgent,
        "protected": draft.client["non_disclosure"],
        "test": by.test,
        "sender_role": by.role,
        "sender_name": by.name,
        "digest": draft.digest,
        "sent_at": at,
        "release_at": at
        if by_hand
        else release.release_at(
            rules.release,
            type=draft.type.code,
            urgent=draft.urgent,
            sent_at=at,
            decided_on=draft.decision["decided_on"] if draft.decision else None,
        ),
        "municipality_id": draft.client["home_municipality_id"] or draft.client["place_of_stay_id"],
        "discussion_due_on": deadlines.discussion_due_on(
            rules.deadlines, type=draft.type.code, requested_on=discussion_on
        )
        if discussion_on
        else None,
        "files": len(draft.attachments),
        "attachments_due": at + UPLOADED_WITHIN if draft.attachments else None,
        "updated_at": at,
        **draft.common,
    }


def _files(referral: Referral, draft: Draft) -> list[Attachment]:
    return [Attachment(referral=referral, number=number, **one) for number, one in enumerate(draft.attachments, 1)]


def client_columns(draft: Draft) -> dict[str, Any]:
    """The client's row: the identity code encrypted and indexed, the name as people search for it."""
    facts = dict(draft.client)
    code = facts.pop("identity_code")
    return facts | {
        "sealed_identity_code": sealed.seal(code) if code else None,
        "person_index": sealed.blind_index(code) if code else None,
        "search_name": fold(f"{facts['family_name']} {facts['given_names']}"),
    }


def _follow_up(sent: Sequence[tuple[Referral, Draft]], *, by: Actor) -> None:
    """Tell of new referrals, end what they take the place of, and wake the router."""
    for referral, _draft in sent:
        sent_event = ("referral", referral.pk, 1, "sent", Status.SENT, by)
        record(Happening(*sent_event, protected=referral.protected, at=referral.sent_at))
    _withdraw_replaced(sent, by=by)
    wake("referrals.route_pending")


def _withdraw_replaced(sent: Sequence[tuple[Referral, Draft]], *, by: Actor) -> None:
    """End what the new referrals take the place of, such as the notice of the same lowered month.

    What the authority already works on stays: it is told by the new one. In a row of new
    ones the later replaces the earlier.
    """
    replacing = [(row, draft) for row, draft in sent if draft.type.replaces and draft.client["identity_code"]]
    if not replacing:
        return
    standing = defaultdict(list)
    for old in _replaceable(replacing):
        columns = old.type, bytes(old.client.person_index or b"")
        details = getattr(old, TYPES[old.type].related_name)
        standing[*columns, *(getattr(details, column) for column in TYPES[old.type].replaces)].append(old)
    for new, draft in replacing:
        columns = new.type, sealed.blind_index(draft.client["identity_code"])
        place = (*columns, *(draft.details[column] for column in draft.type.replaces))
        for old in standing[place]:
            change(
                old,
                "withdrawn",
                by=by,
                data={"reason": WithdrawalReason.REPLACED, "by": str(new.pk)},
                status=Status.WITHDRAWN,
                withdrawal_reason=WithdrawalReason.REPLACED,
                due_on=None,
                acknowledge_by=None,
            )
        standing[place] = [new]


def _replaceable(replacing: Sequence[tuple[Referral, Draft]]) -> QuerySet[Referral]:
    """The same people's former referrals of the same types that can still be withdrawn, locked."""
    types = {draft.type for _row, draft in replacing}
    people = [sealed.blind_index(draft.client["identity_code"]) for _row, draft in replacing]
    return (
        Referral.objects.select_for_update(of=("self",), no_key=True)
        .filter(
            client__person_index__in=people,
            type__in=[kind.code for kind in types],
            status__in=[status for status in Status if withdrawable(status)],
        )
        .exclude(pk__in=[row.pk for row, _draft in replacing])
        .select_related("client", *(kind.related_name for kind in types))
        .order_by("id")
    )
