"""The public part of the directory in Open Referral's Human Services Data Specification, version 3.1 (HSDS), as JSON.

An authority is an organization; what its contacts of one kind are for is a service; a service point
is a location, where customer service is given. What is for officials only is not public data, so it
never stands here, nor do practices.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import UUID, uuid5

from django.db.models import TextChoices
from django.utils import translation
from django.utils.encoding import punycode

from contacts.models import Authority, Contact, Municipality, MunicipalityRegion, PostalCode, ServicePoint
from contacts.models.entries import Audience, ContactKind
from contacts.rules.hours import week
from kela_kunta.base import clock

VERSION = "3.1"
NAMES = UUID("5a1f0a43-6f0c-4c58-9a3e-1f1c8a0d7e52")  # what has no id of its own is named under this one
WEEKS_AHEAD = 30  # within which there is one without public holidays
END_OF_DAY = time(23, 59)  # 24:00 is no time there
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_AS_IT_IS = "%:@!$&'()*+,;=/?"  # beside letters and digits, in a path, query or fragment
Json = dict[str, Any]


@dataclass(slots=True)
class _Service:
    """An authority's contacts of one kind, and the points where it is given."""

    owner: Authority
    kind: str
    contacts: list[Contact] = field(default_factory=list)
    points: list[ServicePoint] = field(default_factory=list)

    @property
    def id(self) -> str:
        return _id("service", self.owner.code, self.kind)


def hsds(*, on: date, owner: str = "") -> Json:
    """All services as of a day, of one `owner` or of everybody, as one page. Five statements."""
    found = _services(owner)
    places = _Places(on)
    return {
        "total_items": len(found),
        "total_pages": 1,
        "page_number": 1,
        "size": len(found),
        "first_page": True,
        "last_page": True,
        "empty": not found,
        "contents": [_service(one, places) for one in found],
    }


def _services(owner: str) -> list[_Service]:
    contacts = Contact.objects.filter(audience=Audience.PUBLIC).select_related("owner").order_by("id")
    points = ServicePoint.objects.select_related("owner").order_by("id")
    found: dict[tuple[str, str], _Service] = {}
    for contact in contacts.filter(owner=owner) if owner else contacts:
        key = contact.owner_id, contact.kind
        found.setdefault(key, _Service(contact.owner, contact.kind)).contacts.append(contact)
    for point in points.filter(owner=owner) if owner else points:
        key = point.owner_id, ContactKind.CUSTOMER_SERVICE.value
        found.setdefault(key, _Service(point.owner, key[1])).points.append(point)
    return [found[key] for key in sorted(found)]


class _Places:
    """Names of places on a day, and a week that is like most."""

    def __init__(self, on: date) -> None:
        self.municipalities = dict(Municipality.objects.values_list("code", "name_fi"))
        self.post_offices = dict(PostalCode.objects.values_list("code", "name_fi"))
        members = MunicipalityRegion.objects.filter(valid__contains=on)
        self.regions = dict(members.values_list("municipality", "region__name_fi"))
        mondays = [on + timedelta(weeks=ahead, days=-on.weekday()) for ahead in range(WEEKS_AHEAD)]
        self.monday = next((monday for monday in mondays if not week("PH 00:00-24:00", monday)), mondays[0])
        self.offset = datetime.combine(on, time(12), clock.HELSINKI).isoformat()[-6:]


def _service(one: _Service, places: _Places) -> Json:
    rows = [*one.contacts, *one.points]
    name, swedish = _labels(ContactKind(one.kind))
    return _filled({
        "id": one.id,
        "organization_id": _id("organization", one.owner.code),
        "name": name,
        "alternate_name": swedish,
        "description": f"{name}, {one.owner.name_fi}",
        "status": "active",
        "assured_date": min(row.confirmed_on for row in rows).isoformat(),
        "last_modified": max(row.updated_at for row in rows).isoformat(timespec="milliseconds"),
        "additional_urls": [
            {"id": _id("url", row.pk), "label": row.title_fi or row.title_sv or name, "url": uri(row.link), "service_id": one.id}
            for row in one.contacts
            if row.link
        ],
        "organization": _organization(one.owner),
        "contacts": [_contact(row, one.id) for row in one.contacts],
        "languages": _languages((code for row in one.contacts for code in row.languages), "service_id", one.id),
        "schedules": [part for row in one.contacts for part in _schedules(row, places, "service_id", one.id)],
        "service_areas": _areas(one, places),
        "service_at_locations": [_at_location(row, one.id, places) for row in one.points],
    })  # fmt: skip


def _organization(owner: Authority) -> Json:
    id = _id("organization", owner.code)
    return {
        "id": id,
        "name": owner.name_fi,
        "alternate_name": owner.name_sv,
        "description": " / ".join(dict.fromkeys((owner.name_fi, owner.name_sv, owner.name_en))),
        "organization_identifiers": [
            {
                "id": _id("identifier", owner.code),
                "organization_id": id,
                "identifier_type": "Kela–kunta",
                "identifier": owner.code,
            }
        ],
    }


def _contact(row: Contact, service: str) -> Json:
    return _filled({
        "id": str(row.pk),
        "service_id": service,
        "name": row.person,
        "title": row.title_fi or row.title_sv,
        "email": _email(row.email),
        "phones": _phones(row, "contact_id", str(row.pk)),
    })  # fmt: skip


def _areas(one: _Service, places: _Places) -> list[Json]:
    """The municipalities that contacts hold for alone; the authority's whole area where one holds for all."""
    codes = {row.municipality_id or "" for row in one.contacts}
    names = [places.municipalities[code] for code in sorted(codes) if code]
    if "" in codes or not codes:
        names = [one.owner.name_fi]
    return [{"id": _id("area", one.id, name), "service_id": one.id, "name": name} for name in names]


def _at_location(row: ServicePoint, service: str, places: _Places) -> Json:
    id = _id("service_at_location", row.pk)
    served = dict.fromkeys([row.municipality_id or "", *row.serves])
    return {
        "id": id,
        "service_id": service,
        "location_id": str(row.pk),
        "service_areas": [
            {"id": _id("area", row.pk, code), "service_at_location_id": id, "name": places.municipalities[code]}
            for code in served
            if code in places.municipalities
        ],
        "location": _location(row, places),
    }


def _location(row: ServicePoint, places: _Places) -> Json:
    id = str(row.pk)
    return _filled({
        "id": id,
        "location_type": "physical",
        "organization_id": _id("organization", row.owner_id),
        "name": row.name_fi,
        "alternate_name": row.name_sv,
        "description": row.note_fi or row.note_sv,
        "languages": _languages(row.languages, "location_id", id),
        "addresses": [_address(row, places)],
        "contacts": [{"id": _id("contact", id), "location_id": id, "email": _email(row.email)}] if row.email else [],
        "phones": _phones(row, "location_id", id),
        "schedules": _schedules(row, places, "location_id", id),
    })  # fmt: skip


def _address(row: ServicePoint, places: _Places) -> Json:
    municipality = row.municipality_id or ""
    name = places.municipalities.get(municipality, "")
    return {
        "id": _id("address", row.pk),
        "location_id": str(row.pk),
        "address_1": row.street_fi,
        "city": places.post_offices.get(row.postal_code, name),
        "state_province": places.regions.get(municipality, name),
        "postal_code": row.postal_code,
        "country": "FI",
        "address_type": "physical",
    }


def _phones(row: Contact | ServicePoint, of: str, id: str) -> list[Json]:
    """The number in E.164, with the languages that are spoken there; an extension stands apart."""
    if not row.phone:
        return []
    phone = _id("phone", row.pk)
    number, _sign, extension = row.phone.partition(";ext=")
    return [
        _filled({
            "id": phone,
            of: id,
            "number": number,
            "extension": int(extension) if extension.isdigit() else None,
            "type": "voice",
            "languages": _languages(row.languages, "phone_id", phone),
        })
    ]  # fmt: skip


def _languages(codes: Iterable[str], of: str, id: str) -> list[Json]:
    return [{"id": _id("language", id, code), of: id, "code": code} for code in dict.fromkeys(codes)]


def _schedules(row: Contact | ServicePoint, places: _Places, of: str, id: str) -> list[Json]:
    """A weekly rule for each opening time, by the days on which it holds; the whole as it is kept stands as description."""
    days: defaultdict[tuple[time, time], list[str]] = defaultdict(list)
    for span in week(row.hours, places.monday):
        days[span.opens, span.closes].append(_DAYS[span.day.weekday()])
    return [
        {
            "id": _id("schedule", row.pk, opens, closes),
            of: id,
            "freq": "WEEKLY",
            "interval": 1,
            "wkst": "MO",
            "byday": ",".join(dict.fromkeys(on)),
            "opens_at": f"{opens:%H:%M}{places.offset}",
            "closes_at": f"{closes if closes != time() else END_OF_DAY:%H:%M}{places.offset}",
            "description": row.hours,
        }
        for (opens, closes), on in sorted(days.items())
    ]


def uri(link: str) -> str:
    """An address of the web by RFC 3986: ASCII alone, its host in IDNA, what else may not stand there as %XX."""
    parts = urlsplit(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", link))
    user, at, host = parts.netloc.rpartition("@")
    name, colon, port = host.partition(":")
    place = host if host.isascii() else f"{_host(name)}{colon}{port}"
    rest = [quote(part, safe=_AS_IT_IS) for part in parts[2:]]
    return urlunsplit([parts.scheme, f"{quote(user, safe=':%')}{at}{place}", *rest])


def _host(name: str) -> str:
    try:
        return punycode(name)
    except UnicodeError:  # a name that nobody can have
        return quote(name)


def _email(address: str) -> str:
    """With its domain in IDNA."""
    box, at, domain = address.rpartition("@")
    return f"{box}{at}{_host(domain)}"


def _labels(choice: TextChoices) -> tuple[str, str]:
    """In Finnish and in Swedish."""
    return _label(choice, "fi"), _label(choice, "sv")


def _label(choice: TextChoices, language: str) -> str:
    with translation.override(language):
        return str(choice.label)


def _id(*parts: object) -> str:
    return str(uuid5(NAMES, "/".join(map(str, parts))))


def _filled(json: Json) -> Json:
    """Without what is not known."""
    return {name: value for name, value in json.items() if value not in ("", None, [])}
