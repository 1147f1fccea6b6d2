"""The directory's front page."""

from __future__ import annotations

import gzip
import re

import pytest

from contacts import maps
from tests.directory import contact

SIZE = 100_000  # bytes, compressed


@pytest.fixture
def browser(as_, handler):
    return as_(handler)


def found(browser, text: str, **headers: str) -> str:
    response = browser.get("/contacts/", {"q": text}, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def links(html: str) -> list[tuple[str, str]]:
    results = html[html.index('<div id="results">') :]
    return re.findall(r'<a href="/contacts/(\S+?)/">(.*?)</a>', results)


class TestBrowsing:
    def test_every_municipality_is_in_the_list_and_all_but_the_smallest_on_the_map(self, browser):
        html = browser.get("/contacts/").content.decode()
        listed = re.findall(r'<li><a href="/contacts/municipalities/(\d{3})/">', html)
        drawn = re.findall(r'<a href="/contacts/municipalities/(\d{3})/" tabindex="-1"><title>', html)
        assert (len(listed), len(set(listed)), len(drawn)) == (308, 308, 302)
        assert html.count('<path class="county"') == len(maps.country().counties)

    def test_aland_stands_last_and_is_told_apart(self, browser):
        html = browser.get("/contacts/").content.decode()
        assert html.index("Åland's own law holds here") > html.index("/contacts/authorities/county-21/")
        assert html.index("Åland's own law holds here") < html.index("/contacts/municipalities/478/")

    def test_municipalities_stand_in_finnish_order(self, browser):
        html = browser.get("/contacts/").content.decode()
        order = [html.index(f'<li><a href="/contacts/municipalities/{code}/">') for code in ("931", "992")]
        assert order == sorted(order), "Viitasaari, Äänekoski"

    def test_the_page_stays_small(self, browser):
        assert len(gzip.compress(browser.get("/contacts/").content)) < SIZE

    def test_takes_few_statements(self, browser, django_assert_max_num_queries):
        with django_assert_max_num_queries(9):
            browser.get("/contacts/")


class TestSearching:
    def test_a_misspelled_municipality_comes_first(self, browser):
        html = found(browser, "Tamprere")
        assert links(html)[0] == ("municipalities/837", "Tampere")
        assert '<span class="soft">Tammerfors</span>' in html

    def test_a_postal_code_leads_to_its_municipality(self, browser):
        assert links(found(browser, "33720")) == [("municipalities/837", "33720 Tampere")]

    def test_a_merged_municipality_and_its_postal_codes_lead_to_the_successor(self, browser):
        assert links(found(browser, "Pertunmaa"))[0] == ("municipalities/507", "Pertunmaa → Mäntyharju")
        assert links(found(browser, "19430")) == [("municipalities/507", "19430 Pertunmaa")]

    def test_a_county_leads_to_its_authority(self, browser):
        expected = ("authorities/county-08", "Pirkanmaa wellbeing services county")
        assert expected in links(found(browser, "pirkanmaan hyvinvointialue"))

    def test_a_region_shows_its_municipalities(self, browser):
        assert ("municipalities/837", "Tampere") in links(found(browser, "Pirkanmaa"))

    def test_a_person_is_shown_with_the_number_and_leads_to_where_it_holds(self, browser):
        contact(person="Aino Esimerkki", phone="+358401234567")
        html = found(browser, "esimerki")
        assert links(html) == [("authorities/county-08", "Aino Esimerkki")]
        assert '<a href="tel:+358401234567">040 1234567</a>' in html

    def test_a_contact_of_a_municipality_leads_there(self, browser):
        contact(person="Aino Esimerkki", municipality_id="837")
        assert links(found(browser, "Esimerkki Aino")) == [("municipalities/837", "Aino Esimerkki")]

    def test_more_than_fits_is_told(self, browser):
        assert re.search(r"and \d+ more; write more of the name", found(browser, "ka"))

    @pytest.mark.parametrize("text", ["xqzw", "%", "'; DROP TABLE", "0", "\0", "00001"])
    def test_what_is_no_name_finds_nothing_and_says_so(self, browser, text):
        html = found(browser, text)
        assert "Nothing is called so" in html
        assert links(html) == []

    def test_what_was_typed_stays_and_is_inert(self, browser):
        assert 'value="&lt;script&gt;"' in found(browser, "<script>")

    def test_a_part_of_the_page_is_the_same_as_in_the_page(self, browser):
        part = found(browser, "Oluu", HX_Request="true")
        assert "<html" not in part
        assert part[part.index('<div id="results">') :].strip() in found(browser, "Oluu")

    def test_very_long_text_is_no_harm(self, browser):
        assert "Nothing is called so" in found(browser, "tampere" * 1_000)


@pytest.mark.parametrize("role", ["auditor"])
def test_others_may_not_read_the_directory(as_, role, request):
    assert as_(request.getfixturevalue(role)).get("/contacts/").status_code == 403
