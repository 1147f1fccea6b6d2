"""A municipality's page, as those see it who look for whom to call."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import Role
from contacts.actions.keeping import add_entry
from contacts.models import LocalPractice, ServicePoint
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


def test_first_stands_whom_an_official_calls_now(as_, handler):
    contact("adult_social_work", title_fi="Neuvonta", phone="+358401110001")
    contact("officials_line", title_fi="Julkinen linja", phone="+358401110002")
    contact("officials_line", title_fi="Viranomaislinja", phone="+358401110003", audience="officials", hours="24/7")
    contact("social_emergency", title_fi="Kriisipäivystys", phone="+358401110004", hours="24/7")
    top = text_of(as_(handler).get(TAMPERE)).partition("Whom to contact Line")[0]
    assert "040 1110003 Viranomaislinja Round the clock open round the clock" in top
    assert "Day and night Social emergency service 040 1110004 Kriisipäivystys" in top
    assert "040 1110001" not in top


def test_a_social_emergency_service_that_leaves_hours_open_is_said(as_, handler):
    gap = "Nobody has told who answers at all hours, day and night."
    contact("social_emergency", title_fi="Päivystys arkisin", hours="Mo-Fr 08:00-16:00")
    assert gap in text_of(as_(handler).get(TAMPERE))
    contact("social_emergency", title_fi="Muina aikoina", hours="Mo-Su 16:00-08:00, Sa-Su 08:00-16:00")
    assert gap not in text_of(as_(handler).get(TAMPERE))


def test_the_preferred_way_stands_first(as_, handler):
    way = {"phone": "+358401110005", "email": "neuvonta@pirkanmaa.example", "link": "https://turvaposti.example/"}
    contact("housing", channel="secure_mail", **way)
    contact("child_welfare", channel="phone", **way)
    text = text_of(as_(handler).get(TAMPERE))
    assert "Secure mail 040 1110005 neuvonta@pirkanmaa.example" in text
    assert "040 1110005 neuvonta@pirkanmaa.example Secure mail" in text


def test_an_authority_that_pauses_in_one_type_is_paused_in_part(as_, handler, lead):
    paused(lead, type="under_25")
    assert "Pirkanmaa wellbeing services county Paused in part" in text_of(as_(handler).get(TAMPERE))
    paused(lead, type="")
    assert "Pirkanmaa wellbeing services county Paused Supplementary" in text_of(as_(handler).get(TAMPERE))


def test_another_day_tells_no_state_of_today(as_, handler, lead):
    paused(lead)
    then = text_of(as_(handler).get(f"{TAMPERE}?on=2024-12-31"))
    assert "Paused" not in then
    assert "Missing" not in then
    assert "Contacts and service points are today's." in then


def test_what_stood_before_a_practice_and_what_is_proposed_leads_there(as_, handler):
    practice("Soita ensin.", valid=DateRange(date(2024, 1, 1), date(2025, 1, 1)))
    practice("Lähetä ensin.", valid=DateRange(date(2025, 1, 1), None))
    practice("Vain Nokialla.", municipality_id="536", valid=DateRange(date(2024, 1, 1), date(2025, 1, 1)))
    values = {"topic": "urgent", "text_fi": "Kysy ensin.", "valid": DateRange(date(2030, 1, 1), None)}
    proposal = add_entry(LocalPractice, values, owner=COUNTY, by=KEEPER)
    add_entry(LocalPractice, values | {"topic": "deposits"}, owner=COUNTY, by=KEEPER)
    answer = as_(handler).get(TAMPERE)
    text = text_of(answer)
    assert "Lähetä ensin." in text
    assert "in force 1.1.2024–31.12.2024" in text
    assert (
        "proposed from 1.1.2030 Urgent situations · not agreed yet: Pirkanmaa wellbeing services county, Kela" in text
    )
    assert "Not in force on this day Rent deposits : proposed from 1.1.2030" in text
    assert 'href="?on=2024-12-31#practices"' in answer.text
    assert f"/contacts/entries/local_practice/{proposal.pk}/" in answer.text
    assert "Nokia" not in text


def test_an_own_practice_stands_in_the_place_of_the_areas(as_, handler):
    practice("Koko alueella.")
    practice("Vain Tampereella.", municipality_id="837")
    text = text_of(as_(handler).get(TAMPERE))
    assert "Urgent situations Only for Tampere" in text
    assert "Koko alueella." not in text


def test_kelas_side_comes_first_to_those_who_are_not_of_kela(as_, handler, pirkanmaa):
    def kela_is_first(person):
        page = as_(person).get(TAMPERE).text
        return page.index('id="kela"') < page.index('id="points"')

    assert kela_is_first(pirkanmaa)
    assert not kela_is_first(handler)


def test_its_name_stands_in_both_languages_the_readers_own_first(as_, handler):
    browser = as_(handler)
    assert '<span lang="en">Tampere</span> <span lang="sv" class="soft">Tammerfors</span>' in browser.get(TAMPERE).text
    browser.cookies["language"] = "sv"
    assert '<span lang="sv">Tammerfors</span> <span lang="fi" class="soft">Tampere</span>' in browser.get(TAMPERE).text
