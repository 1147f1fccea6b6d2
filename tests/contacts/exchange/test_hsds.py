"""The public part of the directory in HSDS 3.1."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from contacts.exchange.exporting import export
from contacts.exchange.hsds import hsds, uri
from contacts.models import District
from kela_kunta.base.actor import Actor
from tests.contacts.exchange.entries import PIRKANMAA, add
from tests.contacts.exchange.hsds_shape import page
from tools.check_hsds import FORMATS, is_uri

pytestmark = pytest.mark.django_db
EDITOR = Actor("editor", "editor", "Eeva Editor", "kela")
CHECK = Draft202012Validator(page("service"), format_checker=FORMATS)


def exported(owner: str = "") -> list[dict[str, Any]]:
    """The services, checked against the shape of 3.1."""
    told = json.loads(export("hsds", kind="contact", owner=owner))
    assert [f"{list(error.path)}: {error.message}" for error in CHECK.iter_errors(told)] == []
    assert told["total_items"] == len(told["contents"])
    return told["contents"]


@pytest.fixture
def filled() -> None:
    """Contacts and points of Pirkanmaa and of Kela, with all that they can have."""
    add()
    add(
        title_sv="Vuxensocialarbete",
        municipality_id=None,
        person="Aino Esimerkki",
        email="aino@kunta.example",
        hours="24/7",
    )
    add(
        kind="housing",
        link="https://video.example/room",
        channel="video",
        phone="",
        hours="Mo,We 09:00-11:00,12:00-16:00",
    )
    add(kind="child_welfare", hours="Fr 22:00-04:00; PH off", languages=["fi", "smn"])
    add(
        "service_point",
        name_sv="Tammerfors byrå",
        phone="+35832311234",
        email="t@kunta.example",
        hours="Mo-Fr 09:00-15:00; PH off",
    )
    district = District.objects.first()
    add(owner="kela", by=EDITOR, kind="customer_service", municipality_id=None, district_id=district.pk)
    add("service_point", owner="kela", by=EDITOR, kind="service_point", note_fi="Kaupungintalolla.")


def test_an_empty_directory_is_an_empty_page():
    assert exported() == []
    assert hsds(on=date(2026, 11, 25))["empty"] is True


def test_the_whole_export_has_the_shape_of_3_1(filled):
    found = [(one["organization"]["organization_identifiers"][0]["identifier"], one["id"]) for one in exported()]
    assert [owner for owner, _id in found] == ["county-08"] * 4 + ["kela"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one.update(colour="red"),
        lambda one: one.pop("name"),
        lambda one: one.update(status="open"),
        lambda one: one.update(id="5"),
        lambda one: one["organization"].pop("description"),
        lambda one: one["service_at_locations"][0]["location"]["addresses"][0].pop("state_province"),
        lambda one: one["service_at_locations"][0]["location"].update(location_type="here"),
        lambda one: one["service_at_locations"][0]["location"]["phones"][0].update(extension="12"),
    ],
)
def test_the_shape_refuses_what_is_not_3_1(filled, spoil):
    told = json.loads(export("hsds", kind="contact"))
    spoil(
        next(
            one
            for one in told["contents"]
            if "service_at_locations" in one
            and one["organization"]["organization_identifiers"][0]["identifier"] == PIRKANMAA
        )
    )
    assert not CHECK.is_valid(told)


def test_what_is_for_officials_only_never_stands_in_it():
    add(
        audience="officials",
        kind="officials_line",
        person="Salainen Henkilö",
        title_fi="Viranomaislinja",
        phone="+358407654321",
    )
    add("local_practice", text_fi="Soita ensin.")
    assert exported() == []
    add(person="Aino Esimerkki")
    text = json.dumps(exported(), ensure_ascii=False)
    assert "Aino Esimerkki" in text
    for word in ("Salainen", "Viranomaislinja", "7654321", "Soita ensin"):
        assert word not in text


def test_hours_are_weekly_rules_with_helsinkis_time():
    add(hours="Mo-Fr 09:00-15:00; Sa 10:00-14:00; PH off")
    (service,) = hsds(on=date(2026, 11, 25))["contents"]
    rules = [
        (one["byday"], one["opens_at"], one["closes_at"], one["freq"], one["wkst"]) for one in service["schedules"]
    ]
    assert rules == [
        ("MO,TU,WE,TH,FR", "09:00+02:00", "15:00+02:00", "WEEKLY", "MO"),
        ("SA", "10:00+02:00", "14:00+02:00", "WEEKLY", "MO"),
    ]


def test_a_week_with_a_public_holiday_does_not_change_the_rules():
    add(hours="Mo-Fr 09:00-15:00; PH off")
    (christmas,) = hsds(on=date(2026, 12, 24))["contents"]
    (summer,) = hsds(on=date(2026, 7, 1))["contents"]
    assert christmas["schedules"][0]["byday"] == summer["schedules"][0]["byday"] == "MO,TU,WE,TH,FR"
    assert summer["schedules"][0]["opens_at"] == "09:00+03:00"


def test_a_place_stands_at_its_owners_customer_service():
    point = add("service_point", phone="+35832311234", languages=["fi", "sv"])
    (service,) = exported(PIRKANMAA)
    (at,) = service["service_at_locations"]
    assert at["location_id"] == at["location"]["id"] == str(point.pk)
    assert [area["name"] for area in at["service_areas"]] == ["Tampere", "Kangasala", "Pirkkala"]
    (address,) = at["location"]["addresses"]
    assert (address["address_1"], address["postal_code"], address["country"]) == ("Esimerkkikatu 1", "33100", "FI")
    assert (address["city"].upper(), address["state_province"]) == ("TAMPERE", "Pirkanmaa")
    (phone,) = at["location"]["phones"]
    assert [language["code"] for language in phone["languages"]] == ["fi", "sv"]


def test_a_contact_for_all_makes_the_whole_area_the_services():
    add(municipality_id="837")
    assert [area["name"] for area in exported()[0]["service_areas"]] == ["Tampere"]
    add(municipality_id=None, title_fi="Koko alue")
    assert [area["name"] for area in exported()[0]["service_areas"]] == ["Pirkanmaan hyvinvointialue"]


def test_a_secure_mail_is_an_additional_url_which_only_3_1_has():
    add(link="https://video.example/room")
    (url,) = exported()[0]["additional_urls"]
    assert (url["url"], url["label"]) == ("https://video.example/room", "Aikuissosiaalityö")


def test_addresses_that_only_people_write_stand_as_machines_read_them():
    add(link="https://hyvä.example/ajanvaraus/työ?kieli=[fi]", email="aino@hyvä.example")
    add("service_point", email="t@hyvä.example")
    by_kind = {one["name"]: one for one in exported()}
    (contact,) = by_kind["Aikuissosiaalityö"]["contacts"]
    (url,) = by_kind["Aikuissosiaalityö"]["additional_urls"]
    assert contact["email"] == "aino@xn--hyv-sla.example"
    assert url["url"] == "https://xn--hyv-sla.example/ajanvaraus/ty%C3%B6?kieli=%5Bfi%5D"
    (point,) = (at for one in by_kind.values() for at in one.get("service_at_locations", []))
    assert point["location"]["contacts"][0]["email"] == "t@xn--hyv-sla.example"


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("https://a.example/x?y=1&z=%20#top", "https://a.example/x?y=1&z=%20#top"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://a.example/x#y#z", "https://a.example/x#y%23z"),
        ("https://[::1]:8000/", "https://[::1]:8000/"),
        ("https://i:p@hyvä.example:8443/", "https://i:p@xn--hyv-sla.example:8443/"),
        (f"https://{'ä' * 60}.example/", f"https://{'%C3%A4' * 60}.example/"),
    ],
)
def test_an_address_is_a_uri(link, told):
    assert uri(link) == told
    assert is_uri(told)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"])))
def test_no_path_makes_it_anything_else(path):
    assert is_uri(uri(f"https://a.example/{path}"))
    assert uri(uri(f"https://a.example/{path}")) == uri(f"https://a.example/{path}")


def test_ids_stay_the_same_and_one_owners_export_is_a_part_of_all(filled):
    assert exported() == exported()
    own = exported(PIRKANMAA)
    assert own
    assert [one for one in exported() if one in own] == own


def test_every_id_is_unique_among_its_kind(filled):
    def ids(value: Any, kind: str = "service"):
        if isinstance(value, dict):
            if kind != "organization" and kind != "organization_identifiers":
                yield kind, value.get("id")
            for name, inner in value.items():
                yield from ids(inner, name)
        elif isinstance(value, list):
            for one in value:
                yield from ids(one, kind)

    found = [pair for pair in ids(exported()) if pair[1]]
    assert len(found) == len(set(found))
