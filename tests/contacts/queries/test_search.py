"""Everything that can be found, however it is typed."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from django.db import connection

from contacts.actions.keeping import change_entry, remove_entry
from contacts.actions.loading import load_reference
from contacts.models import Municipality, SearchName
from contacts.queries.search import Kind, Place, search, search_municipalities
from tests.directory import KEEPER, contact

pytestmark = pytest.mark.django_db

FIRST_SHARE = 0.97
LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"


def mistyped(name: str, chance: random.Random) -> Iterator[str]:
    """One error of every kind: a letter missing, extra, wrong, doubled, and two that are swapped."""
    at = chance.randrange(len(name))
    yield name[:at] + name[at + 1 :]
    yield name[:at] + chance.choice(LETTERS) + name[at:]
    yield name[:at] + chance.choice([letter for letter in LETTERS if letter != name[at].lower()]) + name[at + 1 :]
    yield name[: at + 1] + name[at:]
    at = chance.choice([at for at in range(len(name) - 1) if name[at] != name[at + 1]])
    yield name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def found(text: str) -> dict[Kind, list]:
    return {group.kind: list(group.hits) for group in search(text)}


def best(text: str) -> str:
    return search_municipalities(text)[0].name_fi


class TestMunicipalities:
    def test_a_typing_error_in_any_name_still_finds_it(self):
        chance = random.Random(2026)
        tried = first = 0
        for municipality in Municipality.objects.order_by("code"):
            for name in sorted({municipality.name_fi, municipality.name_sv}):
                for text in mistyped(name, chance):
                    hits = [hit.code for hit in search_municipalities(text, limit=5)]
                    tried += 1
                    first += hits[:1] == [municipality.code]
                    assert municipality.code in hits or len(name) < 4, f"{text} for {name}: {hits}"
        assert tried > 2_000
        assert first / tried >= FIRST_SHARE

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Oluu", "Oulu"),
            ("Kmei", "Kemi"),
            ("Slao", "Salo"),
            ("Poori", "Pori"),
            ("Ruama", "Rauma"),
            ("Trku", "Turku"),
            ("Lathi", "Lahti"),
            ("Esspo", "Espoo"),
            ("Vanta", "Vantaa"),
            ("Vasaa", "Vaasa"),
            ("Kupoio", "Kuopio"),
            ("Juensuu", "Joensuu"),
            ("Jyväsklyä", "Jyväskylä"),
            ("Lapenranta", "Lappeenranta"),
            ("Hämenlina", "Hämeenlinna"),
            ("Rovanniemi", "Rovaniemi"),
            ("Seinajökí", "Seinäjoki"),
            ("Kristinankaupunki", "Kristiinankaupunki"),
            ("mantta-vilpula", "Mänttä-Vilppula"),
            ("vilpulla", "Mänttä-Vilppula"),
            ("Tammerfosr", "Tampere"),
            ("Helsignfors", "Helsinki"),
            ("Björnborg", "Pori"),
            ("Karleb", "Kokkola"),
            ("Jakobstadt", "Pietarsaari"),
            ("Uleoborg", "Oulu"),
            ("Åobo", "Turku"),
            ("Grankula", "Kauniainen"),
            ("Nikarleby", "Uusikaarlepyy"),
            ("Pertunma", "Pertunmaa"),
            ("Honkajokki", "Honkajoki"),
            ("Iii", "Ii"),
        ],
    )
    def test_a_misspelled_name_comes_first(self, text, name):
        assert best(text) == name

    def test_of_equals_the_larger_comes_first_and_the_merged_last(self):
        assert [row.name_fi for row in search_municipalities("ku")][:2] == ["Kuopio", "Kurikka"]
        names = [row.name_fi for row in search_municipalities("ju")]
        assert names.index("Juankoski") > max(names.index("Juuka"), names.index("Juva"), names.index("Juupajoki"))

    def test_what_is_much_further_than_the_nearest_is_left_out(self):
        assert [row.name_fi for row in search_municipalities("Tampere")] == ["Tampere"]

    def test_takes_two_statements(self, django_assert_num_queries):
        with django_assert_num_queries(2):
            search_municipalities("Tamprere")


class TestPlaces:
    def test_a_postal_code_finds_its_place(self):
        [place] = found("33720")[Kind.PLACE]
        assert (place.codes, place.municipality.name_fi) == (["33720"], "Tampere")

    def test_the_beginning_of_a_code_finds_some_and_tells_how_many(self):
        [group] = search("331", limit=3)
        assert (len(group.hits), group.hits[0].codes) == (3, ["33100"])
        assert group.of > 3

    def test_three_digits_are_a_municipality_too(self):
        groups = found("837")
        assert [row.name_fi for row in groups[Kind.MUNICIPALITY]] == ["Tampere"]

    def test_a_place_name_finds_its_municipality_and_all_its_codes(self):
        [place, *_others] = found("Tammisari")[Kind.PLACE]
        assert (place.name, place.municipality.name_fi) == ("Tammisaari", "Raasepori")
        assert len(place.codes) > 3

    def test_a_place_of_a_merged_municipality_lies_in_the_successor(self):
        assert found("19430")[Kind.PLACE][0].municipality.name_fi == "Mäntyharju"

    def test_a_place_that_is_called_like_its_municipality_is_not_told_twice(self):
        assert "Tampere" not in [place.name for place in found("Tampere")[Kind.PLACE]]

    @pytest.mark.parametrize("text", ["33100 Tampere", " 33100 "])
    def test_what_follows_a_code_does_not_matter(self, text):
        assert isinstance(found(text)[Kind.PLACE][0], Place)


class TestAuthorities:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("pirkanman hyvinvointialue", "county-08"),
            ("Birkalands välfärdsområde", "county-08"),
            ("Lapland welbeing", "county-21"),
            ("helsingin kaupungi", "county-90"),
            ("tampereen kaupunki", "municipality-837"),
            ("kela", "kela"),
            ("fpa", "kela"),
        ],
    )
    def test_authorities_are_found_in_every_language(self, text, code):
        assert found(text)[Kind.AUTHORITY][0].code == code

    def test_one_that_serves_nobody_today_is_left_out(self):
        assert Kind.AUTHORITY not in found("Perusturvakuntayhtymä Akseli")

    @pytest.mark.parametrize("text", ["Pirkanmaa", "Birkaland", "pirknamaa"])
    def test_regions_are_found(self, text):
        assert [region.code for region in found(text)[Kind.REGION]] == ["06"]


class TestContacts:
    @pytest.mark.parametrize(
        "text",
        ["Aino Esimerkki", "esimerkki aino", "esimerki", "Ainoo", "johtava sosialityöntekijä", "ledande socialarb"],
    )
    def test_people_are_found_by_name_and_title(self, text):
        row = contact(person="Aino Esimerkki", title_fi="Johtava sosiaalityöntekijä", title_sv="Ledande socialarbetare")
        assert row in found(text)[Kind.CONTACT]

    def test_a_change_and_a_removal_are_found_at_once(self):
        row = contact(person="Aino Esimerkki")
        change_entry(row, {"person": "Eero Keksitty"}, version=row.version, by=KEEPER)
        assert found("Aino Esimerkki") == {}
        assert [hit.person for hit in found("keksitty")[Kind.CONTACT]] == ["Eero Keksitty"]
        remove_entry(row, version=row.version + 1, by=KEEPER)
        assert Kind.CONTACT not in found("keksitty")

    def test_the_longest_names_fit(self):
        contact(person="½" * 120, title_fi="ß" * 120)
        assert SearchName.objects.filter(kind="contact").count() >= 2


class TestAtAll:
    @pytest.mark.parametrize("text", ["", "   ", "\0", "%", "_", "xqzw", "'; DROP TABLE x; --", "🦌", "-"])
    def test_what_is_no_name_finds_nothing(self, text):
        assert search(text) == []

    def test_a_very_long_text_is_no_harm(self):
        assert search("tampere " * 100_000) == []

    @pytest.mark.parametrize("text", ["ka", "tam", "Kmei", "331", "esimerkki", "kunta"])
    def test_takes_at_most_six_statements(self, text, django_assert_max_num_queries):
        contact(person="Kaino Esimerkki")
        with django_assert_max_num_queries(6):
            search(text)

    def test_the_nearest_kind_comes_first(self):
        assert search("Uusimaa")[0].kind == Kind.REGION
        assert search("Kemi")[0].kind == Kind.MUNICIPALITY

    def test_nobody_writes_the_names_by_hand(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege('contacts_searchname', 'INSERT, UPDATE, DELETE')")
            assert cursor.fetchone() == (False,)

    def test_loading_again_keeps_the_names(self):
        before = set(SearchName.objects.values_list("kind", "key", "name"))
        load_reference()
        assert set(SearchName.objects.values_list("kind", "key", "name")) == before
