"""The directory's front page: find a municipality, an authority or a person, or go there by the list or the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.pages import for_roles
from contacts import maps
from contacts.models import Authority, Contact, Municipality, Region
from contacts.queries.browsing import areas, municipalities_of
from contacts.queries.search import LONGEST_TEXT, Found, Kind, Place
from contacts.queries.search import search as find
from kela_kunta.base import clock

READERS = ("handler", "supervisor", "editor", "analyst", "worker", "lead", "directory")
SHOWN_CODES = 3
LABELS: dict[Kind, str | Promise] = {
    Kind.MUNICIPALITY: _("Municipalities"),
    Kind.PLACE: _("Postal codes and places"),
    Kind.AUTHORITY: _("Authorities"),
    Kind.REGION: _("Regions"),
    Kind.CONTACT: _("Contacts"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of the results: a link, what stands after it, a number to call, and what belongs to it."""

    name: str
    url: str = ""
    more: str = ""
    phone: str = ""
    members: Sequence[Municipality] = ()


@for_roles(*READERS)
@require_safe
@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    """`?q=` is what to look for; without it there is everything to browse."""
    text = request.GET.get("q", "").strip()[:LONGEST_TEXT]
    part = "#results" if request.htmx and not request.htmx.history_restore_request else ""
    context = _found(text) if text else _everything()
    return render(request, f"contacts/search.html{part}", {"text": text, "longest": LONGEST_TEXT} | context)


def _found(text: str) -> dict[str, Any]:
    """The hits of each kind with how many more there are, and how many there are together."""
    groups = find(text)
    regions = [hit.code for group in groups for hit in group.hits if isinstance(hit, Region)]
    members = municipalities_of(regions, clock.today()) if regions else {}
    return {
        "count": sum(group.of for group in groups),
        "groups": [
            (LABELS[group.kind], [_hit(hit, members) for hit in group.hits], group.of - len(group.hits))
            for group in groups
        ],
    }


def _hit(hit: Found, members: dict[str, list[Municipality]]) -> Hit:
    match hit:
        case Municipality():
            return _municipality(hit)
        case Place():
            codes = ", ".join(hit.codes[:SHOWN_CODES]) + (" …" if len(hit.codes) > SHOWN_CODES else "")
            return Hit(f"{codes} {hit.name}", _url(hit.municipality), hit.municipality.name)
        case Authority():
            return Hit(hit.name, reverse("contacts:authority", args=[hit.code]))
        case Region():
            return Hit(hit.name, members=members[hit.code])
        case Contact():
            return _contact(hit)


def _municipality(row: Municipality) -> Hit:
    """A merged one leads to what it is now; others tell their name in the other language."""
    now = row.heir(clock.today())
    if now != row:
        return Hit(f"{row.name} → {now.name}", _url(now), gettext("merged"))
    return Hit(row.name, _url(row), " · ".join({row.name_fi, row.name_sv} - {row.name}))


def _contact(row: Contact) -> Hit:
    """A person or what a contact is for leads to where it holds."""
    if row.municipality:
        url = _url(row.municipality.heir(clock.today()))
    else:
        url = reverse("contacts:authority", args=[row.owner_id])
    where = [row.owner.name, row.municipality.name if row.municipality else ""]
    name, more = (row.person, [row.title, *where]) if row.person else (row.title, where)
    return Hit(name, url, " · ".join(part for part in more if part), row.phone)


def _url(municipality: Municipality) -> str:
    return reverse("contacts:municipality", args=[municipality.code])


def _everything() -> dict[str, Any]:
    """The municipalities by county, and the country's drawing with those of them that have an outline."""
    found, drawing = areas(clock.today()), maps.country()
    paths = drawing.municipalities
    return {
        "areas": found,
        "drawing": drawing,
        "outlined": [(row, paths[row.code]) for area in found for row in area.municipalities if row.code in paths],
    }
