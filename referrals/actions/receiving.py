"""A client information system says whether it took a referral in. The people's work goes on as before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import FieldError, Invalid, NotAllowed
from referrals.actions.moving import change, lock
from referrals.models import Receipt
from referrals.rules.lifecycle import AUTHORITY_SYSTEM
from referrals.rules.receipts import fault_in

# What a hand-over wipes: the next authority's system has said nothing yet.
NO_RECEIPT: dict[str, Any] = {"receipt_at": None, "fault": ""}
SENTENCES = {
    "required": _("Fill this in."),
    "invalid_choice": _("This is not one of the choices."),
    "not_wanted": _("Only what was not accepted has this."),
}


def give_receipt(referral_id: UUID, *, by: Actor, accepted: bool, code: str = "", detail: str = "") -> Receipt:
    """The receipt of `by`'s system: a new version with the event `receipt`; status and deadlines stay.

    The same as its authority's last one changes nothing and gives that one back. A refusal stands in
    the supervisors' list of delivery faults until the authority's system accepts after all.

    Raises:
        NotFound: unknown, or not for `by`.
        NotAllowed: `by` is no authority's system.
        Invalid: a refusal without its code, an unknown code, or `other` without a detail.
    """
    with acting(by):
        referral = lock(referral_id, version=None)
        if by.role != AUTHORITY_SYSTEM:
            raise NotAllowed
        if wrong := fault_in(accepted=accepted, code=code, detail=detail):
            field, error = wrong
            raise Invalid(errors=[FieldError(f"#/{field}", error, SENTENCES[error])])
        last = Receipt.objects.filter(referral=referral, authority=by.authority).order_by("-version").first()
        standing = referral.receipt_at is not None  # what it said before it lost the referral and got it again is past
        if last and standing and (last.accepted, last.code, last.detail) == (accepted, code, detail):
            return last
        receipt = Receipt.objects.create(
            referral=referral,
            authority_id=by.authority,
            client_id=by.id,
            client_name=by.name,
            at=clock.now(),
            accepted=accepted,
            code=code,
            detail=detail,
            version=referral.version + 1,
        )
        told = {"accepted": accepted, "code": code}
        change(referral, "receipt", by=by, at=receipt.at, data=told, receipt_at=receipt.at, fault=code)
        return receipt
