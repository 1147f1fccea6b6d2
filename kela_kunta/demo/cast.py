"""Who acts in the replay: invented people of Kela and of each authority, known by stable identifiers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

from kela_kunta.base.actor import Actor
from kela_kunta.demo import names
from kela_kunta.demo.chance import Chance

ETOTU = Actor("kela_system", "client:etotu", "eTotu", "kela")
_HANDLERS, _SUPERVISORS = 160, 6
_REFERRALS_A_WORKER, _MOST_WORKERS = 700, 16  # in a year
_HIRED = datetime(2016, 12, 1, tzinfo=UTC)


def uuid7(at: datetime, random: Chance) -> UUID:
    """An identifier as PostgreSQL's `uuidv7()` makes them, of the moment `at`, the rest from `random` (RFC 9562, 5.7)."""
    milliseconds = int(at.timestamp() * 1000)
    rest = random.getrandbits(74)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | rest >> 62 << 64 | 0b10 << 62 | rest & (1 << 62) - 1)


@cache
def handlers() -> tuple[Actor, ...]:
    """Kela's benefit handlers of the year."""
    return tuple(_employee("handler", "kela", place) for place in range(_HANDLERS))


@cache
def supervisors() -> tuple[Actor, ...]:
    return tuple(_employee("supervisor", "kela", place) for place in range(_SUPERVISORS))


def workers(loads: Mapping[str, int]) -> dict[str, tuple[Actor, ...]]:
    """The social workers of each authority, more of them where more referrals come in a year."""
    return {
        authority: tuple(
            _employee("worker", authority, place)
            for place in range(min(1 + load // _REFERRALS_A_WORKER, _MOST_WORKERS))
        )
        for authority, load in loads.items()
    }


def _employee(role: str, authority: str, place: int) -> Actor:
    random = Chance(f"{role} {place} of {authority}")
    given = random.choice(names.FINNISH_WOMEN if random.random() < 0.8 else names.FINNISH_MEN)
    return Actor(role, str(uuid7(_HIRED, random)), f"{given} {random.choice(names.FINNISH_FAMILIES)}", authority)
