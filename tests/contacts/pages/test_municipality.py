"""A municipality's page, as those see it who look for whom to call."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import Role
from contacts.actions.keeping import add_entry
from contacts.models import ServicePoint
from kela_kunta.base import clock
from tests.cast import _person
from tests.contacts.pages.reading import text_of
from tests.directory import KEEPER, contact, paused, practice

pytestmark = pytest.mark.django_db
TAMPERE, COUNTY, CITY = "/contacts/municipalities/837/", "county-08", "municipality-837"


@pytest.fixture
def keeper(db):
    return _person("directory.pirkanmaa", Role.DIRECTORY, COUNTY)


def test_it_tells_whom_to_reach_at_the_county_the_municipality_and_kela(as_, handler):
    contact("adult_social_work", title_fi="Aikuissosiaalityön neuvonta", hours="24/7", languages=["fi", "sv"])
    contact("immigrant_services", owner=CITY, title_fi="Maahanmuuttajainfo")
    contact("officials_line", owner="kela", title_fi="Kelan viranomaislinja", audience="officials")
    text = text_of(as_(handler).get(TAMPERE))
    for told in (
        "Aikuissosiaalityön neuvonta",
        "040 1234567",
        "Round the clock",
        "Finnish, Swedish",
        "Maahanmuuttajainfo",
    ):
        assert told in text
    assert text.index("Maahanmuuttajainfo") < text.index("Kelan viranomaislinja")
    assert "Officials only" in text


def test_a_municipalitys_own_contact_stands_in_the_place_of_the_countys(as_, handler):
    contact("housing", title_fi="Koko maakunnan asumisneuvonta")
    contact("housing", title_fi="Tampereen asumisneuvonta", municipality_id="837")
    text = text_of(as_(handler).get(TAMPERE))
    assert "Tampereen asumisneuvonta" in text
    assert "Koko maakunnan asumisneuvonta" not in text
    assert "Koko maakunnan asumisneuvonta" in text_of(as_(handler).get("/contacts/municipalities/980/"))


def test_what_was_not_confirmed_in_time_is_marked(as_, handler):
    contact("housing", on=clock.today() - timedelta(days=400))
    contact("child_welfare", on=clock.today() - timedelta(days=1))
    text = text_of(as_(handler).get(TAMPERE))
    assert text.count("not confirmed since") == 1


def test_missing_required_contacts_are_said_and_added_by_who_keeps_them(as_, handler, keeper):
    lacks = "Housing Missing Pirkanmaa wellbeing services county keeps it."
    told = text_of(as_(handler).get(TAMPERE))
    assert lacks in told
    assert told.index("Social emergency service Missing") < told.index(lacks)
    assert "Add it" not in told
    assert f"{lacks} Add it" in text_of(as_(keeper).get(TAMPERE))
    assert (
        b'href="/contacts/entries/new/contact/?kind=housing&amp;municipality=837"' in as_(keeper).get(TAMPERE).content
    )
    contact("housing")
    assert lacks not in text_of(as_(handler).get(TAMPERE))


def test_authorities_stand_with_what_they_serve_in_and_whether_they_are_open(as_, handler, lead):
    assert text_of(as_(handler).get(TAMPERE)).count(" Open ") == 2
    paused(lead, type="under_25", text="Koulutuspäivä")
    text = text_of(as_(handler).get(TAMPERE))
    assert "Paused: Under 25 040 1234567 Shortage of staff: Koulutuspäivä" in text
    assert "until told otherwise" in text


def point(**facts):
    values = {
        "municipality_id": "837", "name_fi": "Kelan palvelupiste", "street_fi": "Kuvitteenkatu 1",
        "postal_code": "33100", "hours": "Mo-Fr 09:00-15:00; PH off",
    }  # fmt: skip
    return add_entry(ServicePoint, values | facts, owner=facts.pop("owner", "kela"), by=KEEPER)


def test_where_kela_has_no_office_it_tells_where_a_food_commitment_is_handed_over(as_, handler):
    page = as_(handler)
    assert "Nobody has told where a food commitment can be handed over." in text_of(page.get(TAMPERE))
    point(
        kind="service_point",
        name_fi="Yhteispalvelupiste",
        municipality_id="980",
        serves=["837"],
        hands_over_commitments=True,
    )
    text = text_of(page.get(TAMPERE))
    assert "Kela has no office here. A food commitment is handed over at Yhteispalvelupiste." in text
    assert "Kuvitteenkatu 1, 33100 Tampere (Ylöjärvi)" in text
    point()
    assert "Kela has no office here" not in text_of(page.get(TAMPERE))


def test_the_practice_in_force_on_a_day_is_read_back(as_, handler):
    practice("Soita ensin.", valid=DateRange(date(2024, 1, 1), date(2025, 1, 1)))
    practice("Lähetä ensin.", valid=DateRange(date(2025, 1, 1), None))
    today, then = as_(handler).get(TAMPERE), as_(handler).get(f"{TAMPERE}?on=2024-12-31")
    assert "Lähetä ensin." in text_of(today)
    assert "Soita ensin." not in text_of(today)
    assert "Soita ensin." in text_of(then)
    assert "as of 31.12.2024" in text_of(then)


def test_a_day_that_is_none_is_refused_at_its_field(as_, handler):
    answer = as_(handler).get(f"{TAMPERE}?on=31.12.2024")
    assert answer.status_code == 422
    assert "Write the date like 2026-11-23." in text_of(answer)


def test_a_merged_municipality_leads_to_its_successor_and_back(as_, handler):
    assert "Honkajoki was a municipality until 31.12.2020. It has been part of Kankaanpää since." in text_of(
        as_(handler).get("/contacts/municipalities/099/")
    )
    assert "Honkajoki" in text_of(as_(handler).get("/contacts/municipalities/214/"))


def test_aland_is_outside(as_, handler):
    assert "Åland decides social assistance by its own law" in text_of(
        as_(handler).get("/contacts/municipalities/478/")
    )


def test_there_is_no_page_of_a_code_that_never_was(as_, handler):
    assert as_(handler).get("/contacts/municipalities/999/").status_code == 404
    assert as_(handler).get("/contacts/municipalities/<x>/").status_code == 404


def test_it_is_not_for_the_auditor(as_, auditor):
    assert as_(auditor).get(TAMPERE).status_code == 403


def test_its_cost_does_not_follow_what_the_directory_holds(as_, handler, django_assert_max_num_queries):
    browser = as_(handler)
    for kind in ("housing", "child_welfare", "officials_line", "adult_social_work"):
        contact(kind)
    with django_assert_max_num_queries(32):
        browser.get(TAMPERE)
