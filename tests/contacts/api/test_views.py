"""GET /contacts/municipalities/ and one of them."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from referrals.types import TYPES


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
            "authority": {"code": "municipality-837", "name": "City of Tampere", "state": "open"},
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


def test_the_scope_is_needed(statistics, calls_as):
    assert calls_as(statistics).get("contacts/municipalities/").status_code == 403


def test_a_token_is_needed(calls_as):
    assert calls_as(None).get("contacts/municipalities/837/").status_code == 401


def test_an_authority_reads_it_too(county_lapland, calls_as):
    assert calls_as(county_lapland).get("contacts/municipalities/837/").status_code == 200
