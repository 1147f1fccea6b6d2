"""A referral comes into being."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from delivery.events import Happening, record
from kela_kunta.base import clock, sealed
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.fold import fold
from kela_kunta.base.problems import KeyReused, NotAllowed
from kela_kunta.base.wake import wake
from referrals import parameters
from referrals.actions.moving import change
from referrals.models import BasicDecision, Client, Referral
from referrals.parameters import Parameters
from referrals.rules import deadlines, release
from referrals.rules.lifecycle import KELA_SYSTEM, SENDERS, Status, WithdrawalReason, withdrawable
from referrals.types.base import Draft


def send_referral(draft: Draft, *, by: Actor, key: str) -> tuple[Referral, bool]:
    """Store a referral from Kela; it stays `sent` until the router has found its authority.

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
            record(Happening("referral", referral.pk, 1, "sent", Status.SENT, by, at=referral.sent_at))
            _withdraw_replaced(referral, draft, by=by)
            wake("referrals.route_pending")
        elif bytes(referral.digest) != draft.digest:
            raise KeyReused
        return referral, is_new


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
        "updated_at": at,
        **draft.common,
    }


def client_columns(draft: Draft) -> dict[str, Any]:
    """The client's row: the identity code encrypted and indexed, the name as people search for it."""
    facts = dict(draft.client)
    code = facts.pop("identity_code")
    return facts | {
        "sealed_identity_code": sealed.seal(code) if code else None,
        "person_index": sealed.blind_index(code) if code else None,
        "search_name": fold(f"{facts['family_name']} {facts['given_names']}"),
    }


def _withdraw_replaced(referral: Referral, draft: Draft, *, by: Actor) -> None:
    """End what the new referral takes the place of, such as the notice of the same lowered month.

    What the authority already works on stays: it is told by the new one.
    """
    person = draft.client["identity_code"]
    if not draft.type.replaces or not person:
        return
    same = {f"{draft.type.related_name}__{column}": draft.details[column] for column in draft.type.replaces}
    former = (
        Referral.objects.select_for_update(of=("self",), no_key=True)
        .filter(client__person_index=sealed.blind_index(person), type=referral.type, **same)
        .exclude(pk=referral.pk)
        .order_by("id")
    )
    for old in former:
        if withdrawable(old.status):
            change(
                old, "withdrawn", by=by, data={"reason": WithdrawalReason.REPLACED, "by": str(referral.pk)},
                status=Status.WITHDRAWN, withdrawal_reason=WithdrawalReason.REPLACED, due_on=None, acknowledge_by=None,
            )
