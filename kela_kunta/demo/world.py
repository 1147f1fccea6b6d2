"""All that the stories of a year are told from: the plan, the register, the rules and the people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from contacts.models import Municipality
from contacts.queries import register
from contacts.rules.register import Register
from kela_kunta.base.actor import Actor
from kela_kunta.demo import cast, months
from kela_kunta.demo.plan import TOTALS, Area, Neighbours, Planned, planned
from kela_kunta.demo.stories import Teller
from referrals import parameters
from referrals.rules.deadlines import is_working_day

_FINDING = 0.17  # what finding the alerts takes, of the time that telling all stories takes


class UnknownYear(LookupError):
    """Nobody has told how many referrals there were in that year."""


@dataclass(frozen=True, slots=True)
class World:
    """A year as it will have been. `receivers` has the first receiver of each planned referral."""

    year: int
    plan: list[Planned]
    receivers: list[str]
    neighbours: Neighbours
    workers: Mapping[str, tuple[Actor, ...]]

    def teller(self) -> Teller:
        return Teller(
            self.year, register=register(), neighbours=self.neighbours, rules=parameters.load(), workers=self.workers
        )

    def shares(self, count: int) -> list[list[Planned]]:
        """The plan in `count` parts that take nearly the same time, no authority's feed in two of them; to the first
        one belongs the finding of the alerts."""
        parts = self.neighbours.shares(Counter(self.receivers), count, ahead=int(len(self.plan) * _FINDING))
        part_of = {authority: place for place, authorities in enumerate(parts) for authority in authorities}
        shares: list[list[Planned]] = [[] for _ in range(count)]
        for one, receiver in zip(self.plan, self.receivers, strict=True):
            shares[part_of[receiver]].append(one)
        return shares


def world(year: int, *, sample: int | None = None) -> World:
    """The world of `year`; with `sample` only so many of its referrals, evenly drawn, each the same as in the whole.

    Raises:
        UnknownYear: no totals are known.
    """
    if year not in TOTALS:
        raise UnknownYear(year)
    totals, duties, last = TOTALS[year], register(), date(year, 12, 31)
    areas = [area for area in _areas(last) if not _is_aland(area.code, duties)]
    days = (date(year, 1, 1) + timedelta(days=step) for step in range(366))
    working_days = [day for day in days if day.year == year and is_working_day(day)]
    plan = planned(areas, working_days, totals, months.searches(working_days))
    receivers = [_receiver(one, duties) for one in plan]
    neighbours = Neighbours(areas, duties, totals, last)
    loads = dict.fromkeys(neighbours.authorities(), 0) | Counter(receivers)
    if sample is not None:
        chosen = range(0, len(plan), max(len(plan) // sample, 1))[:sample]
        plan, receivers = [plan[place] for place in chosen], [receivers[place] for place in chosen]
    return World(year, plan, receivers, neighbours, cast.workers(loads))


def _areas(on: date) -> list[Area]:
    """The municipalities in force on that day, by code, with their population.

    That of one merged since stands in its successor's figure, so the successor's people are all.
    """
    rows = Municipality.objects.filter(valid__contains=on, regions__valid__contains=on).order_by("code")
    return [
        Area(code, region, languages, population or 0)
        for code, region, languages, population in rows.values_list(
            "code", "regions__region", "languages", "population_2017"
        )
    ]


def _is_aland(code: str, duties: Register) -> bool:
    """Åland has its own law on social assistance; nothing is forwarded there."""
    municipality = duties.municipality(code)
    return municipality is not None and municipality.aland


def _receiver(one: Planned, duties: Register) -> str:
    duty = duties.responsible(one.home.code, one.type, one.day)
    if duty is None:
        raise LookupError(f"Nobody receives {one.type} of {one.home.code} on {one.day}.")
    return duty.authority
