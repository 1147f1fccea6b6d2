"""How a year's referrals were handled: read from the kept counts alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from django.db import connection
from django.db.models import QuerySet, Sum

from stats.models import Work

_BY_HOME = (Path(__file__).parents[1] / "sql" / "work_by_home.sql").read_text()
Measured = dict[str, dict[str, int]]  # count by measure and value


def work(year: int, *, receiver: str | None = None) -> dict[str, Measured]:
    """By type: the whole country's, or one authority's. One statement, whose cost follows the cells, not the referrals."""
    cells = Work.objects.filter(year=year)
    return _by("type", cells if receiver is None else cells.filter(receiver=receiver))


def work_by_receiver(year: int) -> dict[str, Measured]:
    """By the authority that has or had the referrals last, or first returned them. One statement."""
    return _by("receiver", Work.objects.filter(year=year).exclude(receiver=""))


def work_by_home(year: int, area: str, day: date) -> dict[str, Measured]:
    """By the area of a kind, as it is on `day`, in which the client's home was, else "unknown" or "withheld". One
    statement."""
    if area == "municipality":
        return _by("area", Work.objects.filter(year=year))
    with connection.cursor() as cursor:
        cursor.execute(_BY_HOME.format(area=area), {"year": year, "day": day})
        return _nested(cursor.fetchall())


def _by(name: str, cells: QuerySet[Work]) -> dict[str, Measured]:
    return _nested(cells.values_list(name, "measure", "value").annotate(n=Sum("count")).order_by())


def _nested(rows: Iterable[tuple[str, str, str, int]]) -> dict[str, Measured]:
    found: defaultdict[str, Measured] = defaultdict(dict)
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
