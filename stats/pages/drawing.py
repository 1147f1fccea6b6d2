"""Maps of areas and tiles in their place, shaded by what is counted there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stats import charts, maps

COUNT, RATE = "count", "rate"
MEASURES: dict[str, str | Promise] = {COUNT: _("Number"), RATE: _("Per 1 000 inhabitants")}
OUTLINES, TILES = "outlines", "tiles"
SHAPES: dict[str, str | Promise] = {OUTLINES: _("Map"), TILES: _("Tiles")}
ALAND = {"region": "21", "county": "91"}  # where social assistance is none of Kela's tasks
FINE = 10  # rates are classed by tenths


@dataclass(frozen=True, slots=True)
class Drawn:
    """An area: where it is (`path` of the outline, `x` and `y` of the tile) and what stands there."""

    code: str
    name: str
    short: str
    value: float | None
    shade: int
    outside: bool
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Map:
    """A drawing with the key of its shades as (shade, from, to); `measure` and `shape` are what was chosen."""

    kind: str
    measure: str
    shape: str
    width: int
    height: int
    tile: tuple[int, int]
    areas: list[Drawn]
    key: list[tuple[int, float, float]]

    @property
    def measures(self) -> list[tuple[str, str | Promise]]:
        return list(MEASURES.items())

    @property
    def shapes(self) -> list[tuple[str, str | Promise]]:
        return list(SHAPES.items())


def draw(
    kind: str,
    year: int,
    names: Mapping[str, str],
    counts: Mapping[str, int | None],
    rates: Mapping[str, float | None],
    asked: QueryDict,
) -> Map:
    """The regions or counties, as `?measure=` and `?map=` ask: by number or by 1 000 inhabitants, outlines or tiles."""
    measure = RATE if asked.get("measure") == RATE else COUNT
    shape = TILES if asked.get("map") == TILES else OUTLINES
    width, height, outlines = maps.paths(kind, year)
    tiles_wide, tiles_high, tiles = maps.tiles(kind)
    values: Mapping[str, float | None] = rates if measure == RATE else counts
    fine = FINE if measure == RATE else 1
    told = {code: None if values.get(code, 0) is None else round((values.get(code) or 0) * fine) for code in outlines}
    classed = [value for code, value in told.items() if value is not None and code != ALAND[kind]]
    limits = maps.classes(classed, digits=3 if measure == RATE else 2)
    shade = dict(zip(told, charts.shades(list(told.values()), limits or [0]), strict=True))
    return Map(
        kind,
        measure,
        shape,
        *((tiles_wide, tiles_high) if shape == TILES else (width, height)),
        (maps.TILE[0] - 4, maps.TILE[1] - 4),
        [
            Drawn(
                code,
                names[code],
                maps.short(names[code]),
                values.get(code, 0),
                0 if code == ALAND[kind] else shade[code],
                code == ALAND[kind],
                path,
                *tiles[code],
            )
            for code, path in outlines.items()
        ],
        [
            (place, _next(lower, fine), upper / fine if fine > 1 else upper)
            for place, (lower, upper) in enumerate(pairwise([0, *limits]), start=1)
        ],
    )


def _next(lower: int, fine: int) -> float:
    """Where a class begins whose neighbour ends at `lower`."""
    first = lower + 1 if lower else 0
    return first / fine if fine > 1 else first
