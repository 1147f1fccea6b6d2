"""Where a referral would go, why and by when, how it stands there and whom to call, from what is typed so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from contacts.queries import register
from contacts.rules.register import Register
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from referrals import parameters, wording
from referrals.actions.routing import arrival
from referrals.pages.reaching import Receiver, receiver
from referrals.rules.routing import Case
from referrals.types.base import ReferralType

PLACES = ("home_municipality", "place_of_stay", "permanent_stay")
YES = (True, "true", "on")


@dataclass(frozen=True, slots=True)
class Preview:
    """`authority` is "" when nobody would receive it, or when too little is known; `why` says which. `receiver` tells
    of the authority, if there is one."""

    authority: str
    why: str
    due_on: date | None
    acknowledge_by: str
    urgent: bool
    receiver: Receiver | None

    @property
    def told(self) -> str:
        """In a sentence or two, for those who hear the page: what they must not miss of it."""
        if self.receiver is None:
            return self.why
        sentence = _("Goes to %(authority)s.") % {"authority": self.authority}
        if self.receiver.paused is None:
            return sentence
        return sentence + " " + _("The receiver is paused: %(cause)s.") % {"cause": self.receiver.paused.cause}


def preview(kind: ReferralType, body: Mapping[str, Any], *, by: Actor) -> Preview | None:
    """What would become of `body` if `by` sent it now; None before any municipality is given.

    Nothing of `body` need be right: what cannot be used is as if it were not there.
    """
    duties = register()
    case = _case(kind, body, duties)
    if not (case.home or case.place_of_stay or case.permanent_stay):
        return None
    columns = arrival(case, duties, parameters.load().deadlines, clock.now())
    authority, reason = columns["receiving_authority_id"], columns["routing_reason"]
    return Preview(
        authority=wording.authority_name(authority, duties),
        why=wording.routing_text(reason, among=duties),
        due_on=columns["due_on"],
        acknowledge_by=wording.until_text(columns["acknowledge_by"]) if authority else "",
        urgent=case.urgent,
        receiver=receiver(authority, case.type, municipality=place_of(reason), urgent=case.urgent, by=by)
        if authority
        else None,
    )


def asked_by(kind: ReferralType) -> list[str]:
    """The names of the form's fields that say where a referral goes and how urgent it is: all that the box asks for."""
    flags = [name for name in dict(kind.serializer().fields) if name.startswith("urgent") and "reason" not in name]
    return [*(f"client.{place}" for place in PLACES), *(f"details.{name}" for name in flags)]


def answered(kind: ReferralType, data: QueryDict) -> dict[str, dict[str, str]]:
    """What was typed in those fields, as a part of a referral's body: without the whole form, which costs more."""
    body: dict[str, dict[str, str]] = {"client": {}, "details": {}}
    for name in asked_by(kind):
        part, _dot, field = name.partition(".")
        body[part][field] = data.get(name, "")
    return body


def place_of(reason: Mapping[str, Any] | None) -> str:
    """The municipality that decided where a referral went, as it is called now; "" where none did."""
    params = (reason or {}).get("params", {})
    return str(params.get("merged_into") or params.get("place") or "")


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
