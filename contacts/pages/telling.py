"""Entries of the directory as its pages tell them: in words, in the language active now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contacts import wording
from contacts.models import Contact, Entry, Pause, ServicePoint
from contacts.models.entries import Audience, Channel, PointKind
from contacts.models.pauses import PauseCause
from contacts.queries.entries import KELA, freshness_of
from contacts.rules.freshness import Freshness
from kela_kunta.base import clock
from kela_kunta.base.languages import LANGUAGES
from kela_kunta.base.phones import phone_text
from referrals.types import TYPES
from referrals.wording import time_text


@dataclass(frozen=True, slots=True)
class Kept:
    """Of every entry: where it holds ("" for all of its owner's area), and how current it is."""

    id: UUID
    kind: str
    owner: str
    place: str
    confirmed_on: date
    stale: bool

    @classmethod
    def of(cls, entry: Entry, now: datetime) -> Kept:
        place = entry.municipality.name if entry.municipality else ""
        stale = freshness_of(entry, clock.helsinki_day(now)) == Freshness.STALE
        return cls(entry.pk, entry.KIND, entry.owner.name, place, entry.confirmed_on, stale)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody: `kind` is phone, email or link, `text` what is shown."""

    kind: str
    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Hours:
    """An ordinary week in words and how it is now, both "" where no hours are told."""

    week: str
    now: str
    is_open: bool

    @classmethod
    def of(cls, hours: str, now: datetime) -> Hours:
        return cls(wording.week_text(hours), wording.hours_now(hours, now), wording.is_open(hours, now))


@dataclass(frozen=True, slots=True)
class ContactTold:
    """A contact, the preferred way first."""

    kept: Kept
    title: str
    person: str
    officials_only: bool
    ways: list[Way]
    hours: Hours
    languages: str
    note: str
    district: str

    @classmethod
    def of(cls, contact: Contact, now: datetime) -> ContactTold:
        return cls(
            kept=Kept.of(contact, now),
            title=contact.title,
            person=contact.person,
            officials_only=contact.audience == Audience.OFFICIALS,
            ways=_ways(contact),
            hours=Hours.of(contact.hours, now),
            languages=_languages(contact.languages),
            note=contact.in_language("note"),
            district=contact.district.name if contact.district else "",
        )

    @property
    def phone(self) -> Way | None:
        return next((way for way in self.ways if way.kind == "phone"), None)


def _ways(contact: Contact) -> list[Way]:
    linked = contact.channel if contact.channel in (Channel.VIDEO, Channel.SECURE_MAIL) else Channel.SECURE_MAIL
    ways = [
        (Channel.PHONE, Way("phone", contact.phone, phone_text(contact.phone) if contact.phone else "")),
        (Channel.EMAIL, Way("email", contact.email, contact.email)),
        (linked, Way("link", contact.link, str(Channel(linked).label))),
    ]
    given = [(channel, way) for channel, way in ways if way.address]
    given.sort(key=lambda one: one[0] != contact.channel)
    return [way for _channel, way in given]


def _languages(codes: list[str]) -> str:
    return ", ".join(str(LANGUAGES.get(code, code)) for code in codes)


@dataclass(frozen=True, slots=True)
class PointTold:
    """A service point; `is_here` in the municipality whose page it is, else it is meant for it too."""

    kept: Kept
    name: str
    kind: str
    of_kela: bool
    is_office: bool
    is_here: bool
    address: str
    ways: list[Way]
    hours: Hours
    languages: str
    hands_over_commitments: bool
    note: str

    @classmethod
    def of(cls, point: ServicePoint, now: datetime, *, here: str, towns: dict[str, str]) -> PointTold:
        """`towns` are the names of postal codes' places."""
        ways = [Way("phone", point.phone, phone_text(point.phone))] if point.phone else []
        ways += [Way("email", point.email, point.email)] if point.email else []
        town = towns.get(point.postal_code, "")
        return cls(
            kept=Kept.of(point, now),
            name=point.name,
            kind=str(PointKind(point.kind).label),
            of_kela=point.owner_id == KELA,
            is_office=point.kind == PointKind.OFFICE,
            is_here=point.municipality_id == here,
            address=f"{point.in_language('street')}, {point.postal_code} {town}".strip(),
            ways=ways,
            hours=Hours.of(point.hours, now),
            languages=_languages(point.languages),
            hands_over_commitments=point.hands_over_commitments,
            note=point.in_language("note"),
        )


@dataclass(frozen=True, slots=True)
class PauseTold:
    """A pause; `type` is a label, "" for all types; `until` (in a sentence) and `ended` are "" until told otherwise."""

    id: UUID
    type: str
    cause: str
    text: str
    since: str
    until: str
    ended: str
    phone: str
    phone_text: str
    inbox_read: bool
    begun: bool
    set_by: str
    ended_by: str

    @classmethod
    def of(cls, pause: Pause, now: datetime) -> PauseTold:
        return cls(
            id=pause.pk,
            type=str(TYPES[pause.type].short_label) if pause.type else "",
            cause=str(PauseCause(pause.cause).label),
            text=pause.text,
            since=time_text(pause.valid.lower),
            until=wording.end_text(pause.valid.upper) if pause.valid.upper else "",
            ended=time_text(pause.valid.upper) if pause.valid.upper else "",
            phone=pause.fallback_phone,
            phone_text=phone_text(pause.fallback_phone) if pause.fallback_phone else "",
            inbox_read=pause.inbox_read,
            begun=pause.valid.lower <= now,
            set_by=pause.set_by,
            ended_by=pause.ended_by,
        )
