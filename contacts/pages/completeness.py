"""What the directory lacks, region by region and municipality by municipality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.pages import for_roles
from contacts.actions.keeping import may_keep
from contacts.models import Authority, Contact, Municipality, Region
from contacts.models.entries import ContactKind
from contacts.queries.completeness import (
    Area,
    Counts,
    Need,
    Place,
    aland,
    completeness,
    counts_of,
    last_check,
)
from contacts.rules.completeness import State, required_on
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor

READERS = ("handler", "supervisor", "editor", "analyst", "worker", "lead", "directory")
ALAND_REGION = "21"
REGIONS, EVERY, INCOMPLETE = "", "all", "incomplete"
SHOWN = {REGIONS: _("Regions"), EVERY: _("All municipalities"), INCOMPLETE: _("Incomplete municipalities")}
STATES = {
    State.CURRENT: _("confirmed"),
    State.DUE: _("to be confirmed soon"),
    State.STALE: _("not confirmed in time"),
    State.MISSING: _("missing"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """How one kind stands in one municipality; `url` leads to where it is seen, or added by who may."""

    state: State
    words: str | Promise
    kind: ContactKind
    owner: Authority | None
    url: str
    adds: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A municipality with its cells in the order of the columns."""

    municipality: Municipality
    counts: Counts
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Block:
    """A region with the municipalities of it that are shown."""

    region: Region
    counts: Counts
    rows: list[Row]


@for_roles(*READERS)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`?region=` shows one region, `?show=` every municipality or those that lack something; by default the regions."""
    today = clock.today()
    regions = list(Region.objects.exclude(pk=ALAND_REGION).order_by("sort_key"))
    region = next((one.code for one in regions if one.code == request.GET.get("region")), "")
    show = request.GET["show"] if request.GET.get("show") in SHOWN else REGIONS
    if region and show == REGIONS:
        show = EVERY
    areas = completeness(today, region=region or None)
    places = [place for area in areas for place in area.places]
    context: dict[str, Any] = {
        "regions": regions,
        "region": region,
        "shown": SHOWN.items(),
        "show": show,
        "areas": areas,
        "blocks": _blocks(areas, show, request.actor) if show else [],
        "counts": counts_of(places),
        "municipalities": len(places),
        "complete": sum(place.counts.complete for place in places),
        "kinds": [ContactKind(row.kind).label for row in required_on(today)],
        "states": STATES.items(),
        "check": last_check(),
        "aland": aland(today),
    }
    template = "contacts/completeness.html"
    return render(request, f"{template}#found" if request.htmx else template, context)


def _blocks(areas: list[Area], show: str, by: Actor) -> list[Block]:
    found = [
        Block(
            area.region,
            area.counts,
            [_row(place, by) for place in area.places if show != INCOMPLETE or not place.counts.complete],
        )
        for area in areas
    ]
    return [block for block in found if block.rows]


def _row(place: Place, by: Actor) -> Row:
    return Row(place.municipality, place.counts, [_cell(place.municipality, need, by) for need in place.needs])


def _cell(municipality: Municipality, need: Need, by: Actor) -> Cell:
    adds = need.state == State.MISSING and need.owner is not None and may_keep(by, need.owner.code, Contact)
    if adds:
        wanted = urlencode({"kind": need.kind, "municipality": municipality.code})
        url = f"{reverse('contacts:new', args=['contact'])}?{wanted}"
    else:
        url = reverse("contacts:municipality", args=[municipality.code])
    return Cell(need.state, STATES[need.state], need.kind, need.owner, url, adds)
