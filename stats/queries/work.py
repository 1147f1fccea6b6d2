"""How a year's referrals were handled: read from the kept counts alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet, Sum

from stats.models import Work
from stats.queries.inhabitants import membership

Measured = dict[str, dict[str, int]]  # count by measure and value


def work(year: int, *, receiver: str | None = None) -> dict[str, Measured]:
    """By type: the whole country's, or one authority's. One statement, whose cost follows the cells, not the referrals."""
    cells = Work.objects.filter(year=year)
    return _by("type", cells if receiver is None else cells.filter(receiver=receiver))


def work_by_receiver(year: int) -> dict[str, Measured]:
    """By the authority that has or had the referrals last, or first returned them. One statement."""
    return _by("receiver", Work.objects.filter(year=year).exclude(receiver=""))


def work_by_home(year: int, area: str, day: date) -> dict[str, Measured]:
    """By the area of a kind, as it is on `day`, in which the client's home was, else "unknown" or "withheld". Two
    statements."""
    found = _by("area", Work.objects.filter(year=year))
    if area == "municipality":
        return found
    area_of = membership(area, day)
    inside: defaultdict[str, dict[str, Measured]] = defaultdict(dict)
    for place, measured in found.items():
        inside[area_of.get(place, place if place == "withheld" else "unknown")][place] = measured
    return {code: together(parts) for code, parts in inside.items()}


def _by(name: str, cells: QuerySet[Work]) -> dict[str, Measured]:
    found: defaultdict[str, Measured] = defaultdict(dict)
    rows = cells.values_list(name, "measure", "value").annotate(n=Sum("count")).order_by(name, "measure", "value")
    for key, measure, value, count in rows:
        if count:
            found[key].setdefault(measure, {})[value] = count
    return dict(found)


def together(found: Mapping[str, Measured]) -> Measured:
    """Of all types."""
    summed: Measured = {}
    for measured in found.values():
        for measure, counts in measured.items():
            sums = summed.setdefault(measure, {})
            for value, count in counts.items():
                sums[value] = sums.get(value, 0) + count
    return summed
