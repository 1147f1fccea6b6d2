"""GET /contacts/municipalities/, one of them, and GET /contacts/authorities/<code>/."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from contacts.actions.keeping import add_entry
from contacts.models import Contact, Entry, LocalPractice, Pause, ServicePoint
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.models import Pace
from referrals.types import TYPES
from tests.cast import PIRKANMAA

KEEPER = Actor.system("test")


@pytest.fixture
def get(etotu, calls_as):
    caller = calls_as(etotu)

    def call(path: str = "") -> HttpResponse:
        return caller.get(f"contacts/municipalities/{path}")

    return call


class TestSearch:
    def test_the_best_match_comes_first(self, get):
        found = get("?q=tamprere")
        assert found.status_code == 200
        assert found.json()["results"][0] == {
            "code": "837",
            "name": {"fi": "Tampere", "sv": "Tammerfors"},
            "valid_to": None,
            "successor": None,
        }

    def test_a_merged_municipality_names_its_end_and_successor(self, get):
        assert get("?q=valtimo").json()["results"][0] == {
            "code": "911",
            "name": {"fi": "Valtimo", "sv": "Valtimo"},
            "valid_to": "2019-12-31",
            "successor": "541",
        }

    def test_without_a_name_all_in_force_are_answered(self, get):
        codes = [row["code"] for row in get().json()["results"]]
        assert len(codes) == 308
        assert "911" not in codes

    def test_an_empty_name_finds_nothing(self, get):
        assert get("?q=").json() == {"results": []}

    def test_an_unknown_parameter_is_refused(self, get):
        assert get("?name=Tampere").status_code == 400


class TestOne:
    def test_who_serves_it_today(self, get):
        found = get("837/").json()
        assert (found["code"], found["name"]["sv"]) == ("837", "Tammerfors")
        assert (found["contacts"], found["service_points"], found["local_practices"]) == ([], [], [])
        served = {row["type"]: row for row in found["responsibilities"]}
        assert set(served) == set(TYPES)
        assert served["immigrant"] == {
            "type": "immigrant",
            "authority": {"code": "municipality-837", "name": "City of Tampere", "state": "open", "pause": None},
            "from": "2025-01-01",
            "to": None,
        }
        assert served["under_25"]["authority"]["code"] == "county-08"

    def test_who_served_it_then(self, get):
        served = get("405/?on=2017-10-30").json()["responsibilities"]
        assert {(row["authority"]["code"], row["from"], row["to"]) for row in served if row["type"] != "immigrant"} == {
            ("joint-eksote", "2017-01-01", "2022-12-31")
        }

    def test_nobody_serves_one_of_aland(self, get):
        assert get("478/").json()["responsibilities"] == []

    @pytest.mark.parametrize("code", ["000", "abc", "83", "8377", "%00", "837%00"])
    def test_an_unknown_code_is_not_found(self, get, code):
        found = get(f"{code}/")
        assert (found.status_code, found.json()["code"]) == (404, "not_found")

    def test_a_day_that_is_none_is_refused(self, get):
        found = get("837/?on=2026-02-30")
        assert found.status_code == 400
        assert found.json()["errors"][0]["pointer"] == "?on"


def add(model: type[Entry], owner: str = PIRKANMAA, on: date | None = None, **values: Any) -> Entry:
    return add_entry(model, values, owner=owner, by=KEEPER, on=on)


def contact(**values: Any) -> Entry:
    return add(Contact, **{"kind": "housing", "title_fi": "Asumisneuvonta", "phone": "+3584800000001"} | values)


def practice(text: str, first: date, last: date | None, *, agreed: bool = True, **values: Any) -> Entry:
    valid = DateRange(first, last + timedelta(days=1) if last else None)
    values |= {"topic": "surplus", "text_fi": text, "valid": valid, "owner_agreed_on": first}
    return add(LocalPractice, kela_agreed_on=first + timedelta(days=2) if agreed else None, **values)


def pause(type: str, first: datetime, last: datetime | None, **values: Any) -> None:
    with acting(KEEPER):
        Pause.objects.create(
            authority_id=PIRKANMAA,
            type=type,
            valid=DateTimeTZRange(first, last),
            set_at=first,
            set_by="Laura",
            **{"cause": "system", "fallback_phone": "+3584800000002"} | values,
        )


class TestEntries:
    def test_a_contact_is_told_with_its_owner_and_its_freshness(self, get):
        with clock.frozen(datetime(2026, 11, 25, 12, tzinfo=UTC)):
            row = contact(on=date(2026, 3, 31), hours="Mo-Fr 09:00-15:00; PH off", languages=["fi", "sv"])
            assert get("837/").json()["contacts"] == [
                {
                    "id": str(row.pk),
                    "owner": {"code": "county-08", "name": "Pirkanmaa wellbeing services county"},
                    "municipality": None,
                    "confirmed_on": "2026-03-31",
                    "review_on": "2026-09-30",
                    "fresh": False,
                    "kind": "housing",
                    "audience": "public",
                    "title": {"fi": "Asumisneuvonta", "sv": None},
                    "person": None,
                    "channel": "phone",
                    "phone": "+3584800000001",
                    "email": None,
                    "link": None,
                    "hours": "Mo-Fr 09:00-15:00; PH off",
                    "languages": ["fi", "sv"],
                    "note": {"fi": None, "sv": None},
                }
            ]

    def test_a_countys_contact_is_everywhere_but_where_a_nearer_one_stands(self, get):
        wide, near = contact(), contact(municipality_id="536")

        def ids(code: str) -> list[str]:
            return [row["id"] for row in get(f"{code}/").json()["contacts"]]

        assert ids("837") == [str(wide.pk)]
        assert ids("536") == [str(near.pk)]
        assert ids("698") == []

    def test_one_for_officials_stands_beside_the_public_one(self, get):
        contact()
        contact(audience="officials")
        assert {row["audience"] for row in get("837/").json()["contacts"]} == {"public", "officials"}

    def test_a_service_point_shows_where_it_is_and_where_it_is_meant_for(self, get):
        row = add(
            ServicePoint,
            owner="kela",
            municipality_id="182",
            serves=["291"],
            name_fi="Kela, Jämsä",
            street_fi="Kauppakatu 1",
            postal_code="42100",
            hands_over_commitments=True,
        )
        for code in ("182", "291"):
            (found,) = get(f"{code}/").json()["service_points"]
            assert (found["id"], found["municipality"], found["serves"]) == (str(row.pk), "182", ["291"])
            assert found["hands_over_commitments"] is True
            assert found["street"] == {"fi": "Kauppakatu 1", "sv": None}
        assert get("179/").json()["service_points"] == []

    def test_the_practice_in_force_on_the_day_is_read_back(self, get):
        practice("Ennen.", date(2023, 1, 1), date(2025, 3, 31))
        practice("Nyt.", date(2025, 4, 1), None, types=["social_work_need"])

        def told(query: str = "") -> list[tuple[str, str, str | None, str]]:
            rows = get(f"837/{query}").json()["local_practices"]
            return [(row["text"]["fi"], row["from"], row["to"], row["agreed_on"]) for row in rows]

        assert told("?on=2025-03-31") == [("Ennen.", "2023-01-01", "2025-03-31", "2023-01-03")]
        assert told("?on=2025-04-01") == told() == [("Nyt.", "2025-04-01", None, "2025-04-03")]
        assert told("?on=2022-12-31") == []

    def test_a_practice_that_one_side_only_has_agreed_to_is_not_told(self, get):
        practice("Ehdotus.", date(2025, 4, 1), None, agreed=False)
        assert get("837/").json()["local_practices"] == []

    def test_the_answer_takes_as_many_statements_however_much_there_is(self, get):
        def statements() -> int:
            with CaptureQueriesContext(
                connection,
            ) as caught:
                get("837/")
            return len(caught)

        contact()
        few = statements()
        for kind in ("child_welfare", "youth_services", "customer_service"):
            contact(kind=kind)
            add(ServicePoint, municipality_id="837", name_fi=kind, street_fi="Kauppakatu 1", postal_code="33100")
        practice("Nyt.", date(2025, 4, 1), None)
        assert statements() == few <= 20


class TestPaused:
    def test_an_authority_is_paused_in_its_type_alone(self, get):
        now = clock.now().replace(microsecond=0)
        pause("under_25", now - timedelta(hours=1), now + timedelta(days=3), text="Järjestelmä vaihtuu.")
        served = {row["type"]: row["authority"] for row in get("837/").json()["responsibilities"]}
        assert {type for type, authority in served.items() if authority["state"] == "paused"} == {"under_25"}
        found = served["under_25"]["pause"]
        assert datetime.fromisoformat(found.pop("from")) == now - timedelta(hours=1)
        assert datetime.fromisoformat(found.pop("to")) == now + timedelta(days=3)
        assert found == {
            "cause": "system",
            "text": "Järjestelmä vaihtuu.",
            "fallback_phone": "+3584800000002",
            "inbox_read": False,
        }

    def test_a_pause_of_all_types_yields_to_that_of_one(self, get):
        now = clock.now()
        pause("", now - timedelta(hours=1), None, cause="staff", fallback_phone="", inbox_read=True)
        pause("under_25", now - timedelta(hours=1), None, cause="system")
        causes = {
            row["type"]: row["authority"]["pause"] and row["authority"]["pause"]["cause"]
            for row in get("837/").json()["responsibilities"]
        }
        assert causes == dict.fromkeys(TYPES, "staff") | {"under_25": "system", "immigrant": None}

    def test_on_another_day_the_pause_of_its_noon_counts(self, get):
        pause("", datetime(2024, 5, 6, 6, tzinfo=UTC), datetime(2024, 5, 8, 6, tzinfo=UTC))
        for day, state in (("2024-05-05", "open"), ("2024-05-06", "paused"), ("2024-05-08", "open")):
            served = get(f"837/?on={day}").json()["responsibilities"]
            assert {row["authority"]["state"] for row in served} == {state}


class TestAuthority:
    @pytest.fixture
    def authority(self, etotu, calls_as):
        caller = calls_as(etotu)

        def call(code: str) -> HttpResponse:
            return caller.get(f"contacts/authorities/{code}/")

        return call

    def test_it_tells_how_it_works_in_each_type_that_it_serves(self, authority):
        pause("under_25", clock.now() - timedelta(hours=1), None)
        found = authority(PIRKANMAA).json()
        assert (found["code"], found["name"]) == (PIRKANMAA, "Pirkanmaa wellbeing services county")
        states = {row["type"]: row["state"] for row in found["states"]}
        assert states == dict.fromkeys(set(TYPES) - {"immigrant"}, "open") | {"under_25": "paused"}

    def test_kela_and_itself_are_told_what_waits_and_how_fast_it_is(self, calls_as, etotu, county_pirkanmaa, send):
        delivered = send()
        measured_at = datetime(2026, 11, 25, 3, tzinfo=UTC)
        with acting(KEEPER):
            Pace.objects.create(
                authority_id=PIRKANMAA, type=delivered.type, until_noted=1, until_begun=None, measured_at=measured_at
            )
        for client in (etotu, county_pirkanmaa):
            states = calls_as(client).get(f"contacts/authorities/{PIRKANMAA}/").json()["states"]
            (state,) = [row for row in states if row["type"] == delivered.type]
            assert (state["waiting"]["count"], state["pace"]["until_noted"]) == (1, 1)
            assert datetime.fromisoformat(state["waiting"]["since"]) == delivered.delivered_at
            assert datetime.fromisoformat(state["pace"]["measured_at"]) == measured_at
            assert state["pace"]["until_begun"] is None

    def test_others_are_not(self, calls_as, county_lapland, send):
        send()
        states = calls_as(county_lapland).get(f"contacts/authorities/{PIRKANMAA}/").json()["states"]
        assert {(row["waiting"], row["pace"]) for row in states} == {(None, None)}

    def test_it_tells_all_of_its_contacts_the_wider_first(self, authority):
        near, wide = contact(municipality_id="536"), contact()
        contact(owner="county-21")
        assert [row["id"] for row in authority(PIRKANMAA).json()["contacts"]] == [str(wide.pk), str(near.pk)]

    @pytest.mark.parametrize("code", ["county-99", "x", "%00", "county-08%00"])
    def test_an_unknown_code_is_not_found(self, authority, code):
        assert (authority(code).status_code, authority(code).json()["code"]) == (404, "not_found")

    def test_the_scope_is_needed(self, statistics, calls_as):
        assert calls_as(statistics).get(f"contacts/authorities/{PIRKANMAA}/").status_code == 403


def test_the_scope_is_needed(statistics, calls_as):
    assert calls_as(statistics).get("contacts/municipalities/").status_code == 403


def test_a_token_is_needed(calls_as):
    assert calls_as(None).get("contacts/municipalities/837/").status_code == 401


def test_an_authority_reads_it_too(county_lapland, calls_as):
    assert calls_as(county_lapland).get("contacts/municipalities/837/").status_code == 200
