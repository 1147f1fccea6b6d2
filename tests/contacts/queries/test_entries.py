"""What of the directory shows where and when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from contacts.actions.keeping import add_entry, remove_entry
from contacts.models import LocalPractice, Municipality, ServicePoint
from contacts.queries import entries
from contacts.rules.freshness import Freshness
from kela_kunta.base import clock
from kela_kunta.base.problems import NotFound
from tests.cast import LAPLAND, PIRKANMAA
from tests.directory import KEEPER, contact, paused, practice

pytestmark = pytest.mark.django_db
TAMPERE, NOKIA = "837", "536"
OWNERS = [PIRKANMAA, "kela"]
YEAR = date(clock.today().year, 1, 1)


def point(name: str, *, owner: str = PIRKANMAA, **facts: Any) -> ServicePoint:
    values = {"name_fi": name, "street_fi": "Katu 1", "postal_code": "33100", "municipality_id": TAMPERE} | facts
    row = add_entry(ServicePoint, values, owner=owner, by=KEEPER)
    assert isinstance(row, ServicePoint)
    return row


def proposal(**facts: Any) -> LocalPractice:
    values = {"topic": "urgent", "text_fi": "Ehdotus.", "valid": DateRange(YEAR, None)} | facts
    row = add_entry(LocalPractice, values, owner=PIRKANMAA, by=KEEPER)
    assert isinstance(row, LocalPractice)
    return row


class TestContactsAt:
    def test_the_countys_shows_where_the_municipality_has_none_of_its_own(self):
        county, own = contact("housing"), contact("housing", municipality_id=TAMPERE)
        assert entries.contacts_at(TAMPERE, OWNERS, None) == [own]
        assert entries.contacts_at(NOKIA, OWNERS, None) == [county]

    def test_one_for_officials_does_not_hide_the_public_one(self):
        public = contact("housing")
        own = contact("housing", municipality_id=TAMPERE, audience="officials")
        assert set(entries.contacts_at(TAMPERE, OWNERS, None)) == {public, own}

    def test_kelas_area_stands_in_the_place_of_all_of_kela(self):
        everywhere, area = contact(owner="kela"), contact(owner="kela", district_id="1")
        assert entries.contacts_at(TAMPERE, OWNERS, "1") == [area]
        assert entries.contacts_at(TAMPERE, OWNERS, "2") == [everywhere]
        assert entries.contacts_at(TAMPERE, OWNERS, None) == [everywhere]

    def test_the_officials_line_comes_first_and_other_owners_do_not_show(self):
        contact("housing", owner=LAPLAND)
        housing, line = contact("housing"), contact("officials_line")
        assert entries.contacts_at(TAMPERE, OWNERS, None) == [line, housing]

    def test_it_costs_one_statement(self, django_assert_num_queries):
        contact("housing", municipality_id=TAMPERE)
        with django_assert_num_queries(1):
            places = [
                row.municipality and row.municipality.name_fi for row in entries.contacts_at(TAMPERE, OWNERS, None)
            ]
        assert places == ["Tampere"]


def test_service_points_of_the_place_come_before_those_elsewhere_that_serve_it_too():
    near, kela = point("Lähellä"), point("Kela", owner="kela")
    far = point("Kaukana", municipality_id=NOKIA, serves=[TAMPERE])
    point("Muualla", municipality_id=NOKIA)
    assert entries.points_at(TAMPERE, OWNERS) == [kela, near, far]


class TestPracticesAt:
    def test_a_proposal_is_not_in_force(self):
        proposal()
        assert entries.practices_at(TAMPERE, OWNERS, clock.today()) == []

    def test_the_days_include_the_first_and_not_the_one_after_the_last(self):
        row = practice(valid=DateRange(YEAR, YEAR + timedelta(days=10)))
        shown = [entries.practices_at(TAMPERE, OWNERS, YEAR + timedelta(days=n)) for n in (-1, 0, 9, 10)]
        assert shown == [[], [row], [row], []]

    def test_a_municipalitys_own_stands_in_the_place_of_its_countys_in_that_topic_alone(self):
        county, deposits = practice("Soita."), practice("Takuu.", topic="deposits")
        own = practice("Kirjoita.", municipality_id=TAMPERE)
        assert entries.practices_at(TAMPERE, OWNERS, clock.today()) == [own, deposits]
        assert entries.practices_at(NOKIA, OWNERS, clock.today()) == [county, deposits]

    def test_those_fit_that_are_for_all_types_or_for_this_one(self):
        every, young = practice("Soita."), practice("Nuoret.", topic="young_people", types=["under_25"])
        urgent = practice("Heti.", topic="expenses", urgent_only=True)
        rows = [every, young, urgent]
        assert entries.fitting(rows, type="under_25", urgent=False) == [every, young]
        assert entries.fitting(rows, type="over_25", urgent=True) == [urgent, every]

    def test_all_versions_are_told_the_latest_first(self):
        first, second = practice(valid=DateRange(YEAR, YEAR + timedelta(days=9))), proposal(topic="deposits")
        later = proposal(valid=DateRange(YEAR + timedelta(days=9), None), municipality_id=NOKIA)
        assert entries.versions_of([PIRKANMAA])[0] == later
        assert set(entries.versions_of([PIRKANMAA], municipality=TAMPERE)) == {first, second}


def test_a_proposal_waits_for_the_side_that_has_not_agreed():
    row = proposal()
    practice(topic="deposits")
    assert entries.proposals_for("kela") == entries.proposals_for(PIRKANMAA) == [row]
    assert entries.proposals_for(LAPLAND) == []


class TestReach:
    def test_it_gathers_who_serves_and_kela(self, django_assert_num_queries):
        line, kela = contact(), contact("customer_service", owner="kela")
        here, agreed = point("Lähellä"), practice()
        tampere = Municipality.objects.get(pk=TAMPERE)
        with django_assert_num_queries(7):
            told = entries.reach(tampere, clock.today())
        assert PIRKANMAA in {authority.code for authority, _types in told.authorities}
        assert set(told.contacts) == {line, kela}
        assert told.contacts_of("kela") == [kela]
        assert (told.service_points, told.practices) == ([here], [agreed])

    def test_on_aland_nobody_is_reached(self):
        told = entries.reach(Municipality.objects.get(pk="478"), clock.today())
        assert (told.authorities, told.responsibilities) == ([], [])


def test_pauses_that_stand_and_that_are_over_are_told_apart(lead):
    now, hour = clock.now(), timedelta(hours=1)
    stands = paused(lead, begins=now)
    to_come = paused(lead, type="under_25", begins=now + hour, ends=now + 2 * hour)
    assert entries.standing_pauses(PIRKANMAA, now + hour / 2) == [stands, to_come]
    assert entries.standing_pauses(PIRKANMAA, now + 3 * hour) == [stands]
    assert entries.ended_pauses(PIRKANMAA, now + 3 * hour, most=5) == [to_come]
    assert entries.ended_pauses(PIRKANMAA, now + 3 * hour, most=0) == []
    assert entries.pause_of(LAPLAND, "under_25", now + hour / 2) is None


class TestEntry:
    def test_it_is_found_by_kind_and_id_together(self):
        row = contact()
        assert entries.entry("contact", row.pk) == row
        for kind, id in (("service_point", row.pk), ("contact", uuid4()), ("secret", row.pk)):
            with pytest.raises(NotFound):
                entries.entry(kind, id)

    def test_history_is_told_newest_first_also_of_what_is_no_more(self):
        row = contact()
        remove_entry(row, version=1, by=KEEPER)
        assert [told.action for told in entries.history(row.pk)] == ["removed", "added"]
        assert {told.entry_id for told in entries.changes_of(PIRKANMAA)} == {row.pk}
        assert not entries.changes_of(LAPLAND).exists()

    def test_all_kinds_of_an_owner_are_its_entries(self, django_assert_num_queries):
        rows = {contact(), point("Lähellä"), practice()}
        contact(owner=LAPLAND)
        with django_assert_num_queries(3):
            assert set(entries.entries_of(PIRKANMAA)) == rows

    def test_how_fresh_it_is_goes_by_when_it_was_confirmed(self):
        row = contact(on=date(2026, 1, 15))
        assert entries.freshness_of(row, date(2026, 7, 15)) == Freshness.DUE
        assert entries.freshness_of(row, date(2026, 7, 16)) == Freshness.STALE

    def test_an_owners_contacts_for_all_its_area_come_by_need(self):
        housing, line = contact("housing"), contact("officials_line")
        own = contact("housing", municipality_id=TAMPERE)
        assert entries.area_contacts(PIRKANMAA) == [line, housing]
        assert entries.contacts_of(PIRKANMAA) == [line, housing, own]
