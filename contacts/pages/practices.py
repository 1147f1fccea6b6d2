"""Local practices as pages tell them: what is in force on a day, and what stood or is to stand in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from contacts.models import LocalPractice
from contacts.models.entries import Topic
from contacts.pages.telling import Kept
from contacts.queries import days
from contacts.queries.entries import by_topic
from referrals.types import TYPES

Same = tuple[str, str, str | None]  # owner, topic and municipality


@dataclass(frozen=True, slots=True)
class Version:
    """A practice that is not in force on the day of the page; days are those of its validity, both included.

    One that both sides have agreed is read back as of `shown_on`; `waits_for` names who has not agreed to another.
    """

    id: UUID
    topic: str
    place: str
    first: date | None
    last: date | None
    shown_on: date | None
    waits_for: list[str]

    @classmethod
    def of(cls, practice: LocalPractice, on: date) -> Version:
        first, last = days(practice.valid)
        return cls(
            id=practice.pk,
            topic=str(Topic(practice.topic).label),
            place=practice.municipality.name if practice.municipality else "",
            first=first,
            last=last,
            shown_on=(last if last and last < on else first) if practice.agreed else None,
            waits_for=_waits_for(practice),
        )


def _waits_for(practice: LocalPractice) -> list[str]:
    sides = {practice.owner.name: practice.owner_agreed_on, "Kela": practice.kela_agreed_on}
    return [name for name, agreed_on in sides.items() if agreed_on is None]


@dataclass(frozen=True, slots=True)
class PracticeTold:
    """A local practice in force; `types` are labels, none for all; days are those of its validity, both included."""

    kept: Kept
    topic: str
    text: str
    types: list[str]
    urgent_only: bool
    first: date | None
    last: date | None
    agreed_on: date | None
    owner_agreed_by: str
    kela_agreed_by: str
    versions: list[Version] = field(default_factory=list)

    @classmethod
    def of(cls, practice: LocalPractice, now: datetime) -> PracticeTold:
        first, last = days(practice.valid)
        agreed = [day for day in (practice.owner_agreed_on, practice.kela_agreed_on) if day]
        return cls(
            kept=Kept.of(practice, now),
            topic=str(Topic(practice.topic).label),
            text=practice.text,
            types=[str(TYPES[type].short_label) for type in practice.types],
            urgent_only=practice.urgent_only,
            first=first,
            last=last,
            agreed_on=max(agreed, default=None),
            owner_agreed_by=practice.owner_agreed_by,
            kela_agreed_by=practice.kela_agreed_by,
        )


def told(
    in_force: Iterable[LocalPractice], versions: Sequence[LocalPractice], *, on: date, now: datetime
) -> tuple[list[PracticeTold], list[Version]]:
    """What is in force on day `on` with its other versions, and those of which nothing is in force, both by topic."""
    others: defaultdict[Same, list[Version]] = defaultdict(list)
    for row in sorted(versions, key=by_topic):
        if not _over(row, on) and not (row.agreed and on in row.valid):
            others[_same(row)].append(Version.of(row, on))
    practices = []
    for row in in_force:
        practice = PracticeTold.of(row, now)
        practice.versions.extend(others.pop(_same(row), []))
        practices.append(practice)
    return practices, [version for rest in others.values() for version in rest]


def _same(practice: LocalPractice) -> Same:
    return practice.owner_id, practice.topic, practice.municipality_id


def _over(practice: LocalPractice, on: date) -> bool:
    """Whether it was proposed for days that have passed."""
    last = days(practice.valid)[1]
    return not practice.agreed and last is not None and last < on
