"""The Suomi.fi service catalogue's JSON as entries."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.exchange.grid import Unreadable
from contacts.exchange.ptv import Catalogue, read_ptv
from tests.contacts.exchange.catalogue import (
    LINE,
    OFFICE,
    ORGANIZATION,
    address,
    as_version_12,
    file,
    line,
    office,
    organization,
    page,
    phone,
    texts,
)  # fmt: skip
from tests.contacts.exchange.entries import as_json

DAY = date(2026, 11, 25)


def read(*items: dict[str, Any]) -> Catalogue:
    return read_ptv(file(*items), on=DAY)


def only(*items: dict[str, Any]) -> dict[str, Any]:
    """What the one entry says."""
    found = read(*items)
    assert found.left_out == []
    (item,) = found.items
    return {"source_id": item.source_id, "of": item.kind} | dict(item.defaults) | dict(item.given)


def reason(one: dict[str, Any]) -> str:
    (left,) = read(one).left_out
    return str(left.reason)


def test_a_place_becomes_a_service_point():
    assert only(office()) == {
        "source_id": f"channel:{OFFICE}",
        "of": "service_point",
        "kind": "office",
        "municipality": "837",
        "name_fi": "Keskustan sosiaaliasema",
        "name_sv": "Centrums socialstation",
        "street_fi": "Esimerkkikatu 13 B",
        "street_sv": "Exempelgatan 13 B",
        "postal_code": "33100",
        "phone": "+358401234567",
        "email": "asema@hyvinvointi.example",
        "hours": "Mo,Tu,We,Th,Fr 09:00-15:00; PH closed",
        "languages": ["fi", "sv"],
        "note_fi": "Aikuissosiaalityötä.",
        "note_sv": "",
    }


def test_a_telephone_service_becomes_a_contact():
    found = only(line())
    assert (found["source_id"], found["of"], found["kind"]) == (f"channel:{LINE}", "contact", "adult_social_work")
    assert (found["title_fi"], found["title_sv"]) == ("Aikuissosiaalityön neuvonta", "Vuxensocialarbetets rådgivning")
    assert (found["phone"], found["email"]) == ("+358407654321", "neuvonta@hyvinvointi.example")


def test_an_organisation_becomes_a_contact_of_customer_service():
    found = only(organization())
    assert (found["source_id"], found["kind"], found["title_fi"]) == (
        f"organization:{ORGANIZATION}", "customer_service", "Esimerkin hyvinvointialue",
    )  # fmt: skip
    assert (found["phone"], found["email"]) == ("+35831234567", "kirjaamo@hyvinvointi.example")


@pytest.mark.parametrize("one", [office(), line()], ids=["place", "line"])
def test_both_versions_tell_the_same(one):
    assert only(as_version_12(one)) == only(one)


@pytest.mark.parametrize(
    "content",
    [
        as_json([office(), line()]),
        as_json(page(office(), line())),
        as_json([page(office(), count=2), page(line(), number=2, count=2)]),
    ],
    ids=["list", "page", "pages"],
)
def test_a_list_a_page_and_pages_are_understood(content):
    assert len(read_ptv(content, on=DAY).items) == 2


def test_one_alone_is_understood_with_its_mark():
    assert len(read_ptv(b"\xef\xbb\xbf" + as_json(office()), on=DAY).items) == 1


def test_a_missing_page_is_told():
    with pytest.raises(Unreadable) as refusal:
        read_ptv(as_json(page(office(), count=3)), on=DAY)
    assert "Page 2 of 3" in str(refusal.value.detail)


@pytest.mark.parametrize(
    "content",
    [b"{", b"[1, 2]", b"[]", b'"x"', b"[" * 100_000, as_json(page()), b"{}", b'{"organization": [{"id": "1"}]}'],
)
def test_what_is_no_catalogue_is_refused(content):
    with pytest.raises(Unreadable):
        read_ptv(content, on=DAY)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Sosiaalipäivystys", "social_emergency"), ("Lastensuojelun päivystysnumero", "child_welfare"),
        ("Maahanmuuttopalvelut", "immigrant_services"), ("Nuorten ohjaus", "youth_services"),
        ("Asumisneuvonta", "housing"), ("Toimeentulotukineuvonta", "adult_social_work"), ("Vaihde", "customer_service"),
    ],
)  # fmt: skip
def test_a_line_is_for_what_its_name_says(name, kind):
    assert only(line(serviceChannelNames=texts(name)))["kind"] == kind


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (
            line(serviceChannelType="EChannel"),
            "Only places and telephone services are kept here, not web services and forms.",
        ),
        (
            line(serviceChannelType="WebPage"),
            "Only places and telephone services are kept here, not web services and forms.",
        ),
        (line(phoneNumbers=[], supportEmails=[]), "It has no telephone number and no e-mail address."),
        (office(addresses=[]), "It has no street address in Finland."),
        (
            office(addresses=[address(streetAddress=None, locationAbroad=texts("Tukholma"))]),
            "It has no street address in Finland.",
        ),
        (office(publishingStatus="Deleted"), "It is not published."),
        (office(id=None), "It has no identifier of the catalogue."),
        (
            {"id": OFFICE, "serviceNames": texts("Toimeentulotuki")},
            "Services are not kept here, only organisations and service channels.",
        ),
        ({"id": OFFICE, "name": "Keskusta"}, "Only a name is told here. Fetch the organisation or the channel itself."),
    ],
)
def test_what_makes_no_entry_is_told_with_the_reason(one, sentence):
    assert reason(one) == sentence


def test_the_same_twice_is_told():
    found = read(office(), office())
    assert len(found.items) == 1
    assert [str(one.reason) for one in found.left_out] == ["It stands in the file twice."]


def test_numbers_are_read_with_their_prefix_and_the_others_are_told():
    found = read(
        line(
            phoneNumbers=[phone("116117", None), phone("0800 123456", None), phone("401112222"), phone("5", type="Fax")]
        )
    )
    assert found.items[0].given["phone"] == "+358800123456"
    assert len(found.notes) == 2


def test_municipalities_get_their_zeros_back_and_a_plain_code_is_understood():
    at = address()["streetAddress"]
    assert (
        only(office(addresses=[address(streetAddress=at | {"municipality": {"code": "5"}})]))["municipality"] == "005"
    )
    assert only(office(addresses=[address(streetAddress=at | {"municipality": "091"})]))["municipality"] == "091"


def test_a_place_named_in_swedish_alone_has_that_name():
    found = only(office(serviceChannelNames=texts(sv="Socialstationen")))
    assert (found["name_fi"], found["name_sv"]) == ("Socialstationen", "Socialstationen")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["value", "language", "code", "street", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(sorted(office())), json_values, st.sampled_from([office, line, organization]))
def test_whatever_stands_in_a_field_is_mapped_or_told(name, value, of):
    found = read_ptv(as_json([of(**{name: value})]), on=DAY)
    assert len(found.items) + len(found.left_out) == 1


@given(json_values, json_values)
def test_whatever_a_page_tells_of_itself_is_read_or_refused(number, count):
    with suppress(Unreadable):
        assert len(read_ptv(as_json(page(office()) | {"pageNumber": number, "pageCount": count}), on=DAY).items) == 1


def test_channels_of_several_organisations_are_pointed_out():
    assert read(office(), line()).notes == []
    (note,) = read(office(), line(organizationId=LINE)).notes
    assert "of 2 organisations" in str(note)
