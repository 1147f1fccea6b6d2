"""What the statistics pages read: from the kept counts alone, so that their cost does not follow the archive's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Sum

from contacts.models import Region
from stats.models import Count, CountedYear
from stats.queries.tables import Table, Wanted, table

WITHOUT_AREA = ("unknown", "withheld")


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One line of the table by area: `counts` by type, `total` of all types."""

    code: str
    area: Region | None
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Year:
    """A year at a glance: `by_type` in order of size."""

    year: int
    counted: CountedYear | None
    by_type: dict[str, int]
    regions: list[AreaRow] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.by_type.values())

    def share(self, type: str) -> float:
        """Per cent of the year's whole."""
        return 100 * self.by_type[type] / self.total if self.total else 0.0


def counted_years() -> list[int]:
    """Years that have counts, the latest first."""
    return list(CountedYear.objects.filter(referrals__gt=0).order_by("-year").values_list("year", flat=True))


def year(wanted: int) -> Year:
    """The counts of a year by type and by the regions in force on its last day. Three statements."""
    counts = table(Wanted((wanted,), ("type", "region")))
    totals = {type: count for (type,), count in counts.along("type").cells.items()}
    return Year(
        year=wanted,
        counted=CountedYear.objects.filter(year=wanted).first(),
        by_type=dict(sorted(totals.items(), key=lambda item: (-item[1], item[0]))),
        regions=_regions(counts),
    )


def by_type(wanted: int) -> dict[str, int]:
    """A year's counts of the whole country by type, the most first. One statement."""
    counts = Count.objects.filter(year=wanted)
    return dict(counts.values_list("type").annotate(total=Sum("count")).order_by("-total", "type"))


def _regions(counts: Table) -> list[AreaRow]:
    """Regions in Finnish order, then what has none."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (type, region), count in counts.cells.items():
        found[region][type] = count
    regions = [AreaRow(region.code, region, found[region.code]) for region in Region.objects.order_by("sort_key")]
    return [row for row in regions if row.counts] + [
        AreaRow(code, None, found[code]) for code in WITHOUT_AREA if found[code]
    ]
