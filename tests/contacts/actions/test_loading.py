"""Loading twice changes nothing; a newer version closes and opens validity."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from contacts.actions.loading import load_reference
from contacts.models import Authority, Municipality, MunicipalityRegion, PostalCode, ReferenceRelease, Responsibility
from contacts.queries import register, responsibility_gaps
from contacts.reference_files import BadReference
from kela_kunta.base import clock

pytestmark = pytest.mark.django_db

TABLES = [
    "region", "county", "district", "municipality", "authority", "municipalityregion", "municipalitycounty",
    "municipalitydistrict", "responsibility", "postalcode", "referencerelease",
]  # fmt: skip
TAMPERE = "837,social_services,county-08,2023-01-01,,high"


def row_versions() -> dict[str, list[tuple]]:
    """Every row with the version that PostgreSQL gives it: an UPDATE to the same values shows too."""
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT ctid::text, xmin::text, t::text FROM contacts_{table} t ORDER BY t::text")
            found[table] = cursor.fetchall()
    return found


def on(day: str) -> AbstractContextManager[None]:
    return clock.frozen(datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC))


def duties(code: str, type: str = "under_25") -> list[tuple]:
    rows = Responsibility.objects.filter(municipality=code, type=type, valid__endswith=None).order_by("valid")
    rows |= Responsibility.objects.filter(municipality=code, type=type, valid__endswith__gt=date(2023, 1, 1))
    return [(row.authority_id, row.valid.lower, row.valid.upper) for row in rows]


def test_loading_twice_changes_no_row_version():
    before = row_versions()
    loaded = load_reference()
    assert (loaded.changes, loaded.kept) == (0, [])
    assert row_versions() == before


def test_the_release_says_what_was_loaded():
    release = ReferenceRelease.objects.get()
    assert (release.version, len(release.digest)) == ("2026-11", 64)
    assert release.changes > 4_000


def test_every_postal_code_is_there_with_its_municipality():
    assert PostalCode.objects.count() == 5_033
    code = PostalCode.objects.get(code="00100")
    assert (code.name_fi, code.name_sv, code.municipality_id) == ("Helsinki", "Helsingfors", "091")


class TestNewerVersion:
    def test_a_postal_code_that_moved_or_was_renamed_is_brought_up_to_date(self, edit):
        edit("postal_codes.csv", "19430,Pertunmaa,Pertunmaa,588", "19430,Kirkonkylä,Kirkonkylä,507")
        loaded = load_reference(edit("VERSION", "2026-11", "2027-01"))
        code = PostalCode.objects.get(code="19430")
        assert (loaded.changes, code.name_fi, code.municipality_id) == (1, "Kirkonkylä", "507")

    def test_a_change_to_come_closes_the_old_row_and_opens_a_new_one(self, edit):
        old = Responsibility.objects.get(municipality="837", type="under_25", valid__contains=date(2026, 1, 1))
        folder = edit(
            "responsibilities.csv",
            TAMPERE,
            "837,social_services,county-08,2023-01-01,2026-12-31,high\n"
            "837,social_services,municipality-837,2027-01-01,,high",
        )
        with on("2026-11-25"):
            loaded = load_reference(folder)
        assert loaded.changes == 2 * 5
        assert duties("837") == [
            ("county-08", date(2023, 1, 1), date(2027, 1, 1)),
            ("municipality-837", date(2027, 1, 1), None),
        ]
        old.refresh_from_db()
        assert old.authority_id == "county-08"
        assert responsibility_gaps(date(2017, 1, 1), date(2030, 1, 1)) == []
        assert register().responsible("837", "under_25", date(2027, 1, 1)).authority == "municipality-837"

    def test_a_change_loaded_late_counts_from_its_own_day(self, edit):
        folder = edit(
            "responsibilities.csv",
            TAMPERE,
            "837,social_services,county-08,2023-01-01,2026-09-30,high\n"
            "837,social_services,municipality-837,2026-10-01,,high",
        )
        with on("2026-11-25"):
            assert load_reference(folder).kept == []
        assert duties("837") == [
            ("county-08", date(2023, 1, 1), date(2026, 10, 1)),
            ("municipality-837", date(2026, 10, 1), None),
        ]

    def test_the_past_is_not_overwritten_and_that_is_told(self, edit):
        folder = edit("responsibilities.csv", TAMPERE, TAMPERE.replace("county-08", "municipality-837"))
        with on("2026-11-25"):
            loaded = load_reference(folder)
        assert duties("837") == [
            ("county-08", date(2023, 1, 1), date(2026, 11, 25)),
            ("municipality-837", date(2026, 11, 25), None),
        ]
        assert len(loaded.kept) == 5
        assert "837 under_25: municipality-837 from 2023-01-01 to 2026-11-24" in " ".join(loaded.kept)

    def test_loading_it_again_on_a_later_day_changes_nothing(self, edit):
        folder = edit("responsibilities.csv", TAMPERE, TAMPERE.replace("county-08", "municipality-837"))
        with on("2026-11-25"):
            load_reference(folder)
        before = row_versions()
        with on("2027-02-01"):
            assert load_reference(folder).changes == 0
        assert row_versions() == before

    def test_a_merger_ends_the_municipality_and_its_duties_and_keeps_both(self, edit):
        edit("municipalities.csv", "009,Alavieska,Alavieska,fi,,,,", "009,Alavieska,Alavieska,fi,,2026-12-31,977,")
        edit(
            "responsibilities.csv",
            "009,social_services,county-19,2023-01-01,,",
            "009,social_services,county-19,2023-01-01,2026-12-31,",
        )
        folder = edit(
            "responsibilities.csv",
            "009,integration,municipality-009,2025-01-01,,",
            "009,integration,municipality-009,2025-01-01,2026-12-31,",
        )
        with on("2026-11-25"):
            load_reference(folder)
        known = register()
        assert known.current("009", date(2027, 1, 1)) == "977"
        assert known.responsible("009", "immigrant", date(2026, 12, 31)).authority == "municipality-009"
        assert known.responsible("009", "immigrant", date(2027, 1, 1)) is None
        assert responsibility_gaps(date(2017, 1, 1), date(2027, 6, 1)) == []

    def test_a_new_region_from_a_day_on_keeps_the_old_division(self, edit):
        folder = edit("municipality_regions.csv", "009,17,,", "009,17,,2026-12-31\n009,16,2027-01-01,")
        with on("2026-11-25"):
            load_reference(folder)
        rows = MunicipalityRegion.objects.filter(municipality="009").order_by("id")
        assert [(row.region_id, row.valid.lower, row.valid.upper) for row in rows] == [
            ("17", None, date(2027, 1, 1)),
            ("16", date(2027, 1, 1), None),
        ]

    def test_a_line_that_is_gone_ends_today_and_its_authority_stays(self, edit):
        folder = edit("responsibilities.csv", TAMPERE + "\n", "")
        with on("2026-11-25"):
            load_reference(folder)
        assert duties("837") == [("county-08", date(2023, 1, 1), date(2026, 11, 25))]
        assert Authority.objects.filter(code="county-08").exists()

    def test_a_corrected_name_is_replaced_and_noted_as_a_release(self, edit):
        edit("VERSION", "2026-11", "2027-01")
        folder = edit("municipalities.csv", "010,Alavus,Alavo,", "010,Alavus,Alavus,")
        assert load_reference(folder).changes == 1
        assert Municipality.objects.get(code="010").name_sv == "Alavus"
        assert list(ReferenceRelease.objects.order_by("id").values_list("version", "changes"))[1:] == [("2027-01", 1)]


def test_a_bad_file_is_refused_whole(edit):
    before = row_versions()
    edit("municipalities.csv", "010,Alavus,Alavo,", "010,Alavus,Alavus,")
    with pytest.raises(BadReference):
        load_reference(edit("responsibilities.csv", TAMPERE, TAMPERE.replace("high", "sure")))
    assert row_versions() == before


def test_loading_takes_few_statements(django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        load_reference()
