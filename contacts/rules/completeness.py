"""Which kinds of contact every municipality must have, and whether it has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contacts.rules.freshness import Freshness
from contacts.rules.inheritance import nearest, scope

_SOCIAL_WORK, _IMMIGRANT = "social_work_need", "immigrant"
_BEGINNING = date(2017, 1, 1)


@dataclass(frozen=True, slots=True)
class Requirement:
    """Whoever receives referrals of `type` in a municipality must have a contact of `kind`, from `first` to `last`."""

    kind: str
    type: str
    first: date = _BEGINNING
    last: date | None = None


REQUIRED = (
    Requirement("officials_line", _SOCIAL_WORK),
    Requirement("adult_social_work", _SOCIAL_WORK),
    Requirement("social_emergency", _SOCIAL_WORK),
    Requirement("child_welfare", _SOCIAL_WORK),
    Requirement("housing", _SOCIAL_WORK),
    Requirement("immigrant_services", _IMMIGRANT),
)


class State(StrEnum):
    """How it stands with a required kind, from good to bad."""

    CURRENT = "current"
    DUE = "due"  # to be confirmed soon
    STALE = "stale"  # not confirmed in time
    MISSING = "missing"


_STATES = {Freshness.FRESH: State.CURRENT, Freshness.DUE: State.DUE, Freshness.STALE: State.STALE}


@dataclass(frozen=True, slots=True)
class Kept:
    """What the rule needs to know of a contact; `municipality` is None when it holds for all of its owner's area."""

    audience: str
    municipality: str | None
    freshness: Freshness


def required_on(day: date) -> list[Requirement]:
    """What is required on `day`."""
    return [row for row in REQUIRED if row.first <= day and (row.last is None or day <= row.last)]


def state_in(municipality: str, kept: Iterable[Kept]) -> State:
    """How a kind stands in `municipality`, given the contacts of that kind that its owner keeps.

    What shows there counts: the municipality's own stand in the place of the area's. The best of them decides,
    since one that answers is enough.
    """
    shown = nearest(
        (one, one.audience, scope(municipality=one.municipality, district=None))
        for one in kept
        if one.municipality in (None, municipality)
    )
    states = [_STATES[one.freshness] for one in shown]
    return min(states, key=list(State).index, default=State.MISSING)
