"""Tables with their words: what exports and interfaces are written from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import prod

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kela_kunta.base import clock
from stats import wording
from stats.exports.dataset import Dataset, Dimension
from stats.models import CountedYear
from stats.queries.publishing import AREAS, Published, TooManyCells
from stats.queries.shown import limited, shown

LARGEST = 500_000  # cells of a cube


def figures(
    year: int,
    by: Sequence[str],
    *,
    full: bool,
    division: date | None = None,
    only: Mapping[str, str] | None = None,
) -> Dataset:
    """A year's table in the language active now: with every count for those who may see them (`full`), else as it may
    leave Kela; by areas of the year's last day or of the day `division`, `only` with these values of its dimensions.

    Raises:
        KeyError: there is no such dimension.
        TooManyCells
    """
    [found] = shown(year, by, full=full, division=division)
    return dataset(year, limited(found, only or {}), division=division)


def dataset(year: int, found: Published, *, division: date | None = None) -> Dataset:
    """A table with its words.

    Raises:
        TooManyCells: its cube would be larger than anybody reads.
    """
    if prod(len({cell[place] for cell in found.cells}) for place in range(len(found.by))) > LARGEST:
        raise TooManyCells
    hidden = sum(count is None for count in found.cells.values())
    return Dataset(
        name="_".join(["kela_kunta", str(year), *found.by]),
        title=wording.title(found.by, [year]),
        measure=_("Referrals"),
        dimensions=[
            Dimension(
                name,
                str(wording.DIMENSIONS[name]),
                wording.values_of(name, {cell[place] for cell in found.cells}),
                is_time=name in ("year", "month"),
                is_place=name in (*AREAS, "receiver"),
            )
            for place, name in enumerate(found.by)
        ],
        cells=found.cells,
        source=_("Kela and the municipalities: referrals in social assistance"),
        updated=_updated(year),
        language=(get_language() or "fi")[:2],
        notes=wording.notes(hidden=hidden, division=division),
    )


def _updated(year: int) -> datetime:
    """When the year's counts were last proved from the referrals; now, where they never were."""
    counted = CountedYear.objects.filter(year=year).first()
    return counted.built_at if counted else clock.now()
