"""Service points of the demo: Kela's offices in larger towns, shared ones elsewhere, halls, and places without any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from contacts.models import ServicePoint
from contacts.models.entries import PointKind
from contacts.queries.entries import KELA
from contacts.rules.hours import read_hours
from kela_kunta.demo.chance import Chance
from kela_kunta.demo.directory import texts
from kela_kunta.demo.directory.country import Area, Place, domain
from kela_kunta.demo.directory.lives import Written, kept
from kela_kunta.demo.directory.numbers import Numbers
from kela_kunta.demo.directory.texts import Both

# Municipalities without a place of their own, and the neighbour whose place is meant for them too.
NEIGHBOUR = {
    "435": "172", "265": "931", "312": "226", "216": "729", "850": "179", "495": "249",  # Luhanka … Multia
    "304": "895", "561": "430", "480": "423", "616": "018", "504": "638", "181": "214",  # Kustavi … Jämijärvi
    "747": "214", "218": "232", "151": "232", "074": "236", "421": "849", "483": "563",  # Siikainen … Merijärvi
    "630": "791", "436": "425", "072": "564", "009": "977", "697": "578", "583": "320",  # Pyhäntä … Pelkosenniemi
    "742": "732", "844": "297", "921": "686", "687": "541", "046": "740", "416": "405",  # Savukoski … Lemi
    "231": "545", "280": "545", "177": "562", "250": "581", "291": "182", "981": "061",  # Kaskinen … Ypäjä
    "103": "061", "407": "434", "489": "075", "707": "260", "081": "111",  # Humppila … Hartola
}  # fmt: skip
_SHARED_FROM, _HALL_FROM = 2_300, 5_000
_LARGE_HOURS, _OFFICE_HOURS = ("ma-pe 9-16",), ("ma-pe 9-15", "ma-pe 10-15", "ma-to 10-15")
_SHARED_HOURS = ("ma-pe 9-15", "ma-to 9-15; pe 9-13", "ma, ke, to 9-15", "ti, to 9-14")
_HALL_HOURS = ("ma-pe 9-14", "ma-pe 8-15", "ma-to 9-15")
_VISITS = ("ti 10-13", "ke 9-12", "to 10-14")


def points(country: Sequence[Area], numbers: Numbers) -> Iterator[Written]:
    """All of them; of every municipality at least one hands over payment commitments, there or in its neighbour."""
    served: defaultdict[str, list[str]] = defaultdict(list)
    for small, neighbour in NEIGHBOUR.items():
        served[neighbour].append(small)
    for area in country:
        for rank, place in enumerate(area.places):
            if place.code not in NEIGHBOUR:
                yield from _Teller(area, place, numbers).told(served[place.code], is_first=rank == 0)


class _Teller:
    """Tells the service points of one municipality."""

    def __init__(self, area: Area, place: Place, numbers: Numbers) -> None:
        self._area, self._place, self._numbers = area, place, numbers
        self._chance = Chance(f"points of {place.code}")
        self._houses = self._chance.randint(1, 20)

    def told(self, serves: list[str], *, is_first: bool) -> Iterator[Written]:
        place, chance = self._place, self._chance
        has_office = place.large or is_first
        if has_office:
            hours = _LARGE_HOURS if place.largest else _OFFICE_HOURS
            yield self._point(KELA, PointKind.OFFICE, texts.KELA_POINT, hours, serves=serves, hands=True)
        elif place.people >= _SHARED_FROM or serves:
            yield self._point(
                KELA, PointKind.SERVICE_POINT, texts.SHARED_POINT, _SHARED_HOURS, serves=serves, hands=True,
                note=chance.choice(texts.SHARED_NOTES),
            )  # fmt: skip
        else:
            if chance.random() < 0.5:
                visiting = texts.VISITING_POINT
                yield self._point(KELA, PointKind.OUTREACH, visiting, _VISITS, note=texts.VISITING_NOTE)
            yield self._hall(hands=True)
            return
        if place.people >= _HALL_FROM and chance.random() < 0.45:
            yield self._hall(hands=False)
        if len(self._area.places) > 1 and place.people >= _HALL_FROM and chance.random() < 0.5:
            social = texts.SOCIAL_OFFICE
            yield self._point(self._area.code, PointKind.OFFICE, social, _OFFICE_HOURS, hands=not has_office)

    def _hall(self, *, hands: bool) -> Written:
        """The municipality's own house; it has an authority of its own, but in Helsinki."""
        place = self._place
        name = texts.CITY_HALL if place.is_city else texts.VILLAGE_HALL
        note = texts.HALL_NOTE if hands else ("", "")
        return self._point(place.integration, PointKind.OFFICE, name, _HALL_HOURS, hands=hands, note=note)

    def _point(
        self,
        owner: str,
        kind: str,
        name: Both,
        hours: Sequence[str],
        *,
        hands: bool = False,
        serves: Sequence[str] = (),
        note: Both = ("", ""),
    ) -> Written:
        place, chance = self._place, self._chance
        street = chance.choice(texts.STREETS if place.is_city else texts.ROADS)
        self._houses += chance.randint(1, 6)  # no two at the same door
        own = {KELA: "kela.example", self._area.code: domain(self._area.name_fi)}
        at = own.get(owner, domain(place.name_fi))
        values: dict[str, Any] = {
            "kind": kind,
            "municipality_id": place.code,
            "serves": sorted(serves),
            "name_fi": f"{name[0]}, {place.name_fi}",
            "street_fi": f"{street[0]} {self._houses}",
            "postal_code": place.postal_code,
            "phone": self._numbers.next(),
            "email": f"asiakaspalvelu@{at}" if owner != KELA and chance.random() < 0.7 else "",
            "hours": read_hours(chance.choice(hours)),
            "languages": [*place.languages, *(("en",) if place.large else ())],
            "hands_over_commitments": hands,
            "note_fi": note[0],
        }
        if place.swedish:
            values |= {
                "name_sv": f"{name[1]}, {place.name_sv}",
                "street_sv": f"{street[1]} {self._houses}",
                "note_sv": note[1],
            }
        return Written(ServicePoint, owner, values, kept(owner, chance))
