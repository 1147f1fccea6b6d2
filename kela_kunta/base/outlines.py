"""Outlines of areas from GeoJSON files, as paths of an SVG drawing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Ring = list[list[int]]


@cache
def outlines(file: Path) -> dict[str, list[Ring]]:
    """The rings of each area by the property `code`; x grows to the east and y to the north."""
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["code"]: _rings(feature["geometry"]) for feature in features}


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawing of `width` to `height` units, and where things stand in it; y grows downwards as in SVG."""

    left: int
    top: int
    scale: float
    width: int
    height: int

    @classmethod
    def around(cls, rings: Iterable[Ring], *, width: int, tallest: int | None = None) -> Frame:
        """The frame that just holds `rings`: as wide as `width`, narrower where it would be taller than `tallest`."""
        points = [point for ring in rings for point in ring]
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        bottom, top = min(y for _, y in points), max(y for _, y in points)
        scale = width / (right - left)
        if tallest is not None:
            scale = min(scale, tallest / (top - bottom))
        return cls(left, top, scale, round((right - left) * scale), round((top - bottom) * scale))

    def path(self, rings: Iterable[Ring]) -> str:
        """The rings as the `d` of a path, in whole units."""
        return "".join(f"M{'L'.join(self._placed(ring))}Z" for ring in rings)

    def _placed(self, ring: Ring) -> list[str]:
        """The points of a ring, one of several that fall on the same place."""
        placed = [f"{round((x - self.left) * self.scale)} {round((self.top - y) * self.scale)}" for x, y in ring]
        return [point for point, before in zip(placed, [None, *placed], strict=False) if point != before]
