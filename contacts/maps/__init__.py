"""Line drawings of the country and of a county, by the division of 2025; six small municipalities have no outline."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kela_kunta.base.outlines import Frame, Ring, outlines

WIDTH = 800  # units of the country's drawing, nearly one a kilometre
LITTLE = 240  # units that a county's drawing is wide or tall at most
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Drawing:
    """Paths by code, in a drawing of `width` to `height` units."""

    width: int
    height: int
    municipalities: dict[str, str]
    counties: dict[str, str]


@cache
def country() -> Drawing:
    """All of it."""
    municipalities, counties = _municipalities(), _counties()
    frame = Frame.around((ring for rings in counties.values() for ring in rings), width=WIDTH)
    return Drawing(
        frame.width,
        frame.height,
        {code: frame.path(rings) for code, rings in municipalities.items()},
        {code: frame.path(rings) for code, rings in counties.items()},
    )


def county(code: str, municipality: str) -> Drawing | None:
    """One county with one of its municipalities; None where neither has an outline of its own."""
    rings, inside = _counties().get(code), _municipalities().get(municipality)
    if rings is None or inside is None:
        return None
    frame = Frame.around(rings, width=LITTLE, tallest=LITTLE)
    return Drawing(frame.width, frame.height, {municipality: frame.path(inside)}, {code: frame.path(rings)})


def _municipalities() -> dict[str, list[Ring]]:
    return outlines(_HERE / "municipalities.geojson")


def _counties() -> dict[str, list[Ring]]:
    return outlines(_HERE / "counties.geojson")
