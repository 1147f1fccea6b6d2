"""What is sent in a year, to whom and when: totals spread over municipalities by population, and over working days.

Pure: plain values in, plain values out, the same every time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contacts.rules.register import Register
from kela_kunta.demo.chance import Chance

# Of what Kela sent in a year, by type; for 2017 as Kela told it in 2018.
TOTALS: dict[int, dict[str, int]] = {
    2017: {
        "supplementary_application": 81_211,
        "social_work_need": 9_655,
        "under_25": 12_626,
        "immigrant": 1_799,
    }
}
_MONTHS = (115, 101, 102, 97, 100, 92, 80, 104, 106, 103, 101, 96)  # per cent of an ordinary month, from January
_WEEKDAYS = (117, 106, 100, 95, 82)  # per cent of an ordinary day, from Monday
_COMES_BACK = 0.2  # how many applications are not the person's first in the year


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality as the plan needs it."""

    code: str
    region: str
    languages: str
    population: int


@dataclass(frozen=True, slots=True)
class Planned:
    """One referral to be: `number` is its place in the year, `person` whose it is.

    `found` are the details of an alert that the detection has found.
    """

    number: int
    person: int
    type: str
    home: Area
    day: date
    found: Mapping[str, Any] | None = None


def spread(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Whole shares of `total` in proportion to `weights`, by the largest remainder; among equals the first key wins."""
    whole = sum(weights.values())
    shares = {key: total * weight // whole for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: (-(total * weights[key] % whole), key))
    for key in by_remainder[: total - sum(shares.values())]:
        shares[key] += 1
    return shares


def planned(
    areas: Sequence[Area],
    days: Iterable[date],
    totals: Mapping[str, int],
    searches: Mapping[str, Sequence[date]] | None = None,
) -> list[Planned]:
    """All referrals of a year with these working `days`, in order of days; of the types in `searches` on these days, on
    which Kela looks for them."""
    by_code = {area.code: area for area in areas}
    by_day = {day.isoformat(): _MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()] for day in days}
    meetings: list[tuple[str, str, str]] = []
    for type, total in totals.items():
        homes = _each(spread(total, {area.code: area.population for area in areas}))
        Chance(f"homes of {type}").shuffle(homes)
        found_on = {day.isoformat(): 1 for day in (searches or {}).get(type, ())}
        meetings += zip(_each(spread(total, found_on or by_day)), [type] * total, homes, strict=True)
    meetings.sort(key=lambda meeting: meeting[0])
    people = _people(meetings)
    return [
        Planned(number, people[number], type, by_code[home], date.fromisoformat(day))
        for number, (day, type, home) in enumerate(meetings)
    ]


def _each(counts: Mapping[str, int]) -> list[str]:
    return [key for key, count in counts.items() for _ in range(count)]


def _people(meetings: Sequence[tuple[str, str, str]]) -> list[int]:
    """Whose each referral is: mostly somebody's first, some applications of one who has applied before."""
    random = Chance("who comes back")
    applicants: defaultdict[str, list[int]] = defaultdict(list)
    people = list(range(len(meetings)))
    for number, (_, type, home) in enumerate(meetings):
        if type != "supplementary_application":
            continue
        known = applicants[home]
        if known and random.random() < _COMES_BACK:
            people[number] = random.choice(known)
        else:
            known.append(number)
    return people


class Neighbours:
    """Which authorities a referral may wander between: those that receive its type in the same region.

    A region's authorities are wholly in one share, so that shares can be written at the same
    time, each feed by one writer.
    """

    def __init__(self, areas: Iterable[Area], register: Register, types: Iterable[str], on: date) -> None:
        self._register = register
        self._areas = list(areas)
        weights: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._receivers: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._others: dict[tuple[str, str], list[str]] = {}
        served = [
            (area, type, duty.authority)
            for area in self._areas
            for type in types
            if (duty := register.responsible(area.code, type, on))
        ]
        for area, _, authority in served:
            weights[authority][area.region] += area.population
        self._regions = {authority: counts.most_common(1)[0][0] for authority, counts in weights.items()}
        for _, type, authority in served:
            self._receivers[self._regions[authority], type].add(authority)
        self._homes = self._areas_by_region(served)

    def region(self, authority: str) -> str:
        """The region that most of the people it serves live in."""
        return self._regions[authority]

    def authorities(self) -> list[str]:
        """Everyone who may receive anything, by code."""
        return sorted(self._regions)

    def receivers(self, authority: str, type: str) -> list[str]:
        """Other authorities of the same region that receive `type`, by code."""
        if (authority, type) not in self._others:
            self._others[authority, type] = sorted(self._receivers[self._regions[authority], type] - {authority})
        return self._others[authority, type]

    def areas(self, authority: str, type: str) -> list[str]:
        """Codes of the municipalities whose matters of `type` stay in the authority's region."""
        return self._homes[self._regions[authority], type]

    def shares(self, loads: Mapping[str, int], count: int, *, ahead: int = 0) -> list[set[str]]:
        """The authorities in `count` sets of nearly the same load, no region in two of them; the first one bears the
        load `ahead` already."""
        by_region: Counter[str] = Counter()
        for authority, load in loads.items():
            by_region[self._regions[authority]] += load
        sets: list[set[str]] = [set() for _ in range(count)]
        weights = [ahead, *[0] * (count - 1)]
        for region, load in sorted(by_region.items(), key=lambda entry: (-entry[1], entry[0])):
            lightest = weights.index(min(weights))
            weights[lightest] += load
            sets[lightest] |= {authority for authority, of in self._regions.items() if of == region}
        return sets

    def _areas_by_region(self, served: Iterable[tuple[Area, str, str]]) -> dict[tuple[str, str], list[str]]:
        homes: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for area, type, authority in served:
            homes[self._regions[authority], type].append(area.code)
        return {key: sorted(codes) for key, codes in homes.items()}
