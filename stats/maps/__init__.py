"""Outlines of the regions as SVG paths."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

WIDTH = 480  # units of the drawing; the height follows


@cache
def region_paths(year: int) -> tuple[int, dict[str, str]]:
    """The drawing's height and, by region code, the path of each region's outline in the division of `year`."""
    name = "regions.geojson" if year >= 2021 else "regions_until_2020.geojson"
    features = json.loads((Path(__file__).parent / name).read_text())["features"]
    rings = {feature["properties"]["code"]: _rings(feature["geometry"]) for feature in features}
    points = [point for area in rings.values() for ring in area for point in ring]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    bottom, top = min(y for _, y in points), max(y for _, y in points)
    scale = WIDTH / (right - left)

    def path(ring: list[list[int]]) -> str:
        placed = (f"{round((x - left) * scale)} {round((top - y) * scale)}" for x, y in ring)
        return "M" + "L".join(placed) + "Z"

    return round((top - bottom) * scale), {code: "".join(map(path, area)) for code, area in rings.items()}


def _rings(geometry: dict[str, Any]) -> list[list[list[int]]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


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
