"""What Kela does with a referral after sending, and what either side sets right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import FieldError, Invalid, MoveForbidden
from referrals import parameters
from referrals.actions.escalating import escalate_where_due
from referrals.actions.moving import change, check, lock
from referrals.actions.working import ENDED, check_outcome, hand_over, target_errors
from referrals.models import BasicDecision, Referral
from referrals.rules import deadlines
from referrals.rules.lifecycle import WITHDRAWAL_BY_HAND, Move, Status
from referrals.types import TYPES


def withdraw(referral_id: UUID, *, by: Actor, version: int | None, reason: str, text: str = "") -> Referral:
    """The sender, or a supervisor, ends it (peruttu), as long as nobody works on it.

    Raises:
        NotFound, Stale, MoveForbidden.
        Invalid: an unknown reason.
    """
    with acting(by):
        referral = lock(referral_id, version=version)
        check(referral, Move.WITHDRAW, by=by)
        if reason not in WITHDRAWAL_BY_HAND:
            raise Invalid(errors=[FieldError("#/reason", "invalid_choice", _("Choose a reason from the list."))])
        change(
            referral,
            "withdrawn",
            by=by,
            data={"reason": reason, "text": text},
            status=Status.WITHDRAWN,
            withdrawal_reason=reason,
            **ENDED,
        )
        return referral


def reroute(referral_id: UUID, *, by: Actor, version: int | None, authority: str, text: str) -> Referral:
    """Kela sends a returned referral on, or a supervisor finds a receiver for an unroutable one by hand.

    Raises:
        NotFound, Stale, MoveForbidden.
        Invalid: the authority does not receive this type, or no reason is written.
    """
    with acting(by):
        referral = lock(referral_id, version=version)
        move = Move.RESOLVE if referral.status == Status.UNROUTABLE else Move.REROUTE
        check(referral, move, by=by)
        errors = target_errors(referral, authority, forbidden=None)
        if not text.strip():
            errors.append(FieldError("#/text", "required", _("Write why it goes there.")))
        if errors:
            raise Invalid(errors=errors)
        hand_over(
            referral,
            authority,
            by=by,
            kind="resolved" if move is Move.RESOLVE else "rerouted",
            data={"text": text, "from": referral.receiving_authority_id, "authority": authority},
            routing={"code": "by_hand", "params": {"authority": authority}},
            rules=parameters.load().deadlines,
        )
        return referral


def attach_decision(
    referral_id: UUID, decision: Mapping[str, Any], *, by: Actor, version: int | None = None
) -> Referral:
    """Attach the basic decision with its calculation, or correct it: a further version of it.

    Raises:
        NotFound, Stale.
        MoveForbidden: the referral is withdrawn, or its type has no basic decision.
    """
    with acting(by):
        referral = lock(referral_id, version=version)
        check(referral, Move.ATTACH_DECISION, by=by)
        if not TYPES[referral.type].takes_decision:
            raise MoveForbidden(_("Only a forwarded application carries a basic decision."))
        number = referral.decisions.count() + 1
        BasicDecision.objects.create(referral=referral, version=number, **decision)
        change(referral, "decision_attached" if number == 1 else "decision_corrected", by=by, data={"decision": number})
        return referral


def change_urgency(referral_id: UUID, *, by: Actor, version: int | None, urgent: bool, reason: str) -> Referral:
    """Either side raises the urgency, the authority alone lowers it; the deadline follows from the arrival.

    What becomes urgent at an authority that pauses is escalated at once.

    Raises:
        NotFound, Stale, MoveForbidden.
        Invalid: no reason.
    """
    with acting(by):
        referral = lock(referral_id, version=version)
        check(referral, Move.RAISE_URGENCY if urgent else Move.LOWER_URGENCY, by=by)
        if not TYPES[referral.type].can_be_urgent or referral.urgent == urgent:
            raise MoveForbidden
        if not reason.strip():
            raise Invalid(errors=[FieldError("#/reason", "required", _("Write why."))])
        columns: dict[str, Any] = {"urgent": urgent}
        if referral.due_on is not None and referral.delivered_at is not None:
            due = deadlines.due(
                parameters.load().deadlines,
                type=referral.type,
                urgent=urgent,
                arrived_at=clock.now() if urgent else referral.delivered_at,
            )
            columns |= {"due_on": due.due_on, "acknowledge_by": due.acknowledge_by}
            if urgent:  # what is urgent never gets more time than it had
                columns["due_on"] = min(due.due_on, referral.due_on)
                columns["acknowledge_by"] = min(due.acknowledge_by, referral.acknowledge_by or due.acknowledge_by)
        change(referral, "urgency_raised" if urgent else "urgency_lowered", by=by, data={"reason": reason}, **columns)
        escalate_where_due([referral], by=by)
        return referral


def correct_outcome(referral_id: UUID, *, by: Actor, version: int | None, outcome: str, text: str = "") -> Referral:
    """The authority that closed it sets a wrong outcome right; the status stays.

    Raises:
        NotFound, Stale, MoveForbidden.
        Invalid: an outcome of another type, or no text where the outcome needs one.
    """
    with acting(by):
        referral = lock(referral_id, version=version)
        check(referral, Move.CORRECT_OUTCOME, by=by)
        check_outcome(referral, outcome, text)
        change(
            referral,
            "outcome_corrected",
            by=by,
            data={"outcome": outcome, "text": text, "former": referral.outcome},
            outcome=outcome,
            outcome_text=text,
        )
        return referral
