"""The tables there are, their variables, and the values that these can have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from contacts.models import County, District, Municipality, Region
from kela_kunta.base import clock
from referrals.types import TYPES
from stats import wording
from stats.exports.dataset import Dimension
from stats.models import CountedYear
from stats.pxweb.problems import NoTable, NoVariable
from stats.queries import counted_years
from stats.queries.publishing import AREAS, ATTRIBUTES, MONTHS

DATABASE = FOLDER = "kela_kunta"
CONTENTS, COUNT = "ContentsCode", "count"  # the variable that every table has, and its only value
TODAY = "_today"  # ends the name of a list of codes by the areas of today


@dataclass(frozen=True, slots=True)
class PxTable:
    """A table: counts by these dimensions of the statistics and by time.

    With `today` its areas are always those of today: counties have not been there all these years.
    """

    id: str
    by: tuple[str, ...]
    today: bool = False

    @property
    def time(self) -> str:
        return "month" if "month" in self.by else "year"

    @property
    def variables(self) -> tuple[str, ...]:
        """What may be chosen from, time last."""
        return (*(name for name in self.by if name != "month"), self.time)

    @property
    def attribute(self) -> str:
        """The dimension beside type and area; "" for none."""
        return next((name for name in self.by if name in ATTRIBUTES), "")

    @property
    def codelists(self) -> dict[str, str]:
        """The other lists of codes that a variable may have, by their names."""
        if self.attribute or self.today:
            return {}
        return {name + TODAY: name for name in self.by if name in AREAS}

    def years(self) -> list[int]:
        """The years it tells of, the earliest first: those that have ended, and what is told of one under way."""
        under_way = clock.today().year
        return sorted(year for year in counted_years() if year < under_way or self.by == ("type", "region"))

    def dimension(self, name: str, *, today: bool = False) -> Dimension:
        """A variable with all its values in the language active now, areas as of `today` or of any day.

        Raises:
            NoVariable
        """
        if name not in self.variables:
            raise NoVariable(name)
        label = str(wording.DIMENSIONS[name])
        if name == self.time:
            return Dimension(name, label, [(code, code) for code in self._times()], is_time=True)
        codes = _codes(name, clock.today() if today or self.today else None)
        return Dimension(name, label, wording.values_of(name, codes), is_place=name in AREAS)

    def _times(self) -> list[str]:
        years = self.years()
        return [f"{year}M{month}" for year in years for month in MONTHS] if self.time == "month" else [*map(str, years)]

    def title(self, times: Sequence[str] = (), by: Sequence[str] = ()) -> str:
        """Such as "Referrals from Kela by type and region, 2017–2025": of these times and dimensions, or of all."""
        told = times or self._times()
        span = [told[0] if len(told) == 1 else f"{told[0]}–{told[-1]}"] if told else []
        return wording.title(by or self.by, span)

    def updated(self) -> datetime:
        """When its counts were last proved from the referrals."""
        found = CountedYear.objects.filter(year__in=self.years()).aggregate(latest=Max("built_at"))["latest"]
        return found or clock.now()


TABLES = {
    table.id: table
    for table in (
        PxTable("regions", ("type", "region")),
        PxTable("counties", ("type", "county"), today=True),
        PxTable("districts", ("type", "district")),
        PxTable("municipalities", ("type", "municipality")),
        PxTable("months", ("type", "region", "month")),
        PxTable("urgency", ("type", "region", "urgent")),
        PxTable("outcomes", ("type", "region", "outcome")),
    )
}
CODELISTS = {codelist: table for table in TABLES.values() for codelist in table.codelists}


def table_of(name: str) -> PxTable:
    """
    Raises:
        NoTable
    """
    if name not in TABLES:
        raise NoTable(name)
    return TABLES[name]


def codelist_label(name: str) -> str:
    """What a list of codes is called, such as "Region, areas of today"."""
    return _("%(dimension)s, areas of today") % {"dimension": wording.DIMENSIONS[name.removesuffix(TODAY)]}


def _codes(name: str, day: date | None) -> list[str]:
    """Every value that a dimension can have, whether or not any year has it: so tables of two days have the same."""
    if name == "type":
        return list(TYPES)
    if name == "urgent":
        return ["true", "false"]
    if name == "outcome":
        return [*dict.fromkeys(code for kind in TYPES.values() for code in kind.outcomes), "open"]
    return [*_areas(name, day), *wording.NOWHERE]


def _areas(name: str, day: date | None) -> list[str]:
    if name == "municipality":
        those = Municipality.objects.filter(valid__contains=day) if day else Municipality.objects.all()
        return list(those.values_list("code", flat=True))
    model = {"region": Region, "county": County, "district": District}[name]
    return list(model._default_manager.values_list("pk", flat=True))
