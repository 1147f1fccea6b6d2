"""A year replayed: its people, its referrals and all that became of them, in two processes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection

from accounts.models import User
from kela_kunta.base.actor import acting
from kela_kunta.demo.loading import REPLAYER, load
from kela_kunta.demo.plan import Planned
from kela_kunta.demo.processes import Told, side_by_side
from kela_kunta.demo.stories import Teller, key_prefix
from kela_kunta.demo.world import World, world
from referrals.models import Referral


class HalfThere(Exception):
    """Some of the year's referrals are there and some are not, those of a sample perhaps."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay wrote; no `events` when the whole year was there already."""

    year: int
    referrals: int
    events: int
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"seconds": round(self.seconds, 3)}


def replay(
    year: int, *, sample: int | None = None, processes: int = 2, progress: Told = lambda count: None
) -> Replayed:
    """Write all referrals of `year`, or a `sample` of so many, unless they are there.

    Each process writes the feeds of its own authorities in one transaction; a replay that was
    cut off is completed by the next one, and two at once take turns.

    Raises:
        UnknownYear: how many there were is not known.
        HalfThere: a process's share is there in part.
    """
    began = time.monotonic()
    whole = world(year, sample=sample)
    _hire(whole)
    shares, teller = whole.shares(processes), whole.teller()

    def write(place: int, told: Told) -> int:
        return _write(shares[place], teller, told, place=place)

    events = write(0, progress) if processes == 1 else side_by_side(write, processes, progress)
    return Replayed(year, len(whole.plan), events, time.monotonic() - began)


def _hire(whole: World) -> None:
    """Make the workers who have not been made yet; they cannot log in."""
    password = make_password(None)
    User.objects.bulk_create(
        [
            User(
                id=worker.id,
                username=f"{whole.year}.{authority}.{place}",
                name=worker.name,
                role=worker.role,
                authority_id=authority,
                password=password,
                is_active=False,
            )
            for authority, workers in whole.workers.items()
            for place, worker in enumerate(workers, 1)
        ],
        ignore_conflicts=True,
    )


def _write(share: Sequence[Planned], teller: Teller, progress: Told, *, place: int) -> int:
    """Write a share in one transaction, unless it is there; how many events it was."""
    with acting(REPLAYER):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('demo.replay'), %s)", [place])
        there = _there(teller.year)
        found = sum(one.number in there for one in share)
        if found == len(share):
            return 0
        if found:
            raise HalfThere
        return load(share, teller, progress=progress)


def _there(year: int) -> set[int]:
    """The numbers of the year's referrals that are in the tables."""
    prefix = key_prefix(year)
    keys = Referral.objects.filter(key__startswith=prefix).values_list("key", flat=True)
    return {int(key.removeprefix(prefix)) for key in keys}
