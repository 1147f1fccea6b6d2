"""Charts as numbers for the templates that draw them: values in, places in a drawing out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Counts = Sequence[int | None]  # None is not told

WIDTH, HEIGHT = 420, 210  # of a line chart, with room for its numbers at the left and below
LEFT, RIGHT, TOP, BOTTOM = 52, 408, 12, 182
STEPS = (1, 2, 2.5, 5, 10)
MOST_TICKS = 5


def lengths(counts: Counts) -> list[int | None]:
    """Per cent of the largest, for bars; a count that is not none is at least 1."""
    largest = max((count for count in counts if count), default=1)
    return [None if count is None else max(round(100 * count / largest), 1 if count else 0) for count in counts]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the points told as (x, y), and as `points` of polylines, broken where something is not told."""

    marks: list[tuple[int, int]]
    runs: list[str]


@dataclass(frozen=True, slots=True)
class LineChart:
    """`lines` in the order of the series, `across` as x of each column, `ticks` as (y, value) from 0 upwards."""

    lines: list[Line]
    across: list[int]
    ticks: list[tuple[int, int]]


def line_chart(series: Sequence[Counts]) -> LineChart | None:
    """Series of equally many columns on one scale from 0; None where nothing is told of the first."""
    if all(count is None for count in series[0]):
        return None
    columns = len(series[0])
    top = max(count or 0 for counts in series for count in counts)
    step = tick_step(top)
    most = max(-(-top // step), 1) * step
    across = [round(LEFT + (RIGHT - LEFT) * (place + 0.5) / columns) for place in range(columns)]

    def height(value: int) -> int:
        return round(BOTTOM - (BOTTOM - TOP) * value / most)

    lines = [
        _line([None if count is None else (x, height(count)) for x, count in zip(across, counts, strict=True)])
        for counts in series
    ]
    return LineChart(lines, across, [(height(value), value) for value in range(0, most + 1, step)])


def tick_step(top: int) -> int:
    """The least round step, such as 1, 2, 5 or 250, of which at most `MOST_TICKS` reach `top`."""
    unit = 1
    while True:
        for step in STEPS:
            if step * unit == int(step * unit) and top <= step * unit * MOST_TICKS:
                return int(step * unit)
        unit *= 10


def _line(points: Sequence[tuple[int, int] | None]) -> Line:
    runs: list[list[str]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(f"{point[0]},{point[1]}")
    return Line([point for point in points if point], [" ".join(run) for run in runs if len(run) > 1])


def shades(counts: Counts, limits: Sequence[float]) -> list[int]:
    """Into which class from 1 each falls by the upper `limits`; 0 for what is not told."""
    return [0 if count is None else 1 + sum(count > limit for limit in limits[:-1]) for count in counts]
