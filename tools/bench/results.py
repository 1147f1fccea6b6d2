"""What was measured, beside the limit that was measured in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import quantiles
from typing import Any


@dataclass(frozen=True, slots=True)
class Result:
    """`value` should be at most `goal` times `limit`, which is in the same `unit` and is what `against` took.

    `why` is the reason, should it miss its goal.
    """

    name: str
    value: float
    unit: str
    limit: float
    against: str
    goal: float
    why: str = ""

    @property
    def ratio(self) -> float:
        return self.value / self.limit

    @property
    def met(self) -> bool:
        return self.ratio <= self.goal

    def as_json(self) -> dict[str, Any]:
        rounded = {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(self).items()}
        return rounded | {"ratio": round(self.ratio, 3), "met": self.met}


def table(results: Sequence[Result]) -> str:
    """The results in lines; those that miss their goal are told with the number and the reason."""
    head = ("", "measured", "limit", "ratio", "goal", "", "the limit is")
    rows = [head, *(_cells(result) for result in results)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    reasons = [f"\n{result.name}: {result.why}" for result in results if result.why and not result.met]
    return "\n".join([*(_line(row, widths) for row in rows), *reasons])


def _cells(result: Result) -> tuple[str, ...]:
    return (
        result.name,
        f"{_figure(result.value)} {result.unit}",
        f"{_figure(result.limit)} {result.unit}",
        f"{result.ratio:.2f}",
        f"{result.goal:g}",
        "met" if result.met else f"missed by {result.ratio - result.goal:.2f}",
        result.against,
    )


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    name, *figures, verdict, against = cells
    middle = "  ".join(figure.rjust(width) for figure, width in zip(figures, widths[1:], strict=False))
    return f"{name.ljust(widths[0])}  {middle}  {verdict.ljust(widths[-2])}  {against}".rstrip()


def _figure(value: float) -> str:
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def seconds(call: Callable[[], object]) -> float:
    """How long `call` takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def percentile(values: Sequence[float], wanted: int) -> float:
    """Such that `wanted` per cent of `values` are not above it."""
    return quantiles(values, n=100, method="inclusive")[wanted - 1]
