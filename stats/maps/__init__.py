"""Outlines of the regions as SVG paths, and how their shades are told apart."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kela_kunta.base.outlines import Frame, outlines

WIDTH = 480  # units of the drawing; the height follows


@cache
def region_paths(year: int) -> tuple[int, dict[str, str]]:
    """The drawing's height and, by region code, the path of each region's outline in the division of `year`."""
    name = "regions.geojson" if year >= 2021 else "regions_until_2020.geojson"
    areas = outlines(Path(__file__).with_name(name))
    frame = Frame.around((ring for rings in areas.values() for ring in rings), width=WIDTH)
    return frame.height, {code: frame.path(rings) for code, rings in areas.items()}


def classes(values: list[int], steps: int = 5) -> list[int]:
    """Upper limits of at most `steps` classes of about equally many `values`, each rounded up to two digits."""
    ordered = sorted(value for value in values if value)
    if not ordered:
        return []
    limits = {_round_up(ordered[min(len(ordered) - 1, len(ordered) * step // steps)]) for step in range(1, steps)}
    return sorted(limits | {_round_up(ordered[-1])})


def _round_up(value: int) -> int:
    unit = 10 ** max(len(str(value)) - 2, 0)
    return -(-value // unit) * unit
