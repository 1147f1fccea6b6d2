"""What an entry's codes must be found in: one reading for a whole file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from contacts.models import District, Municipality, PostalCode, Responsibility
from contacts.queries.entries import KELA
from kela_kunta.base.problems import FieldError


@dataclass(frozen=True, slots=True)
class Known:
    """The codes in force on a day."""

    municipalities: frozenset[str]
    districts: frozenset[str]
    postal_codes: frozenset[str]
    served: Mapping[str, frozenset[str]]  # by authority


def known_on(day: date) -> Known:
    """Four statements."""
    served: defaultdict[str, set[str]] = defaultdict(set)
    for authority, municipality in Responsibility.objects.filter(valid__contains=day).values_list(
        "authority_id", "municipality_id"
    ):
        served[authority].add(municipality)
    return Known(
        frozenset(Municipality.objects.filter(valid__contains=day).values_list("code", flat=True)),
        frozenset(District.objects.values_list("code", flat=True)),
        frozenset(PostalCode.objects.values_list("code", flat=True)),
        {authority: frozenset(codes) for authority, codes in served.items()},
    )


def unknown_codes(values: Mapping[str, Any], known: Known, *, owner: str) -> Iterator[FieldError]:
    """What of an entry's checked `values` names something that is not there, or not this owner's to name."""
    municipality, district = values.get("municipality_id"), values.get("district_id")
    if municipality and municipality not in known.municipalities:
        yield FieldError("municipality", "unknown", _("There is no such municipality today."))
    elif municipality and owner != KELA and municipality not in known.served.get(owner, ()):
        yield FieldError("municipality", "not_served", _("The authority does not serve this municipality."))
    for code in values.get("serves", ()):
        if code not in known.municipalities:
            yield FieldError("serves", "unknown", _("There is no such municipality today."))
    if district and district not in known.districts:
        yield FieldError("district", "unknown", _("There is no such area of Kela."))
    elif district and (owner != KELA or municipality):
        yield FieldError(
            "district", "not_of_kela", _("Only a contact of Kela has an area of Kela, and then no municipality.")
        )
    if "postal_code" in values and values["postal_code"] not in known.postal_codes:
        yield FieldError("postal_code", "postal_code", _("There is no such postal code."))
