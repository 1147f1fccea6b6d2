"""A referral's events as two lanes: what Kela did, what the authority did, and hand-overs across."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from contacts.rules.register import Register
from delivery.models import Event
from referrals import wording
from referrals.models import Referral

ACROSS = ("delivered", "unroutable", "escalated")
AT_KELA = ("kela", "")  # the router and the other jobs are Kela's


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: `side` is "kela", "authority" or "across"."""

    side: str
    what: str
    why: str
    written: str
    at: datetime
    who: str
    is_last: bool


def story_of(referral: Referral, events: Iterable[Event], *, among: Register, names_places: bool) -> list[Step]:
    """The steps in order. Why it went where it went stands with each hand-over.

    `names_places` is False for readers who may not know where a protected person lives.
    """
    events = list(events)
    return [_step(referral, event, among, names_places, is_last=event is events[-1]) for event in events]


def _step(referral: Referral, event: Event, among: Register, names_places: bool, *, is_last: bool) -> Step:
    across = event.kind in ACROSS
    return Step(
        side="across" if across else "kela" if event.actor_authority in AT_KELA else "authority",
        what=wording.happened(event, type=referral.type, among=among),
        why=wording.routing_text(event.data.get("routing"), names_places=names_places, among=among) if across else "",
        written=wording.written_with(event),
        at=event.at,
        who="" if event.role == "system" else event.actor_name,
        is_last=is_last,
    )
