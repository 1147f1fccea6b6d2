"""Tables as a reader may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from stats.queries.publishing import Published, published_tables
from stats.queries.tables import Wanted, table


def shown(year: int, *tables: Sequence[str], full: bool, division: date | None = None) -> list[Published]:
    """A year's tables by these dimensions, by areas of its last day or of the day `division`: every count for those who
    may see them (`full`; a cell that is not there is 0), else what may leave Kela.

    Raises:
        KeyError: there is no such dimension, or it is none that leaves Kela.
        TooManyCells
    """
    if not full:
        return published_tables(year, tables, division=division)
    return [Published(tuple(by), dict(table(Wanted((year,), tuple(by), division=division)).cells)) for by in tables]


def limited(found: Published, only: Mapping[str, str]) -> Published:
    """The cells with these values of some of its dimensions."""
    places = {found.by.index(name): value for name, value in only.items()}
    return Published(
        found.by,
        {
            cell: count
            for cell, count in found.cells.items()
            if all(cell[place] == value for place, value in places.items())
        },
    )
