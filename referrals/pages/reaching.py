"""How to reach the other side of a referral: whom to call, what was agreed, and how it stands with the receiver.

All in words and plain values, so that two of them are equal when a reader would see the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import Contact, LocalPractice, Pause
from contacts.models.entries import Audience, Channel, Topic
from contacts.models.pauses import PauseCause
from contacts.queries import areas_on
from contacts.queries.entries import KELA, contacts_at, fitting, freshness_of, practices_at
from contacts.rules.freshness import Freshness
from contacts.wording import end_text, hours_now
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from kela_kunta.base.phones import phone_text
from referrals import queries, wording
from referrals.rules import reaching

LINKED = (Channel.VIDEO, Channel.SECURE_MAIL)
TWO_LINES = 100  # characters beside a form


@dataclass(frozen=True, slots=True)
class Call:
    """A contact: `phone` is E.164, `hours` say how it is now; `stale` is the day since which nobody has confirmed it."""

    title: str
    person: str
    phone: str
    phone_text: str
    email: str
    link: str
    link_text: str
    hours: str
    note: str
    stale_since: date | None

    @classmethod
    def of(cls, contact: Contact, now: datetime) -> Call:
        stale = freshness_of(contact, clock.helsinki_day(now)) == Freshness.STALE
        return cls(
            title=contact.title,
            person=contact.person,
            phone=contact.phone,
            phone_text=phone_text(contact.phone) if contact.phone else "",
            email=contact.email,
            link=contact.link,
            link_text=str(Channel(contact.channel).label) if contact.channel in LINKED else _("Link"),
            hours=hours_now(contact.hours, now),
            note=contact.in_language("note"),
            stale_since=contact.confirmed_on if stale else None,
        )


@dataclass(frozen=True, slots=True)
class Agreed:
    """A local practice in force: what stands in its first lines, and what comes after them; `mark` is the text's own."""

    mark: str
    topic: str
    begins: str
    goes_on: str
    since: date | None

    @classmethod
    def of(cls, practice: LocalPractice) -> Agreed:
        topic = str(Topic(practice.topic).label)
        return cls(digest(practice.text), topic, *_in_two(practice.text), practice.valid.lower)


@dataclass(frozen=True, slots=True)
class Paused:
    """A pause in words; `phone` is E.164, "" where the inbox alone is read."""

    cause: str
    text: str
    since: str
    until: str
    phone: str
    phone_text: str
    inbox_read: bool

    @classmethod
    def of(cls, pause: Pause) -> Paused:
        return cls(
            cause=str(PauseCause(pause.cause).label),
            text=pause.text,
            since=wording.time_text(pause.valid.lower),
            until=end_text(pause.valid.upper) if pause.valid.upper else "",
            phone=pause.fallback_phone,
            phone_text=phone_text(pause.fallback_phone) if pause.fallback_phone else "",
            inbox_read=pause.inbox_read,
        )


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a referral as the other one reaches it; `municipality` is the code of its page in the directory."""

    municipality: str
    calls: tuple[Call, ...]
    agreed: tuple[Agreed, ...]

    @property
    def first_call(self) -> Call | None:
        """The first who can be called."""
        return next((call for call in self.calls if call.phone), None)


@dataclass(frozen=True, slots=True)
class Receiver:
    """The side that receives, and how it stands there; words are "" where nothing is known."""

    side: Side
    paused: Paused | None
    waiting: str
    noted: str
    begun: str


def digest(seen: object) -> str:
    """Equal for what a reader would see the same."""
    return sha256(repr(seen).encode()).hexdigest()[:16]


def receiver(authority: str, type: str, *, municipality: str, urgent: bool, by: Actor) -> Receiver:
    """How it stands with the authority in matters of a type, for `by`, who sends. `municipality` may be "" for none."""
    now = clock.now()
    pause = queries.pauses_at({(authority, type)}, now).get((authority, type))
    pace = queries.pace(authority, type, by=by)
    return Receiver(
        side=authoritys_side(authority, type, municipality=municipality, urgent=urgent),
        paused=Paused.of(pause) if pause else None,
        waiting=waiting_text(queries.waiting(authority, type, by=by)),
        noted=usual_text(pace.until_noted) if pace else "",
        begun=usual_text(pace.until_begun) if pace else "",
    )


def authoritys_side(authority: str, type: str, *, municipality: str, urgent: bool) -> Side:
    """The authority as Kela's people reach it. Two statements."""
    contacts = contacts_at(municipality, [authority], None)
    return Side(
        municipality=municipality,
        calls=_calls(contacts, reaching.of_authority(type, urgent=urgent)),
        agreed=_agreed(authority, type, municipality, urgent=urgent),
    )


def kelas_side(authority: str, type: str, *, municipality: str, urgent: bool) -> Side:
    """Kela as the authority's people reach it, and what the authority and Kela agreed. Five statements."""
    district = areas_on(municipality, clock.today()).district if municipality else None
    contacts = contacts_at(municipality, [KELA], district.code if district else None)
    return Side(
        municipality=municipality,
        calls=_calls(contacts, reaching.of_kela()),
        agreed=_agreed(authority, type, municipality, urgent=urgent),
    )


def _calls(contacts: Iterable[Contact], kinds: list[str]) -> tuple[Call, ...]:
    """Those of the wanted kinds in their order, of a kind what is for officials first."""
    now = clock.now()
    wanted = [contact for contact in contacts if contact.kind in kinds]
    wanted.sort(key=lambda contact: (kinds.index(contact.kind), contact.audience != Audience.OFFICIALS))
    return tuple(Call.of(contact, now) for contact in wanted)


def _agreed(authority: str, type: str, municipality: str, *, urgent: bool) -> tuple[Agreed, ...]:
    practices = practices_at(municipality, [authority], clock.today())
    return tuple(Agreed.of(practice) for practice in fitting(practices, type=type, urgent=urgent))


def waiting_text(waiting: queries.Waiting) -> str:
    """How much nobody has taken note of, and since when."""
    if waiting.since is None:
        return _("nothing unacknowledged")
    return ngettext(
        "%(count)s unacknowledged, since %(day)s",
        "%(count)s unacknowledged, the oldest since %(day)s",
        waiting.count,
    ) % {"count": waiting.count, "day": _short_day(waiting.since)}


def _short_day(moment: datetime) -> str:
    """Such as "23.11.", with the year where it is not this one."""
    day, today = clock.helsinki_day(moment), clock.today()
    return f"{day.day}.{day.month}." + (f"{day.year}" if day.year != today.year else "")


def usual_text(days: int | None) -> str:
    """How long it usually takes, in working days; "" for not known."""
    if days is None:
        return ""
    if days == 0:
        return _("usually on the same working day")
    return ngettext("usually in %(days)s working day", "usually in %(days)s working days", days) % {"days": days}


def _in_two(text: str) -> tuple[str, str]:
    """The first lines of a text, up to a word's end, and the rest; one that is little longer stays whole."""
    if len(text) <= TWO_LINES * 1.3:
        return text, ""
    end = text.rfind(" ", TWO_LINES // 2, TWO_LINES)
    end = TWO_LINES if end < 0 else end
    return text[:end].rstrip(), text[end:].strip()
