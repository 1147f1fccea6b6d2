"""A table of figures with all that its readers need to know of it, in one language: what every format is written from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from math import prod

HIDDEN = ".."  # for counts not told: small ones and those hidden with them alike, or the mark itself would tell


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: its values as (code, label), in the order in which they are told."""

    code: str
    label: str
    values: Sequence[tuple[str, str]]
    is_time: bool = False
    is_place: bool = False


@dataclass(frozen=True, slots=True)
class Dataset:
    """Counts by the values of `dimensions`: a cell that is not in `cells` is 0, one that is None is not told."""

    name: str  # of the file, without its ending
    title: str
    measure: str  # what is counted, such as "Referrals"
    dimensions: Sequence[Dimension]
    cells: Mapping[tuple[str, ...], int | None]
    source: str
    updated: datetime
    language: str
    notes: Sequence[str] = field(default_factory=tuple)

    @property
    def size(self) -> int:
        return prod(len(dimension.values) for dimension in self.dimensions)

    def cube(self) -> Iterator[int | None]:
        """Every count of the whole cube, the last dimension changing first."""
        for values in product(*(dimension.values for dimension in self.dimensions)):
            yield self.cells.get(tuple(code for code, _label in values), 0)

    def rows(self) -> Iterator[tuple[list[tuple[str, str]], int | None]]:
        """The cells that there are, as (its values as (code, label), count), in the same order."""
        order = [{code: place for place, (code, _label) in enumerate(one.values)} for one in self.dimensions]
        labels = [dict(one.values) for one in self.dimensions]
        for cell in sorted(
            self.cells, key=lambda cell: [places[code] for places, code in zip(order, cell, strict=True)]
        ):
            yield [(code, names[code]) for names, code in zip(labels, cell, strict=True)], self.cells[cell]
