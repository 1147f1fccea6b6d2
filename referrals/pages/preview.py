"""Where a referral would go, why and by when, from what is typed so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from contacts.queries import register
from contacts.rules.register import Register
from kela_kunta.base import clock
from referrals import parameters, wording
from referrals.actions.routing import arrival
from referrals.rules.lifecycle import Status
from referrals.rules.routing import Case
from referrals.types.base import ReferralType

YES = (True, "true", "on")


@dataclass(frozen=True, slots=True)
class Preview:
    """`authority` is "" when nobody would receive it, or when too little is known; `why` says which."""

    authority: str
    why: str
    due_on: date | None
    acknowledge_by: str
    urgent: bool


def preview(kind: ReferralType, body: Mapping[str, Any]) -> Preview | None:
    """What would become of `body` if it were sent now; None before any municipality is given.

    Nothing of `body` need be right: what cannot be used is as if it were not there.
    """
    duties = register()
    case = _case(kind, body, duties)
    if not (case.home or case.place_of_stay or case.permanent_stay):
        return None
    columns = arrival(case, duties, parameters.load().deadlines, clock.now())
    delivered = columns["status"] == Status.DELIVERED
    return Preview(
        authority=wording.authority_name(columns["receiving_authority_id"], duties) if delivered else "",
        why=wording.routing_text(columns["routing_reason"], among=duties),
        due_on=columns["due_on"],
        acknowledge_by=wording.until_text(columns["acknowledge_by"]) if delivered else "",
        urgent=case.urgent,
    )


def _case(kind: ReferralType, body: Mapping[str, Any], duties: Register) -> Case:
    client, details = _part(body, "client"), _part(body, "details")

    def place(name: str) -> str | None:
        code = client.get(name)
        return code if isinstance(code, str) and duties.municipality(code) else None

    return Case(
        type=kind.code,
        order=kind.places,
        home=place("home_municipality"),
        permanent_stay=place("permanent_stay"),
        place_of_stay=place("place_of_stay"),
        urgent=kind.is_urgent({name: details.get(name) in YES for name in dict(kind.serializer().fields)}),
    )


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = body.get(name)
    return part if isinstance(part, Mapping) else {}
