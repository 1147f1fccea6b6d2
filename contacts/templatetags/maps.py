"""Drawings of where something is."""

from __future__ import annotations

from typing import Any

from django import template

from contacts import maps
from contacts.models import Municipality
from contacts.queries import county_on
from kela_kunta.base import clock

register = template.Library()


@register.inclusion_tag("contacts/_map.html")
def little_map(municipality: Municipality) -> dict[str, Any]:
    """The outline of the municipality's county with the municipality filled; nothing where one is too small to draw.

    One statement.
    """
    county = county_on(municipality.code, clock.today())
    drawing = maps.county(county.code, municipality.code) if county else None
    return {"county": county, "municipality": municipality, "drawing": drawing}
