"""A year replayed: its people, its referrals and all that became of them, in two processes."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import QuerySet

from accounts.models import User
from kela_kunta.base.actor import acting
from kela_kunta.demo.loading import REPLAYER, load
from kela_kunta.demo.months import found_alerts, link_alerts, tell_months
from kela_kunta.demo.plan import Planned
from kela_kunta.demo.processes import Told, side_by_side
from kela_kunta.demo.stories import Story, Teller, key_prefix
from kela_kunta.demo.world import World
from referrals.models import Referral
from referrals.types import TYPES


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

    Each process writes the feeds of its own authorities in one transaction, the alerts last, for
    the first process finds them beforehand; a replay that was cut off is completed by the next
    one, and two at once take turns.

    Raises:
        HalfThere: a process's share is there in part.
        Failed: a process ended before its work was done.
    """
    began = time.monotonic()
    there = _there(whole.year)
    missing = [share for share in whole.shares(processes) if _is_missing(share, there)]
    events = 0
    if missing:
        _hire(whole)
        teller, months_told = whole.teller(), get_context("fork").Event()

        def write(place: int, told: Told) -> int:
            if place == 0:
                tell_months(whole.plan, whole.year)
                months_told.set()
            return _write(missing[place], teller, months_told.wait, told)

        events = write(0, progress) if processes == 1 else side_by_side(write, len(missing), progress)
        link_alerts()
    with acting(REPLAYER):
        return Replayed(whole.year, _of_year(whole.year).count(), events, time.monotonic() - began)


def _of_year(year: int) -> QuerySet[Referral]:
    return Referral.objects.filter(key__startswith=key_prefix(year))


def _there(year: int) -> set[int]:
    """The numbers of the year's referrals that are in the tables."""
    with acting(REPLAYER):
        keys = _of_year(year).values_list("key", flat=True)
        return {int(key.removeprefix(key_prefix(year))) for key in keys}


def _is_missing(share: Sequence[Planned], there: Container[int]) -> bool:
    """Whether nothing of `share` is there. Of alerts only those are that have been found, so the others tell.

    Raises:
        HalfThere: some of it is there and some is not.
    """
    telling = _without_alerts(share) or share
    found = sum(one.number in there for one in telling)
    if 0 < found < len(telling):
        raise HalfThere
    return not found


def _without_alerts(share: Sequence[Planned]) -> list[Planned]:
    return [one for one in share if not TYPES[one.type].is_alert]


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


def _write(share: Sequence[Planned], teller: Teller, months_told: Callable[[], object], progress: Told) -> int:
    """Write a share in one transaction, unless somebody else has done so meanwhile; how many events it was."""
    with acting(REPLAYER):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('demo.replay'), %s)", [share[0].number])
        if not _is_missing(share, _there(teller.year)):
            return 0
        return load(_stories(share, teller, months_told), teller.rules.deadlines, progress=progress)


def _stories(share: Sequence[Planned], teller: Teller, months_told: Callable[[], object]) -> Iterator[Story]:
    """All of a share: first what needs no finding; then, when `months_told` has returned, the alerts that were found."""
    yield from map(teller.story, _without_alerts(share))
    months_told()
    found = found_alerts(share, teller.year)
    for one in share:
        if details := found.get(one.number):
            yield teller.story(replace(one, found=details))
