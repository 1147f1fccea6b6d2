"""Any table of the kept counts: so many referrals by these dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import connection

_TABLE = (Path(__file__).parents[1] / "sql" / "table.sql").read_text()

# What each dimension is in the statement. An area that has none is "unknown", that of a person under non-disclosure
# "withheld"; an outcome not yet reached is "open".
DIMENSIONS = {
    "year": "place.year::text",
    "month": "lpad(place.month::text, 2, '0')",
    "type": "place.type",
    "region": "coalesce(region.region_id, nowhere)",
    "county": "coalesce(county.county_id, nowhere)",
    "district": "coalesce(district.district_id, nowhere)",
    "municipality": "place.municipality",
    "receiver": "coalesce(nullif(place.receiver, ''), 'unknown')",
    "urgent": "place.urgent::text",
    "outcome": "coalesce(nullif(place.outcome, ''), 'open')",
}
DIVISIONS = ("region", "county", "district")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which table: of `years`, `by` dimensions in that order, `only` those with these values of a dimension.

    Areas are those in force on 31 December of each year, or on `division`, merged municipalities
    then counted with their successors.
    """

    years: tuple[int, ...]
    by: tuple[str, ...]
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)
    division: date | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by the values of the dimensions `by`; a cell that is not there is 0."""

    by: tuple[str, ...]
    cells: dict[tuple[str, ...], int]

    @property
    def total(self) -> int:
        return sum(self.cells.values())

    def along(self, *by: str) -> Table:
        """Summed over all dimensions but `by`."""
        places = [self.by.index(name) for name in by]
        cells: dict[tuple[str, ...], int] = {}
        for values, count in self.cells.items():
            key = tuple(values[place] for place in places)
            cells[key] = cells.get(key, 0) + count
        return Table(by, cells)

    def values(self, name: str) -> list[str]:
        """The values that a dimension has here, sorted."""
        place = self.by.index(name)
        return sorted({values[place] for values in self.cells})


def table(wanted: Wanted) -> Table:
    """The counts as they are now. One statement, whose cost follows the cells of those years, not the referrals.

    Raises:
        KeyError: there is no such dimension.
    """
    used = [*wanted.by, *wanted.only]
    dimensions = [DIMENSIONS[name] for name in wanted.by]
    limits = [f"AND {DIMENSIONS[name]} = ANY (%({name})s)" for name in wanted.only]
    joins = [
        f"LEFT JOIN contacts_municipality{name} {name} ON {name}.municipality_id = place.municipality"
        f" AND ({name}.valid @> place.day) IS TRUE"
        for name in DIVISIONS
        if name in used
    ]
    columns = ["year", "area", *sorted({"month", "type", "receiver", "urgent", "outcome"} & set(used))]
    statement = _TABLE.format(
        columns=", ".join(columns),
        dimensions=", ".join([*dimensions, "sum(place.count)::bigint"]),
        joins=" ".join(joins),
        limits=" ".join(limits),
        groups=", ".join(map(str, range(1, len(dimensions) + 1))) or "()",
    )
    parameters = {name: sorted(values) for name, values in wanted.only.items()}
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters | {"years": list(wanted.years), "division": wanted.division})
        return Table(wanted.by, {tuple(values): count for *values, count in cursor.fetchall() if count})
