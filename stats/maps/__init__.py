"""Outlines of the regions as SVG paths, and how their shades are told apart."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from contacts import maps as directory
from kela_kunta.base.outlines import Frame, outlines

WIDTH = 480  # units of the drawing; the height follows
TILE = (84, 54)  # units of one tile, with the space around it
_LONGEST = 9  # letters of a name on a tile
_COMMON = re.compile(
    r" hyvinvointialue$| välfärdsområde$| wellbeing services county$| kaupunki$| stad$|^City of ", re.IGNORECASE
)

# Where each area stands among the tiles, as (column, row).
_REGION_TILES = {
    "19": (3, 0), "17": (3, 1), "18": (4, 1), "15": (1, 2), "16": (2, 2), "11": (4, 2), "12": (5, 2),
    "14": (2, 3), "13": (3, 3), "10": (4, 3), "04": (1, 4), "06": (2, 4), "07": (3, 4), "08": (4, 4), "09": (5, 4),
    "21": (0, 5), "02": (1, 5), "05": (2, 5), "01": (3, 5),
}  # fmt: skip
_COUNTY_TILES = {
    "21": (3, 0), "19": (3, 1), "20": (4, 1), "17": (1, 2), "18": (2, 2), "13": (4, 2), "14": (5, 2),
    "16": (2, 3), "15": (3, 3), "12": (4, 3), "06": (1, 4), "08": (2, 4), "09": (3, 4), "10": (4, 4), "11": (5, 4),
    "05": (1, 5), "07": (2, 5), "02": (3, 5), "91": (0, 6), "03": (2, 6), "04": (3, 6), "01": (4, 6), "90": (3, 7),
}  # fmt: skip
TILES = {"region": _REGION_TILES, "county": _COUNTY_TILES}


@cache
def region_paths(year: int) -> tuple[int, dict[str, str]]:
    """The drawing's height and, by region code, the path of each region's outline in the division of `year`."""
    name = "regions.geojson" if year >= 2021 else "regions_until_2020.geojson"
    areas = outlines(Path(__file__).with_name(name))
    frame = Frame.around((ring for rings in areas.values() for ring in rings), width=WIDTH)
    return frame.height, {code: frame.path(rings) for code, rings in areas.items()}


def paths(kind: str, year: int) -> tuple[int, int, dict[str, str]]:
    """Width and height of the drawing and the outlines by code: of the regions in the division of `year`, or of the
    wellbeing services counties."""
    if kind == "county":
        drawing = directory.country()
        return drawing.width, drawing.height, drawing.counties
    height, regions = region_paths(year)
    return WIDTH, height, regions


def tiles(kind: str) -> tuple[int, int, dict[str, tuple[int, int]]]:
    """Width and height of the drawing, and the left upper corner of each area's tile."""
    wide, high = TILE
    places = {code: (column * wide, row * high) for code, (column, row) in TILES[kind].items()}
    return max(x for x, _ in places.values()) + wide, max(y for _, y in places.values()) + high, places


def short(name: str) -> str:
    """A name as it fits on a tile: without what all have in common, a first part as its letter, the rest cut."""
    words = re.split(r"[ -]", _COMMON.sub("", name))
    first = f"{words[0][0]}-" if len(words) > 1 else ""
    last, room = words[-1], _LONGEST - len(first)
    return first + (last if len(last) <= room else f"{last[: room - 1]}.")


def classes(values: list[int], steps: int = 5, *, digits: int = 2) -> list[int]:
    """Upper limits of at most `steps` classes of about equally many `values`, each rounded up to so many `digits`."""
    ordered = sorted(value for value in values if value)
    if not ordered:
        return []
    limits = {
        _round_up(ordered[min(len(ordered) - 1, len(ordered) * step // steps)], digits) for step in range(1, steps)
    }
    return sorted(limits | {_round_up(ordered[-1], digits)})


def _round_up(value: int, digits: int) -> int:
    unit = 10 ** max(len(str(value)) - digits, 0)
    return -(-value // unit) * unit
