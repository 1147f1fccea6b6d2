"""Every night: whose entries wait to be confirmed, and which municipalities lack what they must have."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import Role, User
from contacts.models import DirectoryCheck
from contacts.queries.completeness import Place, Waiting, completeness, counts_of, waiting_by_owner
from contacts.rules.completeness import State
from delivery.actions.posting import Draft, post_letters
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting

CHECKING = Actor.system("directory check")


@dataclass(frozen=True, slots=True)
class Asked:
    """An owner whose entries wait, how many people keep them, and how many of those this look wrote to."""

    owner: str
    waiting: Waiting
    keepers: int
    letters: int


@dataclass(frozen=True, slots=True)
class Found:
    """What one look at the directory found: owners to ask, and the municipalities that lack a required kind."""

    check: DirectoryCheck
    asked: list[Asked]
    incomplete: list[Place]


def check_directory(*, by: Actor = CHECKING) -> Found:
    """Ask the owners of entries that wait to be confirmed, and report what municipalities lack.

    The keepers of an owner get a letter at most once a week, counted by ISO weeks. One transaction.
    """
    began = time.monotonic()
    with acting(by):
        today = clock.today()
        places = [place for area in completeness(today) for place in area.places]
        asked = _ask(waiting_by_owner(today), places, today)
        incomplete = [place for place in places if place.counts.missing]
        check = DirectoryCheck.objects.create(
            at=clock.now(),
            milliseconds=round(1000 * (time.monotonic() - began)),
            due=sum(one.waiting.due for one in asked),
            stale=sum(one.waiting.stale for one in asked),
            missing=counts_of(places).missing,
            incomplete=len(incomplete),
            municipalities=len(places),
            letters=sum(one.letters for one in asked),
        )
        return Found(check, asked, incomplete)


def _ask(waiting: dict[str, Waiting], places: list[Place], today: date) -> list[Asked]:
    keepers, lacking = _keepers(waiting), _lacking(places)
    drafts = {
        owner: [
            _letter(keeper, owner, today, due=found.due, stale=found.stale, missing=lacking[owner])
            for keeper in keepers[owner]
        ]
        for owner, found in waiting.items()
    }
    new = post_letters(draft for letters in drafts.values() for draft in letters)
    return [
        Asked(owner, waiting[owner], len(letters), sum(draft.key in new for draft in letters))
        for owner, letters in drafts.items()
    ]


def _letter(keeper: User, owner: str, today: date, **counts: int) -> Draft:
    year, week, _ = today.isocalendar()
    return Draft("directory_check", f"directory_check:{owner}:{year}-{week:02}:{keeper.pk}", keeper, owner, counts)


def _keepers(owners: Iterable[str]) -> dict[str, list[User]]:
    """Who keeps each owner's entries: its directory keepers, at Kela the editors; where there are none, the leads."""
    people: dict[str, list[User]] = {owner: [] for owner in owners}
    keeping = (Role.DIRECTORY, Role.EDITOR, Role.LEAD)
    for user in User.objects.filter(is_active=True, authority__in=people, role__in=keeping).order_by("id"):
        people[user.authority_id].append(user)
    return {owner: [user for user in found if user.role != Role.LEAD] or found for owner, found in people.items()}


def _lacking(places: list[Place]) -> Counter[str]:
    """How many required kinds each owner lacks somewhere."""
    lacking = {(need.owner.code, need.kind) for place in places for need in place.lacking(State.MISSING) if need.owner}
    return Counter(owner for owner, _kind in lacking)
