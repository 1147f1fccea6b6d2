"""A referral as the API answers it: what was sent, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.forms.models import model_to_dict

from contacts.queries import register
from contacts.rules.register import Register
from kela_kunta.base.actor import Actor
from referrals import wording
from referrals.drafts import as_sent
from referrals.models import BasicDecision, Referral
from referrals.rules.lifecycle import Status
from referrals.types import TYPES

# Whatever has become of a referral, its sending is answered as it was then.
AT_SENDING: Mapping[str, Any] = {
    "status": Status.SENT,
    "version": 1,
    "delivered_at": None,
    "receiving_authority_id": None,
    "routing_reason": None,
    "due_on": None,
    "first_due_on": None,
    "outcome": "",
    "return_reason": "",
    "receipt_at": None,
    "fault": "",
}


def answer(referral: Referral, *, by: Actor) -> dict[str, Any]:
    """One referral with client and details, as `by` may see it. Two statements, three with files."""
    return answers([referral], by=by)[0]


def answers(referrals: Sequence[Referral], *, by: Actor) -> list[dict[str, Any]]:
    """The referrals, with clients and details, as `by` may see them. Two statements, however many there are, and one for files."""
    prefetch_related_objects([r for r in referrals if TYPES[r.type].takes_decision], "decisions")
    prefetch_related_objects([r for r in referrals if r.files], "attachments")
    names = register()
    return [_answer(referral, names, by) for referral in referrals]


def answers_to_sending(sent: Sequence[tuple[Referral, Mapping[str, Any]]], *, by: Actor) -> list[dict[str, Any]]:
    """The referrals as they were the moment these bodies were sent. Two statements, however many there are, and one for files."""
    with_decision = [referral for referral, body in sent if _carries_decision(body)]
    without = [referral for referral, body in sent if not _carries_decision(body)]
    prefetch_related_objects(with_decision, Prefetch("decisions", BasicDecision.objects.filter(version=1)))
    prefetch_related_objects(without, Prefetch("decisions", BasicDecision.objects.none()))
    prefetch_related_objects([referral for referral, _body in sent if referral.files], "attachments")
    for referral, _body in sent:
        kind = TYPES[referral.type]
        urgent = kind.is_urgent(model_to_dict(getattr(referral, kind.related_name)))
        for column, value in {**AT_SENDING, "urgent": urgent}.items():
            setattr(referral, column, value)
    names = register()
    return [_answer(referral, names, by) for referral, _body in sent]


def _carries_decision(body: Mapping[str, Any]) -> bool:
    return isinstance(body["details"].get("basic_decision"), Mapping)


def _answer(referral: Referral, names: Register, by: Actor) -> dict[str, Any]:
    return as_sent(referral) | {
        "id": str(referral.pk),
        "status": str(referral.status),
        "version": referral.version,
        "sent_at": moment(referral.sent_at),
        "delivered_at": moment(referral.delivered_at),
        "receiving_authority": _authority(referral.receiving_authority_id, names),
        "routing_reason": _routing_reason(referral, names, by),
        "due_on": _day(referral.due_on),
        "first_due_on": _day(referral.first_due_on),
        "urgent": referral.urgent,
        "test": referral.test,
        "outcome": _outcome(referral),
        "returned": _returned(referral),
        "receipt": _receipt(referral),
    }


def _authority(code: str | None, names: Register) -> dict[str, str] | None:
    return {"code": code, "name": wording.authority_name(code, names)} if code else None


def _routing_reason(referral: Referral, names: Register, by: Actor) -> dict[str, str] | None:
    """Why it went there; not naming places to who may not know where a protected person lives."""
    reason = referral.routing_reason
    if not reason:
        return None
    names_places = by.cleared or not referral.protected
    return {
        "code": reason["code"] if names_places else "protected",
        "text": wording.routing_text(reason, names_places=names_places, among=names),
    }


def _outcome(referral: Referral) -> dict[str, str] | None:
    """`text` is what the authority wrote, `label` the outcome in words."""
    if not referral.outcome:
        return None
    label = wording.outcome_text(referral.type, referral.outcome)
    return {"code": referral.outcome, "text": referral.outcome_text, "label": label}


def _returned(referral: Referral) -> dict[str, str | None] | None:
    if not referral.return_reason:
        return None
    return {
        "reason": referral.return_reason,
        "text": referral.return_text,
        "proposed_authority": referral.proposed_authority_id,
    }


def _receipt(referral: Referral) -> dict[str, Any] | None:
    """The last technical receipt by the authority that has it."""
    if not referral.receipt_at:
        return None
    return {"accepted": not referral.fault, "code": referral.fault or None, "at": moment(referral.receipt_at)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def moment(moment: datetime | None) -> str | None:
    """UTC to the microsecond, such as "2026-11-24T06:30:00.000000Z"."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}" if moment else None
