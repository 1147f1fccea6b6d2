"""Finding municipalities, places, authorities and people by what somebody types."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from contacts.models import Authority, Contact, Municipality, PostalCode, Region
from contacts.rules.likeness import distance, errors_allowed
from kela_kunta.base import clock

LONGEST_TEXT = 120
NEARER = 1.0  # What is further away than the nearest by more than this is not meant.
POSTAL_CODE = re.compile(r"\d{2,5}(?!\d)")


class Kind(StrEnum):
    """What can be found, in the order in which equals are told."""

    MUNICIPALITY = "municipality"
    PLACE = "place"
    AUTHORITY = "authority"
    REGION = "region"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Place:
    """A place name of the post with its postal codes, and the municipality that it lies in today."""

    name: str
    codes: list[str]
    municipality: Municipality


Found = Municipality | Place | Authority | Region | Contact


@dataclass(frozen=True, slots=True)
class Group:
    """The best hits of a kind, nearest first, of all `of` that there are."""

    kind: Kind
    hits: Sequence[Found]
    of: int


_READ: dict[Kind, Callable[[], QuerySet[Any]]] = {
    Kind.AUTHORITY: Authority.objects.all,
    Kind.REGION: Region.objects.all,
    Kind.CONTACT: lambda: Contact.objects.select_related("owner", "municipality"),
}


@dataclass(frozen=True, slots=True, order=True)
class _Near:
    """A name that may be meant, so many letters away; people seldom err in the first one."""

    far: float
    errs_in_first: bool
    name: str
    key: str


def search(text: str, *, limit: int = 8) -> list[Group]:
    """What may be meant by `text`, the kind with the nearest hit first; at most `limit` hits of each kind.

    Names are found with accents, case, hyphens and a few letters wrong. Digits are a postal code or the beginning of
    one, and three of them a municipality's code too. At most six statements, whatever there is.
    """
    if digits := POSTAL_CODE.match(text.strip()):
        return _by_code(digits[0], limit)
    found = _near(text, list(Kind))
    nearest = sorted(found, key=lambda kind: (found[kind][0].far, list(Kind).index(kind)))
    return [_group(kind, found[kind], limit) for kind in nearest]


def search_municipalities(text: str, *, limit: int = 20) -> list[Municipality]:
    """Municipalities by name in Finnish or Swedish, best match first; merged ones too. Two statements.

    Forgives accents, case, hyphens and typing errors.
    """
    return _municipalities(_near(text, [Kind.MUNICIPALITY])[Kind.MUNICIPALITY])[:limit]


def _near(text: str, kinds: list[Kind]) -> dict[Kind, list[_Near]]:
    """What may be meant, each by its nearest name, nearest first. One statement."""
    wanted = text.replace("\0", "").strip()[:LONGEST_TEXT]
    letters = errors_allowed(wanted) + 1
    with connection.cursor() as cursor:
        cursor.execute(_sql(), {"text": wanted, "kinds": kinds, "letters": letters, "today": clock.today()})
        rows = cursor.fetchall()
    measure = cache(distance)  # many contacts have the same title
    nearest: dict[tuple[str, str], _Near] = {}
    for kind, key, name, tail, folded in rows:
        far = measure(folded, name, tail=tail)
        if far is not None:
            near = _Near(far, name[0] != folded[0], name, key)
            nearest[kind, key] = min(near, nearest.get((kind, key), near))
    limit = min((near.far for near in nearest.values()), default=0) + NEARER
    found: defaultdict[Kind, list[_Near]] = defaultdict(list)
    for (kind, _key), near in sorted(nearest.items(), key=lambda item: item[1]):
        if near.far <= limit:
            found[Kind(kind)].append(near)
    return found


def _group(kind: Kind, near: list[_Near], limit: int) -> Group:
    """What is of this kind, read with what it shows. One statement."""
    if kind == Kind.MUNICIPALITY:
        return Group(kind, _municipalities(near)[:limit], len(near))
    if kind == Kind.PLACE:
        places = _places(near)
        return Group(kind, places[:limit], len(places))
    keys = [one.key for one in near[:limit]]
    rows = {str(row.pk): row for row in _READ[kind]().filter(pk__in=keys)}
    return Group(kind, [rows[key] for key in keys if key in rows], len(near))


def _municipalities(near: list[_Near]) -> list[Municipality]:
    """Of those that are equally near, the ones in force come first, then the larger ones."""
    rows = Municipality.objects.select_related("successor").in_bulk([one.key for one in near])
    today = clock.today()

    def order(one: _Near) -> tuple[float, bool, bool, int, str]:
        row = rows[one.key]
        return one.far, one.errs_in_first, row.ended_by(today), -(row.population_2022 or 0), row.sort_key

    return [rows[one.key] for one in sorted(near, key=order)]


def _places(near: list[_Near]) -> list[Place]:
    """One for all postal codes of a name in a municipality, in the order of the nearest."""
    rows = PostalCode.objects.select_related("municipality__successor").in_bulk([one.key for one in near])
    today = clock.today()
    places: dict[tuple[str, str], Place] = {}
    for one in near:
        row = rows[one.key]
        municipality = row.municipality.heir(today)
        place = places.setdefault((row.name_fi, municipality.code), Place(row.name, [], municipality))
        place.codes.append(row.code)
    return list(places.values())


def _by_code(digits: str, limit: int) -> list[Group]:
    """The municipality of that code, and the postal codes that begin so. Three statements at most."""
    today = clock.today()
    groups = []
    if municipality := Municipality.objects.select_related("successor").filter(code=digits).first():
        groups.append(Group(Kind.MUNICIPALITY, [municipality], 1))
    beginning = PostalCode.objects.filter(code__startswith=digits)
    rows = list(beginning.select_related("municipality__successor").order_by("code")[:limit])
    if rows:
        places = [Place(row.name, [row.code], row.municipality.heir(today)) for row in rows]
        groups.append(Group(Kind.PLACE, places, len(rows) if len(rows) < limit else beginning.count()))
    return groups


@cache
def _sql() -> str:
    return Path(__file__).parents[1].joinpath("sql", "search.sql").read_text(encoding="utf-8")
