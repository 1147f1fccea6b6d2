"""Which counts may leave Kela, so that nobody can be found behind a small one (tilastollinen tietosuoja).

Counts of 1 to `SMALL` are hidden, and with them as much else as it takes that they cannot be computed back: from
totals, from another table, or from another export of the same year. Why it is safe stands in docs/why/small-counts.md;
the test attacks it by linear programming.

Exact whatever their size are a year's totals by type, of the country and of its regions (domain: statistics).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

SMALL = 4
Place = TypeVar("Place", bound=Hashable)
Row = TypeVar("Row", bound=Hashable)
Column = TypeVar("Column", bound=Hashable)


def is_small(count: int) -> bool:
    return 0 < count <= SMALL


def atoms(counts: Mapping[Place, int]) -> list[frozenset[Place]]:
    """The parts of one whole whose total is told (such as the municipalities of a region), in groups that may be told.

    A part that is not small stands alone. The small ones are told only together, with others if
    they alone would be small again or but one: nothing can then be said of any of them but that sum.
    """
    small = [place for place, count in counts.items() if is_small(count)]
    if not small:
        return [frozenset([place]) for place in counts]
    rest = sorted((place for place in counts if place not in small), key=lambda place: (counts[place], str(place)))
    # Zeros hide nothing by themselves, so the smallest real count is joined first; zeros only where nothing else is.
    rest.sort(key=lambda place: counts[place] == 0)
    group = set(small)
    while rest and (len(group) < 2 or is_small(sum(counts[place] for place in group))):
        group.add(rest.pop(0))
    return [frozenset(group), *(frozenset([place]) for place in rest)]


def nested_atoms(counts: Mapping[Place, int], block_of: Mapping[Place, Hashable]) -> list[frozenset[Place]]:
    """The same where the parts lie in blocks of which others make wholes too (such as counties within a region).

    Blocks are grouped first, then the parts within each group of blocks: a block that is not
    small is cut by no group, so its sum may be told.
    """
    blocks: defaultdict[Hashable, int] = defaultdict(int)
    for place, count in counts.items():
        blocks[block_of[place]] += count
    return [
        group
        for together in atoms(blocks)
        for group in atoms({place: count for place, count in counts.items() if block_of[place] in together})
    ]


def told(area: Collection[Place], groups: Iterable[frozenset[Place]]) -> bool:
    """Whether the sum of `area` may be told: when it cuts no group."""
    members = set(area)
    return all(group <= members or not group & members for group in groups)


@dataclass(frozen=True, slots=True)
class Protected:
    """What may not be told of a table whose sums by row are told: some cells, and the sums of some columns."""

    cells: frozenset[tuple[Hashable, Hashable]]
    columns: frozenset[Hashable]


def protect(cells: Mapping[tuple[Row, Column], int]) -> Protected:
    """What must be hidden of a table whose sums by row are told whatever their size.

    A column with a small sum is hidden whole, with another. Of the rest, every small cell gets a
    partner row and a partner column, and the four cells where they cross are hidden: then one can
    be larger by as much as its neighbours are smaller, and no sum tells. Where that cannot be,
    nothing but the sums by row is told. A column without any is told, and where only one has any,
    its cells are the sums by row.
    """
    rows = sorted({row for row, _column in cells}, key=str)
    value: dict[tuple[Row, Column], int] = defaultdict(int, cells)
    sums: defaultdict[Column, int] = defaultdict(int)
    for (_row, column), count in cells.items():
        sums[column] += count
    columns = sorted((column for column, count in sums.items() if count), key=str)
    if len(columns) < 2:
        return Protected(frozenset(), frozenset())
    gone = _small_columns(columns, sums)
    kept = [column for column in columns if column not in gone]
    hidden = {(row, column) for row in rows for column in gone}
    for cell in sorted(product(rows, kept), key=lambda place: (-value[place], str(place))):
        if not is_small(value[cell]):
            continue
        squares = [
            (cell, (cell[0], column), (row, cell[1]), (row, column))
            for row, column in product(rows, kept)
            if row != cell[0] and column != cell[1]
        ]
        best = min(squares, key=lambda square: _cost(square, value, hidden), default=None)
        if best is None or _cost(best, value, hidden)[0]:
            return Protected(frozenset(product(rows, columns)), frozenset(columns))
        hidden |= set(best)
    return Protected(frozenset(hidden), frozenset(gone))


def _small_columns(columns: list[Column], sums: Mapping[Column, int]) -> set[Column]:
    """The columns with small sums, with as many others as hide them."""
    gone = {column for column in columns if is_small(sums[column])}
    rest = sorted((column for column in columns if column not in gone), key=lambda column: (sums[column], str(column)))
    while gone and rest and (len(gone) < 2 or is_small(sum(sums[column] for column in gone))):
        gone.add(rest.pop(0))
    return gone


def _cost(
    square: tuple[tuple[Row, Column], ...],
    value: Mapping[tuple[Row, Column], int],
    hidden: Collection[tuple[Row, Column]],
) -> tuple[bool, bool, int, int, str]:
    """Safe before cheap: the first cell can move at all, and past what is small; then the fewest and least counts lost."""
    cell, beside, below, across = (value[place] for place in square)
    up, down = min(beside, below), min(cell, across)
    lost = [value[place] for place in square if place not in hidden]
    return (up + down == 0, cell + up <= SMALL, len(lost), sum(lost), str(square))
