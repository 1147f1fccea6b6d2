"""What the living demo shows: how many referrals of which kind, where, how old and how far.

Pure, and the same every day but for the dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kela_kunta.demo.accounts import HELSINKI, LAPLAND, PIRKANMAA, TAMPERE
from kela_kunta.demo.chance import Chance
from referrals.rules.lifecycle import Status

# fmt: off
_COUNTS = {
    PIRKANMAA: 140, HELSINKI: 85, LAPLAND: 65, TAMPERE: 26,
    "municipality-853": 14, "county-02": 14, "county-03": 14, "county-06": 14, "county-17": 14, "county-11": 10,
    "county-07": 10, "county-13": 10,
}
_COUNTY_TYPES = (
    *["supplementary_application"] * 10, *["social_work_need"] * 4, *["under_25"] * 2, "over_25", "over_25",
    "lowered_basic_amount", "lowered_basic_amount",
)
_SENDERS = {
    "supplementary_application": ("handler", "handler", "handler2", "etotu"),
    "social_work_need": ("handler", "handler", "handler2"),
    "lowered_basic_amount": ("etotu", "etotu", "etotu", "handler"),
}
_STATUSES = (
    *[Status.DELIVERED] * 8, *[Status.ACKNOWLEDGED] * 5, *[Status.IN_PROGRESS] * 6, *[Status.CLOSED] * 4,
    Status.RETURNED, Status.WITHDRAWN,
)
# fmt: on
AUTHORITIES = tuple(_COUNTS)
_URGENT = {"supplementary_application": 0.12, "social_work_need": 0.25}
_OVERDUE = 0.14  # of what is held
_WORKING_DAYS = {"under_25": 22, "over_25": 22, "immigrant": 22}  # until the deadline; 7 for the others


@dataclass(frozen=True, slots=True)
class Scene:
    """One referral: sent `age` working days ago, now in `status` at `authority` or, where it is None, not routable.

    Scenes with the same `person` are about one client.
    `home` is a municipality's code to take instead of one that the authority serves, "" for none at all.
    """

    type: str
    authority: str | None
    sender: str
    status: Status
    age: int
    urgent: bool = False
    protected: bool = False
    transferred: bool = False
    decision_later: bool = False
    held_back: bool = False
    home: str | None = None
    person: int | None = None


def scenes() -> list[Scene]:
    """All of them, the particular ones first."""
    chance = Chance("today")
    many = (_scene(authority, chance) for authority, count in _COUNTS.items() for _ in range(count))
    return [*_particular(), *many]


def _particular() -> Iterator[Scene]:
    yield Scene("social_work_need", PIRKANMAA, "handler", Status.DELIVERED, 1, protected=True, home="837")
    yield Scene("supplementary_application", None, "handler", Status.UNROUTABLE, 1, home="478")
    yield Scene("under_25", None, "etotu", Status.UNROUTABLE, 2, home="")
    yield Scene("supplementary_application", None, "handler2", Status.UNROUTABLE, 0, home="")
    for person, (authority, home) in enumerate({PIRKANMAA: "837", HELSINKI: "091", LAPLAND: "698"}.items()):
        yield Scene("supplementary_application", authority, "handler", Status.ACKNOWLEDGED, 4, home=home, person=person)
        yield Scene("social_work_need", authority, "handler2", Status.DELIVERED, 1, home=home, person=person)
        yield Scene("supplementary_application", authority, "etotu", Status.SENT, 0, held_back=True)
        yield Scene("social_work_need", authority, "handler", Status.DELIVERED, 0, urgent=True)
        yield Scene("supplementary_application", authority, "handler", Status.RETURNED, 3)
        yield Scene("supplementary_application", authority, "handler", Status.IN_PROGRESS, 4, decision_later=True)
        yield Scene("supplementary_application", authority, "handler", Status.DELIVERED, 2, decision_later=True)
        yield Scene("supplementary_application", authority, "handler2", Status.DELIVERED, 3, transferred=True)


def _scene(authority: str, chance: Chance) -> Scene:
    type = chance.choice(_types(authority))
    urgent = chance.random() < _URGENT.get(type, 0)
    status = chance.choice(_STATUSES)
    return Scene(
        type,
        authority,
        chance.choice(_SENDERS.get(type, ("etotu",))),
        status,
        _age(type, status, chance, urgent=urgent),
        urgent=urgent,
        decision_later=type == "supplementary_application" and status != Status.WITHDRAWN and chance.random() < 0.1,
    )


def _types(authority: str) -> tuple[str, ...]:
    """Immigrants' notices go to municipalities; the City of Helsinki is a county and a municipality at once."""
    if authority.startswith("municipality-"):
        return ("immigrant",)
    return (*_COUNTY_TYPES, "immigrant", "immigrant") if authority == HELSINKI else _COUNTY_TYPES


def _age(type: str, status: Status, chance: Chance, *, urgent: bool) -> int:
    """How many working days ago it was sent."""
    limit = 1 if urgent else _WORKING_DAYS.get(type, 7)
    if status in (Status.CLOSED, Status.WITHDRAWN):
        return chance.randint(3, 30)
    if status == Status.RETURNED:
        return chance.randint(1, 8)
    if chance.random() < _OVERDUE:
        return limit + chance.randint(1, 6)
    if status == Status.DELIVERED:
        return chance.randint(0, min(limit, 3))
    return chance.randint(min(1, limit), limit)
