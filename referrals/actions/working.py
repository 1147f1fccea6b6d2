"""What the authority that holds a referral does with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from contacts.queries import register
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import FieldError, Invalid
from referrals import parameters
from referrals.actions.escalating import NOT_ESCALATED, escalate_where_due
from referrals.actions.moving import change, check, lock, lock_many
from referrals.actions.receiving import NO_RECEIPT
from referrals.models import Referral
from referrals.rules import deadlines
from referrals.rules.lifecycle import HELD, PROPOSAL_REQUIRED, TRANSFER_BY_HAND, Move, ReturnReason, Status
from referrals.types import TYPES

ENDED: dict[str, Any] = {"due_on": None, "acknowledge_by": None, "assignee_id": None}


def acknowledge(referral_id: UUID, *, by: Actor, version: int | None) -> Referral:
    """Someone at the authority has taken note (vastaanotettu; Act 13/2003, section 12).

    Raises:
        NotFound, Stale, MoveForbidden.
    """
    with acting(by):
        referral = lock(referral_id, version=version)
        check(referral, Move.ACKNOWLEDGE, by=by)
        _acknowledge(referral, by=by)
        return referral


def acknowledge_all(wanted: Q, *, by: Actor, limit: int = 1000) -> int:
    """Acknowledge what is new among `wanted`, nearest deadline first; how many it was.

    What someone else acknowledged in the meantime is passed over.
    """
    with acting(by):
        new = Referral.objects.filter(wanted, status=Status.DELIVERED, receiving_authority=by.authority)
        locked = lock_many(new.order_by("due_on", "id"), limit=limit)
        for referral in locked:
            check(referral, Move.ACKNOWLEDGE, by=by)
            _acknowledge(referral, by=by)
        return len(locked)


def start(referral_id: UUID, *, by: Actor, version: int | None, assignee: UUID | None = None) -> Referral:
    """Work begins (käsittelyssä): a worker takes it, a lead gives it to `assignee`, a system tells that it began.

    A new referral is acknowledged in the same step.

    Raises:
        NotFound, Stale, MoveForbidden.
        Invalid: `assignee` does not work for this authority, or may not see this client.
    """
    with acting(by):
        referral = lock(referral_id, version=version)
        check(referral, Move.START, by=by)
        _start(referral, _worker(assignee, by=by, protected=referral.protected), by=by)
        return referral


def assign(referral_id: UUID, *, by: Actor, version: int | None, assignee: UUID) -> Referral:
    """A lead, or the worker who has it, gives work in progress to another.

    Raises:
        NotFound, Stale, MoveForbidden.
        Invalid: `assignee` does not work for this authority, or may not see this client.
    """
    with acting(by):
        referral = lock(referral_id, version=version)
        check(referral, Move.ASSIGN, by=by)
        _assign(referral, _worker(assignee, by=by, protected=referral.protected), by=by)
        return referral


def assign_all(wanted: Q, *, by: Actor, assignee: UUID, limit: int = 1000) -> int:
    """Give all of `wanted` that are open to `assignee`, nearest deadline first; how many it was.

    Raises:
        Invalid: `assignee` does not work for this authority, or may not see one of the clients.
    """
    with acting(by):
        theirs = Referral.objects.filter(wanted, status__in=HELD, receiving_authority=by.authority)
        locked = lock_many(theirs.exclude(assignee=assignee).order_by("due_on", "id"), limit=limit)
        if not locked:
            return 0
        worker = _worker(assignee, by=by, protected=any(referral.protected for referral in locked))
        for referral in locked:
            move, begin = (Move.ASSIGN, _assign) if referral.status == Status.IN_PROGRESS else (Move.START, _start)
            check(referral, move, by=by)
            begin(referral, worker, by=by)
        return len(locked)


def return_to_kela(
    referral_id: UUID, *, by: Actor, version: int | None, reason: str, text: str, proposed_authority: str | None = None
) -> Referral:
    """Back to Kela (palautettu), with why and, where it belongs elsewhere, to whom.

    Raises:
        NotFound, Stale, MoveForbidden.
        Invalid: an unknown reason, no text, or no proposal where the reason asks for one.
    """
    with acting(by):
        referral = lock(referral_id, version=version)
        check(referral, Move.RETURN, by=by)
        errors = []
        if reason not in list(ReturnReason):
            errors.append(FieldError("#/reason", "invalid_choice", _("Choose a reason from the list.")))
        if not text.strip():
            errors.append(FieldError("#/text", "required", _("Write what Kela needs to know.")))
        if proposed_authority:
            if not register().serves(proposed_authority, referral.type, clock.today()):
                errors.append(
                    FieldError(
                        "#/proposed_authority", "invalid_choice", _("This authority does not receive this type.")
                    )
                )
            elif proposed_authority == by.authority:
                errors.append(FieldError("#/proposed_authority", "own", _("Propose another authority than your own.")))
        elif reason in PROPOSAL_REQUIRED:
            errors.append(FieldError("#/proposed_authority", "required", _("Say which authority it belongs to.")))
        if errors:
            raise Invalid(errors=errors)
        change(
            referral,
            "returned",
            by=by,
            data={"reason": reason, "text": text, "proposed_authority": proposed_authority},
            status=Status.RETURNED,
            return_reason=reason,
            return_text=text,
            proposed_authority_id=proposed_authority,
            first_return_reason=referral.first_return_reason or reason,
            first_returned_by_id=referral.first_returned_by_id or referral.receiving_authority_id,
            **ENDED,
        )
        return referral


def transfer(referral_id: UUID, *, by: Actor, version: int | None, authority: str, reason: str, text: str) -> Referral:
    """Hand over to another authority (siirto) without delay (Act 434/2003, section 21): the same referral, its
    deadlines counted anew.

    Raises:
        NotFound, Stale, MoveForbidden.
        Invalid: the target is the giver itself or not responsible for anything in the type, or a reason is missing.
    """
    with acting(by):
        referral = lock(referral_id, version=version)
        check(referral, Move.TRANSFER, by=by)
        errors = target_errors(referral, authority, forbidden=referral.receiving_authority_id)
        if reason not in TRANSFER_BY_HAND:
            errors.append(FieldError("#/reason", "invalid_choice", _("Choose a reason from the list.")))
        if errors:
            raise Invalid(errors=errors)
        hand_over(
            referral,
            authority,
            by=by,
            kind="transferred",
            data={"reason": reason, "text": text, "from": referral.receiving_authority_id, "authority": authority},
            routing={"code": "transferred", "params": {"authority": authority, "reason": reason}},
            rules=parameters.load().deadlines,
        )
        return referral


def close(referral_id: UUID, *, by: Actor, version: int | None, outcome: str, text: str = "") -> Referral:
    """Done (päätetty), with an outcome of the referral's own type.

    Raises:
        NotFound, Stale, MoveForbidden.
        Invalid: an outcome of another type, or no text where the outcome needs one.
    """
    with acting(by):
        referral = lock(referral_id, version=version)
        check(referral, Move.CLOSE, by=by)
        check_outcome(referral, outcome, text)
        now = clock.now()
        change(
            referral,
            "closed",
            by=by,
            at=now,
            data={"outcome": outcome, "text": text},
            status=Status.CLOSED,
            outcome=outcome,
            outcome_text=text,
            closed_at=now,
            due_on=None,
            acknowledge_by=None,
        )
        return referral


def check_outcome(referral: Referral, outcome: str, text: str) -> None:
    """Whether a referral of this type can end so.

    Raises:
        Invalid: an outcome of another type, or no text where the outcome needs one.
    """
    kind = TYPES[referral.type]
    if outcome not in kind.outcomes:
        raise Invalid(
            errors=[FieldError("#/outcome", "invalid_choice", _("Choose an outcome that belongs to this type."))]
        )
    if outcome in kind.outcomes_needing_text and not text.strip():
        raise Invalid(errors=[FieldError("#/text", "required", _("Tell what became of it."))])


def hand_over(
    referral: Referral,
    authority: str,
    *,
    by: Actor,
    kind: str,
    data: dict[str, Any],
    routing: dict[str, Any],
    rules: list[deadlines.Rule],
) -> None:
    """Deliver a locked referral to `authority`: the deadlines begin anew, the first one stays visible.

    The former holder's feed gets the event `kind`, the new one's `delivered`, and where it is
    urgent and the new one pauses, `escalated` as well.
    """
    now = clock.now()
    former = referral.receiving_authority_id
    due = deadlines.due(rules, type=referral.type, urgent=referral.urgent, arrived_at=now)
    columns = {
        "status": Status.DELIVERED,
        "receiving_authority_id": authority,
        "routing_reason": routing,
        "handovers": referral.handovers + 1 if former else referral.handovers,
        "delivered_at": now,
        "first_delivered_at": referral.first_delivered_at or now,
        "due_on": due.due_on,
        "first_due_on": referral.first_due_on or due.due_on,
        "acknowledge_by": due.acknowledge_by,
        "assignee_id": None,
        "return_reason": "",
        "return_text": "",
        "proposed_authority_id": None,
        **NOT_ESCALATED,
        **NO_RECEIPT,
    }
    change(referral, kind, by=by, at=now, data=data, feed=former, elevated=True, **columns)
    change(
        referral,
        "delivered",
        by=by,
        at=now,
        elevated=True,
        data={"routing": routing, "authority": authority},
    )
    escalate_where_due([referral], by=by, elevated=True)


def target_errors(referral: Referral, authority: str, *, forbidden: str | None) -> list[FieldError]:
    """What is wrong with `authority` as the next holder; empty when nothing."""
    if not authority or not register().serves(authority, referral.type, clock.today()):
        return [FieldError("#/authority", "invalid_choice", _("Choose an authority that receives this type."))]
    if authority == forbidden:
        return [FieldError("#/authority", "own", _("The referral is already there. Choose another authority."))]
    return []


def _acknowledge(referral: Referral, *, by: Actor) -> None:
    now = clock.now()
    change(
        referral,
        "acknowledged",
        by=by,
        at=now,
        status=Status.ACKNOWLEDGED,
        acknowledged_at=referral.acknowledged_at or now,
    )


def _start(referral: Referral, worker: User | None, *, by: Actor) -> None:
    if referral.status == Status.DELIVERED:
        _acknowledge(referral, by=by)
    now = clock.now()
    change(
        referral,
        "started",
        by=by,
        at=now,
        data={"assignee": worker.name if worker else ""},
        status=Status.IN_PROGRESS,
        assignee=worker,
        started_at=referral.started_at or now,
    )


def _assign(referral: Referral, worker: User | None, *, by: Actor) -> None:
    change(referral, "assigned", by=by, data={"assignee": worker.name if worker else ""}, assignee=worker)


def _worker(assignee: UUID | None, *, by: Actor, protected: bool) -> User | None:
    """Who is going to work on it: `assignee`, else the acting person; nobody for a system.

    Raises:
        Invalid: that is nobody who works for `by`'s authority, or who may see a `protected` client.
    """
    if assignee is None and by.role == "authority_system":
        return None
    worker = User.objects.filter(
        pk=assignee or by.id, authority=by.authority, is_active=True, role__in=[Role.WORKER, Role.LEAD]
    ).first()
    if worker is None or (protected and not worker.cleared):
        raise Invalid(
            errors=[FieldError("#/assignee", "invalid_choice", _("Choose someone who may work on this here."))]
        )
    return worker


def workers_of(authority: str, *, cleared_only: bool = False) -> Iterable[User]:
    """Who can be given work at `authority`, by name."""
    people = User.objects.filter(authority=authority, is_active=True, role__in=[Role.WORKER, Role.LEAD])
    return (people.filter(cleared=True) if cleared_only else people).order_by("name")
