"""Which contacts show on a municipality's page: what holds for a wider area, unless a nearer one stands in its place."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from enum import IntEnum
from typing import TypeVar

Row = TypeVar("Row")


class Scope(IntEnum):
    """How near an entry is to a municipality."""

    AREA = 1  # all of its owner's area
    DISTRICT = 2  # one of Kela's areas
    MUNICIPALITY = 3


def scope(*, municipality: str | None, district: str | None) -> Scope:
    """How near an entry of that municipality or district is (None for all)."""
    return Scope.MUNICIPALITY if municipality else Scope.DISTRICT if district else Scope.AREA


def nearest(rows: Iterable[tuple[Row, Hashable, Scope]]) -> list[Row]:
    """Of the rows (row, key, scope) with the same key those of the nearest scope, in their order.

    A key is what an entry is for, such as (owner, kind, audience): one for a municipality stands in
    the place of its county's.
    """
    rows = list(rows)
    best: dict[Hashable, Scope] = {}
    for _row, key, scope in rows:
        best[key] = max(scope, best.get(key, scope))
    return [row for row, key, scope in rows if scope == best[key]]
