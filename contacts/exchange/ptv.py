"""The Suomi.fi service catalogue's (Palvelutietovaranto, PTV) open-API JSON, versions 11 and 12, as entries here.

What is read is what both versions tell; a field is taken by what is there, not by a version's
number. `modified` is never looked at: a changed connection does not move it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from contacts.exchange import ptv_hours
from contacts.exchange.grid import Unreadable
from contacts.exchange.ptv_values import Texts, codes, dicts, emails, numbers, text, texts
from contacts.models.entries import Audience, ContactKind, PointKind
from kela_kunta.base.problems import Text

ORGANIZATION, CHANNEL = "organization", "channel"
PUBLISHED = ("", "Published")
_CALLED = _("Telephone numbers left out, since they cannot be called from everywhere or are none: {n}.")
_OTHER_NUMBERS = _("Other telephone numbers left out: {n}.")
_HOURS = _("Rows of the opening hours left out: {n}.")
_ORGANIZATIONS = _("The channels in the file are of {n} organisations. Make sure that all of them are yours.")
_ADDRESSES = _("Other addresses left out: {n}.")
# What a channel is for, by the words of its name; the first that fits.
_CONTACT_KINDS = (
    (ContactKind.SOCIAL_EMERGENCY, ("sosiaalipäivyst", "socialjour", "kriisi")),
    (ContactKind.CHILD_WELFARE, ("lastensuojelu", "barnskydd")),
    (ContactKind.IMMIGRANT_SERVICES, ("maahanmuut", "kotoutu", "invandr", "integration")),
    (ContactKind.YOUTH_SERVICES, ("nuori", "nuort", "ungdom")),
    (ContactKind.HOUSING, ("asumi", "asunto", "asunno", "boende", "bostad")),
    (ContactKind.ADULT_SOCIAL_WORK, ("aikuis", "toimeentulotu", "vuxen", "utkomststöd")),
)
_POINT_KINDS = (
    (PointKind.OUTREACH, ("liikkuva", "kiertävä", "jalkautu", "mobil", "uppsökande")),
    (PointKind.SERVICE_POINT, ("palvelupiste", "yhteispalvelu", "servicepunkt", "samservice")),
)


@dataclass(frozen=True, slots=True)
class Item:
    """An organisation or a channel as an entry: `given` is the catalogue's to say, `defaults` hold for a new entry."""

    source_id: str
    kind: str
    name: str
    given: Mapping[str, Any]
    defaults: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What no entry is made of, and why."""

    source_id: str
    name: str
    reason: Text


@dataclass(slots=True)
class Catalogue:
    """What a file holds; `sorts` are the sorts of things that it tells all of."""

    items: list[Item] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    sorts: set[str] = field(default_factory=set)

    @property
    def unmapped(self) -> set[str]:
        """The ids of what is in the file, but could not be made an entry of."""
        return {one.source_id for one in self.left_out if one.source_id}


def read_ptv(content: bytes, *, on: date) -> Catalogue:
    """What the file tells as of a day: pages, a list, or one organisation or channel.

    Raises:
        Unreadable: this is no JSON of the catalogue, or some of its pages are missing.
    """
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unreadable(_("This is not JSON.")) from None
    found = Catalogue()
    seen: set[str] = set()
    rows = _rows(told)
    if not any(_sort(row) or row.get("id") for row in rows):
        raise Unreadable(_("There is no organisation and no service channel in the file."))
    organizations = {text(row["organizationId"]) for row in rows if row.get("organizationId")}
    if len(organizations) > 1:
        found.notes.append(format_lazy(_ORGANIZATIONS, n=len(organizations)))
    for one in rows:
        _take(one, found, seen, on)
    return found


def reachable(json: Mapping[str, Any], item: Item) -> dict[str, Any]:
    """The entry with a preferred way that is there: a number may have gone since somebody preferred it."""
    if item.kind != "contact":
        return dict(json)
    ways = {name: json.get(at) for name, at in {"phone": "phone", "email": "email", "secure_mail": "link"}.items()}
    ways["video"] = ways["secure_mail"]
    preferred = json.get("channel") or "phone"
    if not ways.get(preferred):
        preferred = next((name for name, value in ways.items() if value), preferred)
    return dict(json) | {"channel": preferred}


def _rows(told: Any) -> list[dict[str, Any]]:
    pages = [page for page in (told if isinstance(told, list) else [told]) if isinstance(page, dict)]
    if not any("itemList" in page for page in pages):
        return pages
    there = [page.get("pageNumber") for page in pages]
    count = max([told for page in pages if isinstance(told := page.get("pageCount"), int)], default=1)
    missing = [number for number in range(1, min(count, 10_000) + 1) if number not in there]
    if missing and count > 1:
        detail = _("Page {page} of {count} is missing. The import takes the whole, so put all pages into one list.")
        raise Unreadable(format_lazy(detail, page=missing[0], count=count))
    return [row for page in pages for row in dicts(page.get("itemList"))]


def _take(one: Mapping[str, Any], found: Catalogue, seen: set[str], on: date) -> None:
    names = texts(
        one.get("serviceChannelNames") or one.get("organizationNames") or one.get("serviceNames") or one.get("name")
    )
    name = names.any()
    sort = _sort(one)
    try:
        id = str(UUID(text(one.get("id"))))
    except ValueError:
        found.left_out.append(LeftOut("", name, _("It has no identifier of the catalogue.")))
        return
    source_id = f"{sort or 'other'}:{id}"
    if source_id in seen:
        found.left_out.append(LeftOut(source_id, name, _("It stands in the file twice.")))
        return
    seen.add(source_id)
    if sort:
        found.sorts.add(sort)
    item = _item(one, source_id, sort, names, found.notes, on)
    if isinstance(item, Item):
        found.items.append(item)
    else:
        found.left_out.append(LeftOut(source_id, name, item))


def _sort(one: Mapping[str, Any]) -> str:
    if "serviceChannelType" in one or "serviceChannelNames" in one:
        return CHANNEL
    return ORGANIZATION if "organizationType" in one or "organizationNames" in one else ""


def _item(one: Mapping[str, Any], source_id: str, sort: str, names: Texts, notes: list[Text], on: date) -> Item | Text:
    """The entry, or why there is none."""
    if text(one.get("publishingStatus")) not in PUBLISHED:
        return _("It is not published.")
    kind = text(one.get("serviceChannelType"))
    if sort == ORGANIZATION:
        return _contact(one, source_id, names, notes, on, kind=ContactKind.CUSTOMER_SERVICE)
    if kind == "Phone":
        return _contact(
            one, source_id, names, notes, on, kind=_kind_of(names, _CONTACT_KINDS, ContactKind.CUSTOMER_SERVICE)
        )
    if kind == "ServiceLocation":
        return _point(one, source_id, names, notes, on)
    if sort == CHANNEL:
        return _("Only places and telephone services are kept here, not web services and forms.")
    if "serviceNames" in one:
        return _("Services are not kept here, only organisations and service channels.")
    return _("Only a name is told here. Fetch the organisation or the channel itself.")


def _contact(
    one: Mapping[str, Any], source_id: str, names: Texts, notes: list[Text], on: date, *, kind: str
) -> Item | Text:
    common = _common(one, names, notes, on)
    if not common["phone"] and not common["email"]:
        return _("It has no telephone number and no e-mail address.")
    titles = (
        {"title_fi": names.fi, "title_sv": names.sv}
        if names.fi or names.sv
        else {"title_fi": names.any(), "title_sv": ""}
    )
    return Item(source_id, "contact", names.any(), titles | common, {"kind": kind, "audience": Audience.PUBLIC})


def _point(one: Mapping[str, Any], source_id: str, names: Texts, notes: list[Text], on: date) -> Item | Text:
    places = [
        address for address in dicts(one.get("addresses")) if text(address.get("type")) in ("", "Location", "Visiting")
    ]
    streets = [address["streetAddress"] for address in places if isinstance(address.get("streetAddress"), dict)]
    if not streets:
        return _("It has no street address in Finland.")
    if len(streets) > 1:
        notes.append(_note(names, _ADDRESSES, len(streets) - 1))
    street = streets[0]
    at = texts(street.get("street"))
    number = text(street.get("streetNumber"))
    municipality = street.get("municipality")
    code = text(municipality.get("code") if isinstance(municipality, dict) else municipality)
    given = {
        "municipality": code.zfill(3) if code.isdigit() else code,
        "name_fi": names.fi or names.any(),
        "name_sv": names.sv,
        "street_fi": f"{at.fi or at.any()} {number}".strip(),
        "street_sv": f"{at.sv} {number}".strip() if at.sv else "",
        "postal_code": text(street.get("postalCode")),
    }
    kind = _kind_of(names, _POINT_KINDS, PointKind.OFFICE)
    return Item(source_id, "service_point", names.any(), given | _common(one, names, notes, on), {"kind": kind})


def _common(one: Mapping[str, Any], names: Texts, notes: list[Text], on: date) -> dict[str, Any]:
    """What a place and a contact have in common."""
    summary = texts(
        one.get("serviceChannelDescriptions") or one.get("organizationDescriptions"), "Summary", "ShortDescription"
    )
    phones, refused = numbers(one)
    hours, odd = ptv_hours.opening_hours(one.get("serviceHours"), on=on)
    for sentence, count in ((_CALLED, refused), (_OTHER_NUMBERS, len(phones) - 1), (_HOURS, odd)):
        if count > 0:
            notes.append(_note(names, sentence, count))
    return {
        "phone": phones[0] if phones else "",
        "email": next(iter(emails(one)), ""),
        "hours": hours,
        "languages": codes(one.get("languages")),
        "note_fi": summary.fi,
        "note_sv": summary.sv,
    }


def _kind_of(names: Texts, kinds: Any, otherwise: str) -> str:
    told = f"{names.fi} {names.sv}".lower()
    return next((kind for kind, words in kinds if any(word in told for word in words)), otherwise)


def _note(names: Texts, sentence: Any, count: int) -> Text:
    return format_lazy("{name}: {sentence}", name=names.any(), sentence=format_lazy(sentence, n=count))
