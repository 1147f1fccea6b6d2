"""A table of figures as it is laid out on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from stats import charts
from stats.exports.dataset import Dataset, Dimension
from stats.rules.comparing import whole

WIDEST = 13  # columns of the last dimension, if it is to go across
MOST_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Row:
    """The labels of its values, its counts, their sum where it is told, and the bar's length in per cent."""

    labels: list[str]
    counts: list[int | None]
    total: int | None
    width: int | None


@dataclass(frozen=True, slots=True)
class Grid:
    """`heads` are the dimensions of the rows, `across` that of the columns with their labels; None when there is one
    column only. `left_out` is how many rows more there are."""

    heads: list[Dimension]
    across: Dimension | None
    columns: list[str]
    rows: list[Row]
    left_out: int


def laid_out(data: Dataset) -> Grid:
    """Every cell of the table: the last of several dimensions across where that is not too wide, else one a row."""
    *heads, last = data.dimensions
    if not heads or len(last.values) > WIDEST:
        heads, across = list(data.dimensions), None
    else:
        across = last
    lines = [
        ([label for _code, label in values[: len(heads)]], values[len(heads) :], count) for values, count in data.rows()
    ]
    grouped = [(labels, list(group)) for labels, group in groupby(lines, key=lambda line: line[0])]
    codes = [code for code, _label in across.values] if across else []
    counts = [_counts(codes, group) if across else [group[0][2]] for _labels, group in grouped]
    totals = [whole(row) for row in counts]
    rows = [
        Row(labels, row, total, width)
        for (labels, _group), row, total, width in zip(grouped, counts, totals, charts.lengths(totals), strict=True)
    ]
    columns = [label for _code, label in across.values] if across else [data.measure]
    return Grid(heads, across, columns, rows[:MOST_ROWS], max(len(rows) - MOST_ROWS, 0))


def _counts(
    codes: Sequence[str], group: Sequence[tuple[list[str], list[tuple[str, str]], int | None]]
) -> list[int | None]:
    """The counts of one row in the order of the columns; a cell that is not there is 0."""
    found = {values[0][0]: count for _labels, values, count in group}
    return [found.get(code, 0) for code in codes]
