"""What the reference data answers, on the days that matter."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation

from contacts.models import MunicipalityRegion, ReferenceRelease, Responsibility
from contacts.queries import (
    areas_on,
    municipalities_on,
    register,
    responsibility_gaps,
    search_municipalities,
)
from contacts.queries import places as queries
from kela_kunta.base import clock
from referrals.types import TYPES

pytestmark = pytest.mark.django_db

SOCIAL_SERVICES = [type for type in TYPES if type != "immigrant"]
FIRST = date(2017, 1, 1)


def responsible(code: str, type: str, day: str) -> str | None:
    duty = register().responsible(code, type, date.fromisoformat(day))
    return duty and duty.authority


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("2017-01-01", 311),
        ("2019-12-31", 311),
        ("2020-01-01", 310),
        ("2020-12-31", 310),
        ("2021-01-01", 309),
        ("2024-12-31", 309),
        ("2025-01-01", 308),
    ],
)
def test_as_many_municipalities_are_in_force_as_there_were(day, count):
    assert municipalities_on(date.fromisoformat(day)).count() == count


def test_sixteen_municipalities_are_on_aland():
    known = register()
    aland = {row.code for row in municipalities_on(date(2026, 1, 1)) if known.municipality(row.code).aland}
    assert len(aland) == 16
    assert {"478", "035", "941"} < aland
    assert not any(known.responsible(code, type, FIRST) for code in aland for type in TYPES)


class TestResponsible:
    @pytest.mark.parametrize(
        ("code", "day", "authority"),
        [
            ("837", "2017-04-03", "municipality-837"),
            ("837", "2022-12-31", "municipality-837"),
            ("837", "2023-01-01", "county-08"),
            ("091", "2022-12-31", "municipality-091"),
            ("091", "2023-01-01", "county-90"),
            ("405", "2017-10-30", "joint-eksote"),
            ("911", "2019-12-31", "joint-siunsote"),
            ("911", "2020-01-01", None),
            ("235", "2017-01-01", "municipality-235"),
            ("235", "2026-03-10", "county-03"),
            ("562", "2017-01-01", "municipality-837"),
            ("403", "2018-12-31", "joint-kaksineuvoinen"),
            ("403", "2019-01-01", "municipality-005"),
            ("291", "2021-01-01", "municipality-291"),
            ("588", "2024-12-31", "county-12"),
            ("588", "2025-01-01", None),
            ("837", "2016-12-31", None),
        ],
    )
    def test_social_services(self, code, day, authority):
        assert {responsible(code, type, day) for type in SOCIAL_SERVICES} == {authority}

    @pytest.mark.parametrize(
        ("code", "day", "authority"),
        [
            ("837", "2017-06-26", "municipality-837"),
            ("405", "2017-06-26", "municipality-405"),
            ("562", "2022-12-31", "municipality-562"),
            ("837", "2023-01-01", "county-08"),
            ("837", "2024-12-31", "county-08"),
            ("837", "2025-01-01", "municipality-837"),
            ("091", "2022-12-31", "municipality-091"),
            ("091", "2024-12-31", "county-90"),
            ("091", "2025-01-01", "county-90"),
            ("235", "2025-01-01", "municipality-235"),
        ],
    )
    def test_immigrant_notices(self, code, day, authority):
        assert responsible(code, "immigrant", day) == authority

    def test_a_duty_tells_its_days(self):
        duty = register().responsible("837", "under_25", date(2017, 4, 3))
        assert (duty.valid_from, duty.valid_to) == (FIRST, date(2022, 12, 31))
        assert register().responsible("837", "under_25", date(2026, 1, 1)).valid_to is None

    def test_no_county_receives_an_immigrant_notice_after_2024_but_helsinki(self):
        found = {row.code for row in register().authorities_for("immigrant", date(2025, 1, 1)) if row.kind == "county"}
        assert found == {"county-90"}

    def test_twenty_one_counties_and_helsinki_receive_all_else_today(self):
        assert len(register().authorities_for("under_25", date(2026, 1, 1))) == 22


def test_merged_municipalities_lead_to_their_successors():
    known = register()
    assert known.current("099", date(2020, 12, 31)) == "099"
    assert known.current("099", date(2021, 5, 5)) == "214"
    assert [known.current(code, date(2026, 1, 1)) for code in ("174", "442", "911", "588")] == [
        "297", "051", "541", "507",
    ]  # fmt: skip


class TestRegister:
    def test_is_read_once_and_again_after_a_release(self, django_assert_num_queries):
        first = register()
        with django_assert_num_queries(1):
            assert register() is first
        ReferenceRelease.objects.create(version="next", digest="", changes=0, loaded_at=clock.now())
        with django_assert_num_queries(5):
            assert register() is not first

    def test_of_a_release_rolled_back_is_forgotten(self):
        newest = ReferenceRelease.objects.latest("id")
        register()
        assert queries._kept[0] == (newest.id, newest.loaded_at)


class TestAreas:
    def test_five_municipalities_changed_region_in_2021(self):
        moved = MunicipalityRegion.objects.filter(valid__startswith=date(2021, 1, 1))
        assert {row.municipality_id: row.region_id for row in moved} == {
            "142": "07",
            "291": "06",
            "152": "14",
            "090": "12",
            "171": "11",
        }

    def test_the_division_is_that_of_the_day(self):
        assert areas_on("142", date(2020, 12, 31)).region.name_fi == "Kymenlaakso"
        assert areas_on("142", date(2021, 1, 1)).region.name_fi == "Päijät-Häme"

    def test_counties_begin_in_2023(self):
        assert areas_on("837", date(2022, 12, 31)).county is None
        assert areas_on("837", date(2023, 1, 1)).county.code == "08"

    def test_a_merged_municipality_belongs_nowhere_any_more(self):
        assert areas_on("911", date(2019, 12, 31)).district.code == "4"
        after = areas_on("911", date(2020, 1, 1))
        assert (after.region, after.county, after.district) == (None, None, None)

    @pytest.mark.parametrize("day", [FIRST, date(2021, 1, 1), date(2026, 1, 1)])
    def test_every_municipality_in_force_has_a_region(self, day):
        covered = MunicipalityRegion.objects.filter(valid__contains=day).values("municipality")
        assert not municipalities_on(day).exclude(code__in=covered).exists()


class TestOrder:
    def test_finnish_names_end_with_a_diaeresis(self):
        with translation.override("fi"):
            names = [row.name for row in municipalities_on(date(2026, 1, 1))]
        assert names[0] == "Akaa"
        assert names[-3:] == ["Ypäjä", "Ähtäri", "Äänekoski"]

    def test_swedish_names_stand_in_their_own_places(self):
        with translation.override("sv"):
            names = [row.name for row in municipalities_on(date(2026, 1, 1))]
        assert names[-4:] == ["Åbo", "Äänekoski", "Östermark", "Övertorneå"]


class TestSearch:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Tamprere", "Tampere"),
            ("Heslinki", "Helsinki"),
            ("jyvaskyla", "Jyväskylä"),
            ("Lapeenranta", "Lappeenranta"),
            ("Kaunianen", "Kauniainen"),
            ("Seinajoki", "Seinäjoki"),
            ("Hämenlinna", "Hämeenlinna"),
            ("Pietrasaari", "Pietarsaari"),
            ("Jakobsatd", "Pietarsaari"),
            ("abo", "Turku"),
            ("Åboo", "Turku"),
            ("Ulleaborg", "Oulu"),
            ("Kuoipo", "Kuopio"),
            ("Laahti", "Lahti"),
            ("Rauam", "Rauma"),
            ("Imtara", "Imatra"),
            ("Utskoji", "Utsjoki"),
            ("aanekoski", "Äänekoski"),
            ("Grankula", "Kauniainen"),
            ("mantta vilpula", "Mänttä-Vilppula"),
            ("vilppula", "Mänttä-Vilppula"),
            ("ii", "Ii"),
            ("  TAMPERE ", "Tampere"),
            ("tam", "Tampere"),
            ("sal", "Salo"),
        ],
    )
    def test_the_right_one_comes_first(self, text, name):
        assert search_municipalities(text)[0].name_fi == name

    def test_a_merged_one_comes_with_its_successor(self):
        found = search_municipalities("honkajokki")[0]
        assert (found.code, found.successor.name_fi) == ("099", "Kankaanpää")

    @pytest.mark.parametrize("text", ["", "   ", "\0", "%", "xqzw", "'; DROP TABLE contacts_municipality; --"])
    def test_what_is_no_name_finds_nothing(self, text):
        assert search_municipalities(text) == []

    def test_a_very_long_text_is_no_harm(self):
        assert search_municipalities("tampere" * 100_000) is not None

    def test_takes_two_statements(self, django_assert_num_queries):
        with django_assert_num_queries(2):
            assert len(search_municipalities("la", limit=5)) == 5


class TestGaps:
    def test_nobody_is_without_an_authority_since_2017(self):
        assert responsibility_gaps(FIRST, clock.today()) == []

    def test_days_without_an_authority_are_found(self):
        row = Responsibility.objects.get(municipality="837", type="immigrant", valid__contains=date(2024, 1, 1))
        row.valid = DateRange(date(2023, 1, 1), date(2024, 6, 1))
        row.save(update_fields=["valid"])
        gap, *others = responsibility_gaps(FIRST, clock.today())
        assert others == []
        assert (gap.municipality, gap.name, gap.type) == ("837", "Tampere", "immigrant")
        assert (gap.first, gap.last) == (date(2024, 6, 1), date(2024, 12, 31))
        assert responsibility_gaps(date(2024, 5, 31), date(2024, 5, 31)) == []
        assert len(responsibility_gaps(date(2024, 6, 1), date(2024, 6, 1))) == 1

    def test_a_type_that_nobody_serves_is_a_gap_everywhere(self):
        Responsibility.objects.filter(type="over_25").delete()
        assert len(responsibility_gaps(date(2026, 1, 1), date(2026, 1, 1))) == 308 - 16

    def test_a_merged_municipality_leaves_no_gap(self):
        Responsibility.objects.filter(municipality="911").delete()
        gaps = responsibility_gaps(FIRST, clock.today())
        assert {(gap.first, gap.last) for gap in gaps} == {(FIRST, date(2019, 12, 31))}
