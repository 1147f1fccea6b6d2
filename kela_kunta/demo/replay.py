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
from kela_kunta.demo.months import find_alerts, link_alerts
from kela_kunta.demo.plan import Planned
from kela_kunta.demo.processes import Told, side_by_side
from kela_kunta.demo.stories import Teller, key_prefix
from kela_kunta.demo.world import World
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


def replay(whole: World, *, processes: int = 2, progress: Told = lambda count: None) -> Replayed:
    """Write all referrals of a year, unless they are there.

    Each process writes the feeds of its own authorities in one transaction; a replay that was
    cut off is completed by the next one, and two at once take turns.

    Raises:
        HalfThere: a process's share is there in part.
        Failed: a process ended before its work was done.
    """
    began = time.monotonic()
    whole = whole.with_found(find_alerts(whole.plan, whole.year))
    missing, teller = _missing(whole, processes), whole.teller()

    def write(place: int, told: Told) -> int:
        return _write(missing[place], teller, told)

    events = 0
    if missing:
        _hire(whole)
        events = write(0, progress) if processes == 1 else side_by_side(write, len(missing), progress)
        link_alerts()
    return Replayed(whole.year, len(whole.plan), events, time.monotonic() - began)


def _missing(whole: World, count: int) -> list[list[Planned]]:
    """Those of `count` shares that are still to be written."""
    prefix = key_prefix(whole.year)
    with acting(REPLAYER):
        keys = Referral.objects.filter(key__startswith=prefix).values_list("key", flat=True)
        there = {int(key.removeprefix(prefix)) for key in keys}
    missing = []
    for share in whole.shares(count):
        found = sum(one.number in there for one in share)
        if 0 < found < len(share):
            raise HalfThere
        if not found:
            missing.append(share)
    return missing


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


def _write(share: Sequence[Planned], teller: Teller, progress: Told) -> int:
    """Write a share in one transaction, unless somebody else has done so meanwhile; how many events it was."""
    first = share[0].number
    with acting(REPLAYER):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('demo.replay'), %s)", [first])
        if Referral.objects.filter(key=f"{key_prefix(teller.year)}{first:06}").exists():
            return 0
        return load(share, teller, progress=progress)
