"""Which counts may leave Kela, so that nobody can be found behind a small one (tilastollinen tietosuoja).

Counts of 1 to `SMALL` are hidden, and with them as much else as it takes that they cannot be computed back: from
totals, from another table, or from another export of the same year. Why it is safe stands in docs/why/small-counts.md;
the test attacks it by linear programming.

Exact whatever their size are a year's totals by type, of the country and of its regions (domain: statistics).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
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
    grid = [[value[row, column] for column in kept] for row in rows]
    shown = [[1] * len(kept) for _row in rows]
    small = [(x, y) for x, y in product(range(len(rows)), range(len(kept))) if is_small(grid[x][y])]
    for x, y in sorted(small, key=lambda place: -grid[place[0]][place[1]]):
        partners = _partners(grid, shown, x, y)
        if partners is None:
            return Protected(frozenset(product(rows, columns)), frozenset(columns))
        for crossing, corner in product((x, partners[0]), (y, partners[1])):
            shown[crossing][corner] = 0
    hidden = set(product(rows, gone))
    hidden |= {(rows[x], kept[y]) for x, line in enumerate(shown) for y, stays in enumerate(line) if not stays}
    return Protected(frozenset(hidden), frozenset(gone))


def _small_columns(columns: list[Column], sums: Mapping[Column, int]) -> set[Column]:
    """The columns with small sums, with as many others as hide them."""
    gone = {column for column in columns if is_small(sums[column])}
    rest = sorted((column for column in columns if column not in gone), key=lambda column: (sums[column], str(column)))
    while gone and rest and (len(gone) < 2 or is_small(sum(sums[column] for column in gone))):
        gone.add(rest.pop(0))
    return gone


def _partners(grid: Sequence[Sequence[int]], shown: Sequence[Sequence[int]], x: int, y: int) -> tuple[int, int] | None:
    """The row and the column that hide a small cell best; `shown` is 1 where a cell is not hidden already, else 0.

    Safe before cheap: the first cell can move at all, else they are none, and past what is small; then the fewest and
    least counts lost.
    """
    own, own_shown, count = grid[x], shown[x], grid[x][y]
    others = [(row, grid[row], shown[row]) for row in range(len(grid)) if row != x]
    best, least = None, (True, 0, 0)
    for column, (beside, beside_shown) in enumerate(zip(own, own_shown, strict=True)):
        if column == y:
            continue
        lost, counts = own_shown[y] + beside_shown, own_shown[y] * count + beside_shown * beside
        for row, line, line_shown in others:
            below, across = line[y], line[column]
            up = min(beside, below)
            if not up and not across:
                continue
            cost = (
                count + up <= SMALL,
                lost + line_shown[y] + line_shown[column],
                counts + line_shown[y] * below + line_shown[column] * across,
            )
            if best is None or cost < least:
                best, least = (row, column), cost
    return best
