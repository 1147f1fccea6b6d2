"""All municipalities by what they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from contacts.models import (
    Authority,
    AuthorityKind,
    County,
    FinnishOrder,
    Municipality,
    MunicipalityCounty,
    MunicipalityRegion,
)
from contacts.queries.places import ALAND_COUNTY


@dataclass(frozen=True, slots=True)
class Area:
    """A wellbeing services county with the authority of it, None for Åland, and its municipalities in Finnish order."""

    county: County
    authority: str | None
    municipalities: list[Municipality]


def areas(day: date) -> list[Area]:
    """All counties of `day` in Finnish order, Åland last. Two statements."""
    authorities = set(Authority.objects.filter(kind=AuthorityKind.COUNTY).values_list("code", flat=True))
    rows = MunicipalityCounty.objects.filter(valid__contains=day, municipality__valid__contains=day)
    found: dict[str, Area] = {}
    for row in rows.select_related("county", "municipality").order_by(*_in_order("county"), *_in_order("municipality")):
        code = f"county-{row.county.code}"
        area = found.setdefault(row.county.code, Area(row.county, code if code in authorities else None, []))
        area.municipalities.append(row.municipality)
    return sorted(found.values(), key=lambda area: area.county.code == ALAND_COUNTY)


def municipalities_of(regions: Iterable[str], day: date) -> dict[str, list[Municipality]]:
    """The municipalities of each of `regions` on `day`, by the region's code, in Finnish order. One statement."""
    in_force = {"region__in": regions, "valid__contains": day, "municipality__valid__contains": day}
    rows = MunicipalityRegion.objects.filter(**in_force).select_related("municipality")
    found: defaultdict[str, list[Municipality]] = defaultdict(list)
    for row in rows.order_by(*_in_order("municipality")):
        found[row.region_id].append(row.municipality)
    return found


def _in_order(of: str) -> tuple[FinnishOrder, str]:
    language = (get_language() or "fi")[:2]
    return FinnishOrder(f"{of}__name_{language if language in ('sv', 'en') else 'fi'}"), f"{of}__pk"
