"""Files of the Suomi.fi service catalogue about invented places, in the shapes of versions 11 and 12."""

from __future__ import annotations

from typing import Any

from tests.contacts.exchange.entries import as_json

ORGANIZATION = "0b7d6e1c-0000-4000-8000-000000000001"
OFFICE = "0b7d6e1c-0000-4000-8000-000000000002"
LINE = "0b7d6e1c-0000-4000-8000-000000000003"


def texts(fi: str = "", sv: str = "", type: str | None = "Name") -> list[dict[str, Any]]:
    """A localised list; version 11 tells a type beside each text."""
    kind = {"type": type} if type else {}
    return [{"language": language, "value": text} | kind for language, text in (("fi", fi), ("sv", sv)) if text]


def phone(number: str = "401234567", prefix: str | None = "+358", **facts: Any) -> dict[str, Any]:
    return {
        "type": "Phone",
        "additionalInformation": None,
        "serviceChargeType": "Chargeable",
        "chargeDescription": None,
        "prefixNumber": prefix,
        "isFinnishServiceNumber": prefix is None,
        "number": number,
        "language": "fi",
    } | facts


def hours(*opening: tuple[str, str, str, str], type: str = "DaysOfTheWeek", **facts: Any) -> dict[str, Any]:
    """One row of service hours; each opening is (first day, last day, from, to)."""
    return {
        "serviceHourType": type,
        "validFrom": None,
        "validTo": None,
        "isClosed": False,
        "validForNow": True,
        "isAlwaysOpen": False,
        "isReservation": False,
        "additionalInformation": [],
        "openingHour": [
            {"dayFrom": first, "dayTo": last, "from": opens, "to": closes} for first, last, opens, closes in opening
        ],
    } | facts


def organization(**facts: Any) -> dict[str, Any]:
    return {
        "id": ORGANIZATION,
        "oid": None,
        "sourceId": None,
        "organizationType": "Region",
        "businessCode": "0000000-0",
        "organizationNames": texts("Esimerkin hyvinvointialue", "Exempels välfärdsområde"),
        "organizationDescriptions": texts("Palvelee asukkaitaan.", type="Summary"),
        "phoneNumbers": [phone("31234567")],
        "emails": [{"value": "kirjaamo@hyvinvointi.example", "language": "fi"}],
        "webPages": [],
        "addresses": [],
        "municipality": None,
        "publishingStatus": "Published",
        "modified": "2020-03-04T14:07:04.840483",
    } | facts


def office(**facts: Any) -> dict[str, Any]:
    """A place as a service channel."""
    return {
        "id": OFFICE,
        "serviceChannelType": "ServiceLocation",
        "organizationId": ORGANIZATION,
        "serviceChannelNames": [
            *texts("Keskustan sosiaaliasema", "Centrums socialstation"),
            *texts("Asema", type="AlternativeName"),
        ],
        "serviceChannelDescriptions": [
            *texts("Aikuissosiaalityötä.", type="Summary"),
            *texts("Pitkä kuvaus.", type="Description"),
        ],
        "phoneNumbers": [phone()],
        "emails": [{"value": "asema@hyvinvointi.example", "language": "fi"}],
        "languages": ["fi", "sv"],
        "webPages": [],
        "addresses": [address()],
        "serviceHours": [hours(("Monday", "Friday", "09:00:00", "15:00:00"))],
        "services": [],
        "publishingStatus": "Published",
        "modified": "2020-03-04T14:07:04.840483",
    } | facts


def address(**facts: Any) -> dict[str, Any]:
    return {
        "type": "Location",
        "subType": "Single",
        "postOfficeBoxAddress": None,
        "streetAddress": {
            "street": texts("Esimerkkikatu", "Exempelgatan", type=None),
            "streetNumber": "13 B",
            "postalCode": "33100",
            "postOffice": texts("TAMPERE", type=None),
            "municipality": {"code": "837", "name": texts("Tampere", type=None)},
        },
        "country": "FI",
    } | facts


def line(**facts: Any) -> dict[str, Any]:
    """A telephone service as a service channel."""
    return {
        "id": LINE,
        "serviceChannelType": "Phone",
        "organizationId": ORGANIZATION,
        "serviceChannelNames": texts("Aikuissosiaalityön neuvonta", "Vuxensocialarbetets rådgivning"),
        "serviceChannelDescriptions": [],
        "phoneNumbers": [phone("407654321")],
        "supportEmails": [{"value": "neuvonta@hyvinvointi.example", "language": "fi"}],
        "languages": ["fi"],
        "serviceHours": [],
        "publishingStatus": "Published",
        "modified": "2020-03-04T14:07:04.840483",
    } | facts


def page(*items: dict[str, Any], number: int = 1, count: int = 1) -> dict[str, Any]:
    return {"pageNumber": number, "pageSize": 100, "pageCount": count, "itemList": list(items)}


def file(*items: dict[str, Any]) -> bytes:
    """One page with all."""
    return as_json(page(*items))


def as_version_12(one: dict[str, Any]) -> dict[str, Any]:
    """The same without what version 11 alone tells: nothing instead of null, empty lists and types of texts."""
    told = {
        name: value
        for name, value in one.items()
        if value not in (None, []) and name not in ("oid", "sourceId", "services")
    }
    told["serviceChannelNames"] = [
        {"language": text["language"], "value": text["value"]}
        for text in one["serviceChannelNames"]
        if text["type"] == "Name"
    ]
    return told | {"version": 12}
