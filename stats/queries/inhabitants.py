"""Which municipalities make an area, and how many people live there: what counts are divided by."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from contacts.models import Municipality, MunicipalityCounty, MunicipalityDistrict, MunicipalityRegion

YEARS = (2017, 2022)  # at whose end people were counted (contacts/reference/README.md)
_MEMBERS = {"region": MunicipalityRegion, "county": MunicipalityCounty, "district": MunicipalityDistrict}


def membership(area: str, day: date) -> dict[str, str]:
    """By municipality, the region, county or district that it belongs to on `day`. One statement."""
    return dict(_members(area, day).values_list("municipality_id", f"{area}_id"))


def _members(area: str, day: date) -> QuerySet[Any]:
    return _MEMBERS[area]._default_manager.filter(valid__contains=day)


def population_year(year: int) -> int:
    """At the end of which year people were counted that figures of `year` are divided by: the nearest to the end of
    the year before."""
    return min(YEARS, key=lambda counted: abs(counted - (year - 1)))


def inhabitants(area: str, year: int, day: date) -> dict[str, int]:
    """Inhabitants by code of each region, county, district or municipality as it is on `day`. One statement.

    Merged municipalities have none of their own where their people were counted with the successor's.
    """
    column = f"population_{population_year(year)}"
    if area == "municipality":
        rows = Municipality.objects.filter(**{f"{column}__isnull": False})
        return dict(rows.values_list("code", column))
    counted = _members(area, day).values(f"{area}_id").annotate(people=Sum(f"municipality__{column}")).order_by()
    return {code: people for code, people in counted.values_list(f"{area}_id", "people") if people}
