"""How it stands with those who receive: what waits there, how fast they are, and whether they pause."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from contacts.models import Pause
from contacts.queries.entries import pauses_of
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import NotAllowed
from referrals.models import Pace, Referral
from referrals.rules.lifecycle import SENDERS, Status

Receiver = tuple[str, str]  # an authority's code and a referral type


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many referrals nobody has taken note of yet, and since when the oldest of them is there."""

    count: int
    since: datetime | None


def waiting(authority: str, type: str, *, by: Actor) -> Waiting:
    """What waits at an authority in matters of a type; of the protected too, since nothing but their number shows.

    One statement, as one of our own jobs, whatever the archive's size.

    Raises:
        NotAllowed: `by` neither sends nor belongs to that authority.
    """
    _check(by, authority)
    new = Referral.objects.filter(receiving_authority=authority, status=Status.DELIVERED, type=type)
    with acting(Actor.system("figures")):
        return Waiting(**new.aggregate(count=Count("pk"), since=Min("delivered_at")))


def pace(authority: str, type: str, *, by: Actor) -> Pace | None:
    """How fast an authority has been of late in matters of a type; None for not measured yet. One statement.

    Raises:
        NotAllowed: `by` neither sends nor belongs to that authority.
    """
    _check(by, authority)
    return Pace.objects.filter(authority=authority, type=type).first()


def pauses_at(receivers: Collection[Receiver], at: datetime) -> dict[Receiver, Pause]:
    """Those of `receivers` that pause at a moment; a pause of the type itself before one of all types. One statement."""
    if not receivers:
        return {}
    pauses = {(pause.authority_id, pause.type): pause for pause in pauses_of({code for code, _ in receivers}, at)}
    found = {(code, type): pauses.get((code, type)) or pauses.get((code, "")) for code, type in receivers}
    return {receiver: pause for receiver, pause in found.items() if pause}


def _check(by: Actor, authority: str) -> None:
    if by.role not in SENDERS and by.authority != authority:
        raise NotAllowed
