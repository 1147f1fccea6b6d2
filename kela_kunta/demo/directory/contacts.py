"""Whom to reach, in the demo: most of a county for all of it, some in a municipality by its own team."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from contacts.models import Contact
from contacts.models.entries import Audience, Channel, ContactKind
from contacts.queries.entries import KELA
from contacts.rules.hours import read_hours
from kela_kunta.base.fold import fold
from kela_kunta.demo import names
from kela_kunta.demo.accounts import PIRKANMAA
from kela_kunta.demo.chance import Chance
from kela_kunta.demo.directory import texts
from kela_kunta.demo.directory.country import Area, Place, domain
from kela_kunta.demo.directory.lives import DUE_SOON, LATE, Step, Written, kept
from kela_kunta.demo.directory.numbers import Numbers
from kela_kunta.demo.directory.texts import Both

WITHOUT_HOUSING = "291"  # Kuhmoinen: to be filled in by directory.pirkanmaa
OFFICE = ("ma-pe 8-15.30", "ma-pe 9-15", "ma-pe 9-14", "ma-to 9-15; pe 9-13")
MORNINGS = ("ma-pe 9-11", "ma-pe 9-12", "ma-to 9-11", "ma, ke, pe 9-11")
ONCE_A_WEEK = ("ti 9-11", "to 12-14", "ke 9-10.30", "ma 12-13")
ALWAYS = ("24/7",)
_SAMI = {"890": ("se",), "148": ("se", "smn", "sms"), "047": ("se",), "758": ("se",)}
_MAILBOXES = {
    ContactKind.OFFICIALS_LINE: "viranomaiset",
    ContactKind.ADULT_SOCIAL_WORK: "aikuissosiaalityo",
    ContactKind.SOCIAL_EMERGENCY: "sosiaalipaivystys",
    ContactKind.CHILD_WELFARE: "lastensuojelu",
    ContactKind.HOUSING: "asuminen",
    ContactKind.IMMIGRANT_SERVICES: "kotoutuminen",
    ContactKind.YOUTH_SERVICES: "nuoret",
    ContactKind.CUSTOMER_SERVICE: "neuvonta",
}
_OF_IMMIGRANTS = ("en", "ar", "ru", "uk", "so", "fa", "ckb")


def contacts(country: Sequence[Area], numbers: Numbers) -> Iterator[Written]:
    """All of them, Kela's first."""
    teller = _Teller(numbers)
    yield from teller.of_kela()
    for area in country:
        yield from teller.of_area(area)
        for place in area.places:
            yield from teller.of_team(area, place)
            if place.integration != area.code:
                yield from teller.of_municipality(place)


@dataclass(frozen=True, slots=True)
class _Whose:
    """Of whom a contact is and for where: a county for all of its area or in one municipality, or a municipality."""

    owner: str
    name: str
    swedish: bool
    languages: tuple[str, ...]
    municipality: str | None = None


class _Teller:
    """Tells contacts, with a new number each."""

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers

    def of_kela(self) -> Iterator[Written]:
        chance = Chance("contacts of kela")
        everyone = ("fi", "sv", "en")
        yield self._contact(
            KELA, ContactKind.CUSTOMER_SERVICE, chance, texts.KELA_CUSTOMERS, ("ma-pe 9-16",), languages=everyone,
            note=texts.KELA_CUSTOMERS_NOTE,
        )  # fmt: skip
        yield self._contact(
            KELA, ContactKind.OFFICIALS_LINE, chance, texts.KELA_OFFICIALS, ("ma-pe 9-15",), languages=everyone,
            note=texts.KELA_OFFICIALS_NOTE, audience=Audience.OFFICIALS,
        )  # fmt: skip
        for district, title in texts.KELA_AREAS.items():
            yield self._contact(
                KELA, ContactKind.OFFICIALS_LINE, chance, title, ("ma-pe 9-14",), languages=("fi", "sv"),
                note=texts.KELA_AREA_NOTE, audience=Audience.OFFICIALS, person=_person(chance, swedish=False),
                district_id=district,
            )  # fmt: skip

    def of_area(self, area: Area) -> Iterator[Written]:
        """What holds in all of a county. Pirkanmaa has housing in its municipalities instead."""
        chance = Chance(f"contacts of {area.code}")
        told = _Whose(area.code, area.name_fi, area.swedish, _languages(area))
        officials = {"audience": Audience.OFFICIALS}
        kind = ContactKind
        pick = chance.choice
        yield self._of(told, kind.OFFICIALS_LINE, chance, pick(texts.OFFICIALS_TITLES), OFFICE, **officials,
                       note=pick(texts.OFFICIALS_NOTES))  # fmt: skip
        yield self._of(told, kind.ADULT_SOCIAL_WORK, chance, pick(texts.ADULT_TITLES), MORNINGS,
                       note=pick(texts.ADULT_NOTES))  # fmt: skip
        yield self._of(told, kind.ADULT_SOCIAL_WORK, chance, pick(texts.LEADING), OFFICE, **officials,
                       person=_person(chance, swedish=area.mostly_swedish), channel=Channel.VIDEO)  # fmt: skip
        yield self._of(told, kind.SOCIAL_EMERGENCY, chance, texts.EMERGENCY_TITLE, ALWAYS,
                       note=pick(texts.EMERGENCY_NOTES))  # fmt: skip
        if chance.random() < 0.5:
            yield self._of(told, kind.SOCIAL_EMERGENCY, chance, texts.EMERGENCY_OFFICIALS, ALWAYS, **officials)
        yield self._of(told, kind.CHILD_WELFARE, chance, pick(texts.CHILD_TITLES), OFFICE,
                       note=pick(texts.CHILD_NOTES))  # fmt: skip
        if area.code != PIRKANMAA:
            yield self._of(told, kind.HOUSING, chance, pick(texts.HOUSING_TITLES), MORNINGS,
                           note=pick(texts.HOUSING_NOTES))  # fmt: skip
        steps = kept(PIRKANMAA, chance, age=LATE) if area.code == PIRKANMAA else ()
        yield self._of(told, kind.YOUTH_SERVICES, chance, pick(texts.YOUTH_TITLES), OFFICE,
                       note=pick(texts.YOUTH_NOTES), steps=steps)  # fmt: skip
        yield self._of(told, kind.CUSTOMER_SERVICE, chance, pick(texts.CUSTOMER_TITLES), MORNINGS)
        if area.places[0].integration == area.code:  # Helsinki carries both tasks
            languages = (*_languages(area), *_OF_IMMIGRANTS[1:])
            yield self._of(replace(told, languages=languages), kind.IMMIGRANT_SERVICES, chance, texts.INTEGRATION_TITLES[0],
                           OFFICE, note=texts.INTEGRATION_NOTES[0])  # fmt: skip

    def of_team(self, area: Area, place: Place) -> Iterator[Written]:
        """What a county does otherwise in one municipality."""
        chance = Chance(f"contacts of {area.code} in {place.code}")
        if len(area.places) == 1:
            return
        told = _Whose(area.code, area.name_fi, place.swedish, _spoken(place), place.code)
        if chance.random() < (0.75 if place.large else 0.35):
            title = _of_place(texts.ADULT_TITLES[0], place)
            once = not place.large and chance.random() < 0.5
            yield self._of(told, ContactKind.ADULT_SOCIAL_WORK, chance, title, ONCE_A_WEEK if once else MORNINGS,
                           note=texts.LOCAL_ADULT_NOTES[0] if once else chance.choice(texts.LOCAL_ADULT_NOTES[1:]),
                           person="" if place.large else _person(chance, swedish=place.mostly_swedish))  # fmt: skip
        if place.large and chance.random() < 0.4:
            yield self._of(told, ContactKind.CHILD_WELFARE, chance, _of_place(texts.CHILD_TITLES[0], place), OFFICE)
        if place.code != WITHOUT_HOUSING if area.code == PIRKANMAA else chance.random() < 0.12:
            yield self._of(told, ContactKind.HOUSING, chance, _of_place(texts.HOUSING_TITLES[1], place),
                           MORNINGS if place.large else ONCE_A_WEEK, note=chance.choice(texts.HOUSING_NOTES),
                           steps=_steps_in(place, chance))  # fmt: skip
        if chance.random() < 0.12:
            yield self._of(told, ContactKind.YOUTH_SERVICES, chance, _of_place(texts.YOUTH_TITLES[0], place), OFFICE,
                           person=_person(chance, swedish=place.mostly_swedish))  # fmt: skip

    def of_municipality(self, place: Place) -> Iterator[Written]:
        """What a municipality itself does: integration since 2025, young people, its own flats."""
        chance = Chance(f"contacts of {place.integration}")
        told = _Whose(place.integration, place.name_fi, place.swedish, _spoken(place))
        small = not place.large
        person = _person(chance, swedish=place.mostly_swedish) if small else ""
        title = texts.COORDINATOR if small and chance.random() < 0.6 else chance.choice(texts.INTEGRATION_TITLES)
        extra = _OF_IMMIGRANTS[: 1 if small else 5]
        immigrants = replace(told, languages=tuple(dict.fromkeys((*_spoken(place), *extra))))
        yield self._of(immigrants, ContactKind.IMMIGRANT_SERVICES, chance, title, ONCE_A_WEEK if small else OFFICE,
                       note=chance.choice(texts.INTEGRATION_NOTES), person=person)  # fmt: skip
        if place.large:
            yield self._of(told, ContactKind.OFFICIALS_LINE, chance, texts.INTEGRATION_OFFICIALS, OFFICE,
                           audience=Audience.OFFICIALS, channel=Channel.SECURE_MAIL)  # fmt: skip
        if chance.random() < 0.45:
            yield self._of(told, ContactKind.YOUTH_SERVICES, chance, texts.OUTREACH, OFFICE,
                           person=_person(chance, swedish=place.mostly_swedish))  # fmt: skip
        if place.social != PIRKANMAA and chance.random() < 0.25:
            yield self._of(told, ContactKind.HOUSING, chance, texts.RENTED, MORNINGS)

    def _of(
        self, told: _Whose, kind: ContactKind, chance: Chance, title: Both, hours: Sequence[str], **rest: Any
    ) -> Written:
        return self._contact(
            told.owner, kind, chance, title if told.swedish else (title[0], ""), hours, swedish=told.swedish,
            languages=told.languages, at=domain(told.name), municipality_id=told.municipality, **rest,
        )  # fmt: skip

    def _contact(
        self,
        owner: str,
        kind: ContactKind,
        chance: Chance,
        title: Both,
        hours: Sequence[str],
        *,
        languages: Sequence[str],
        note: Both = ("", ""),
        swedish: bool = True,
        at: str = "kela.example",
        person: str = "",
        channel: str = Channel.PHONE,
        steps: tuple[Step, ...] = (),
        **columns: Any,
    ) -> Written:
        values = {
            "kind": kind,
            "title_fi": title[0],
            "title_sv": title[1],
            "person": person,
            "channel": channel,
            "phone": self._numbers.next(),
            "email": _email(person, kind, chance, at),
            "link": _link(kind, channel, at),
            "hours": _read(chance.choice(hours)),
            "languages": list(languages),
            "note_fi": note[0],
            "note_sv": note[1] if swedish else "",
            **columns,
        }
        return Written(Contact, owner, values, steps or kept(owner, chance))


def _steps_in(place: Place, chance: Chance) -> tuple[Step, ...]:
    """In Pirkanmaa's municipalities one is stale and three are due soon."""
    if place.social != PIRKANMAA:
        return ()
    return kept(
        PIRKANMAA, chance, age={"562": LATE, "936": DUE_SOON, "702": DUE_SOON, "581": DUE_SOON}.get(place.code, 60)
    )


def _of_place(title: Both, place: Place) -> Both:
    return f"{title[0]}, {place.name_fi}", f"{title[1]}, {place.name_sv}"


def _languages(area: Area) -> tuple[str, ...]:
    own = ("sv", "fi") if area.mostly_swedish else ("fi", "sv") if area.swedish else ("fi",)
    return (*own, "en")


def _spoken(place: Place) -> tuple[str, ...]:
    return (*place.languages, *_SAMI.get(place.code, ()), *(("en",) if place.large else ()))


def _person(chance: Chance, *, swedish: bool) -> str:
    women, men = (names.SWEDISH_WOMEN, names.SWEDISH_MEN) if swedish else (names.FINNISH_WOMEN, names.FINNISH_MEN)
    given: Sequence[str] = women if chance.random() < 0.8 else men
    return f"{chance.choice(given)} {chance.choice(names.SWEDISH_FAMILIES if swedish else names.FINNISH_FAMILIES)}"


def _email(person: str, kind: ContactKind, chance: Chance, at: str) -> str:
    if person:
        return f"{fold(person).replace(' ', '.')}@{at}"
    return f"{_MAILBOXES[kind]}@{at}" if chance.random() < 0.6 else ""


def _link(kind: ContactKind, channel: str, at: str) -> str:
    if channel == Channel.VIDEO:
        return f"https://video.{at}/{_MAILBOXES[kind]}"
    return f"https://turvaviesti.{at}/" if channel == Channel.SECURE_MAIL or kind == ContactKind.OFFICIALS_LINE else ""


@cache
def _read(hours: str) -> str:
    return read_hours(hours)
