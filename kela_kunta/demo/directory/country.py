"""The country as the demo's directory needs it: mainland municipalities of today, their areas and a postal code each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from contacts.models import Authority, Municipality, PostalCode
from contacts.queries import register
from kela_kunta.base.fold import fold

SOCIAL, INTEGRATION = "social_work_need", "immigrant"  # one type of each task
_LARGE, _LARGEST = 18_000, 100_000


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality; `social` and `integration` are the authorities that serve it in these tasks."""

    code: str
    name_fi: str
    name_sv: str
    languages: tuple[str, ...]
    people: int
    social: str
    integration: str
    is_city: bool
    postal_code: str

    @property
    def swedish(self) -> bool:
        return "sv" in self.languages

    @property
    def mostly_swedish(self) -> bool:
        return self.languages[0] == "sv"

    @property
    def large(self) -> bool:
        return self.people >= _LARGE

    @property
    def largest(self) -> bool:
        return self.people >= _LARGEST


@dataclass(frozen=True, slots=True)
class Area:
    """A wellbeing services county, or the City of Helsinki, with what it consists of, the largest first."""

    code: str
    name_fi: str
    name_sv: str
    places: tuple[Place, ...]

    @property
    def swedish(self) -> bool:
        return any(place.swedish for place in self.places)

    @property
    def mostly_swedish(self) -> bool:
        """Whether more of its municipalities have a Swedish majority than a Finnish one."""
        return sum(place.mostly_swedish for place in self.places) * 2 > len(self.places)


def areas(on: date) -> list[Area]:
    """All of them, by code."""
    names = {row.code: row for row in Authority.objects.all()}
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for place in _places(on, names):
        found[place.social].append(place)
    return [
        Area(code, names[code].name_fi, names[code].name_sv, tuple(sorted(rows, key=lambda row: -row.people)))
        for code, rows in sorted(found.items())
    ]


def domain(name: str) -> str:
    """Where an authority of that name has its addresses: a domain that can never be (RFC 2606)."""
    return f"{fold(name).replace(' ', '-')}.example"


def _places(on: date, names: dict[str, Authority]) -> Iterator[Place]:
    duties, postal_codes = register(), _postal_codes()
    for row in Municipality.objects.filter(valid__contains=on).order_by("code"):
        social, integration = (duties.responsible(row.code, type, on) for type in (SOCIAL, INTEGRATION))
        if social is None or integration is None:  # Åland
            continue
        yield Place(
            row.code,
            row.name_fi,
            row.name_sv,
            tuple(row.languages.split()),
            row.population_2022 or 0,
            social.authority,
            integration.authority,
            names[f"municipality-{row.code}"].name_fi.endswith("kaupunki"),
            _central(row.name_fi, postal_codes[row.code]),
        )


def _postal_codes() -> defaultdict[str, list[PostalCode]]:
    found: defaultdict[str, list[PostalCode]] = defaultdict(list)
    for row in PostalCode.objects.order_by("code"):
        found[row.municipality_id].append(row)
    return found


def _central(name: str, postal_codes: Iterable[PostalCode]) -> str:
    """The code of the place that the municipality is named after, else its first; those of boxes and companies apart."""
    streets = [row for row in postal_codes if row.code.endswith("0")]
    return next((row for row in streets if fold(row.name_fi) == fold(name)), streets[0]).code
