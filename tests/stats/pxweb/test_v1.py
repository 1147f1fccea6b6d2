from __future__ import annotations

import json

import pytest
from django.test import Client
from pyscbwrapper import SCB

from tests.stats.pages.counted import year_of

pytestmark = pytest.mark.django_db
TABLE = "en/kela_kunta/referrals/regions"


@pytest.fixture
def years(db):
    year_of(2017)
    year_of(2018, times=2)


@pytest.fixture
def ask(years):
    def asked(path: str, query=None, form: str = "json"):
        address = f"/api/pxweb/v1/{path}"
        if query is None:
            return Client().get(address)
        body = {"query": query, "response": {"format": form}}
        return Client().post(address, json.dumps(body), content_type="application/json")

    return asked


def item(code: str, *values: str, filter: str = "item"):
    return {"code": code, "selection": {"filter": filter, "values": list(values)}}


@pytest.mark.filterwarnings("ignore")
def test_a_client_library_of_version_1_walks_the_tree_and_reads(transactional_db, live_server):
    year_of(2017)
    year_of(2018, times=2)
    scb = SCB("fi")
    scb.url = f"{live_server.url}/api/pxweb/v1/fi/"
    [database] = scb.info()
    scb.go_down(database["dbid"])
    [folder] = scb.info()
    scb.go_down(folder["id"])
    assert [table["type"] for table in scb.info()] == ["t"] * 7
    scb.go_down("regions")
    variables = scb.get_variables()
    assert "Pirkanmaa" in variables["Maakunta"]
    scb.set_query(Maakunta=["Pirkanmaa", "Uusimaa"], Vuosi=["2017"])
    told = scb.get_data()
    assert [(row["key"], row["values"]) for row in told["data"]] == [
        (["06", "2017"], ["222"]),
        (["01", "2017"], ["560"]),
    ]
    assert [column["type"] for column in told["columns"]] == ["d", "t", "c"]


def test_a_variable_left_out_is_summed_over_but_all_of_time_is_told(ask):
    rows = ask(TABLE, []).json()["data"]
    assert [(row["key"], row["values"]) for row in rows] == [(["2017"], ["788"]), (["2018"], ["1576"])]


def test_filters(ask):
    latest = ask(TABLE, [item("year", "1", filter="top"), item("type", "*", filter="all")]).json()["data"]
    assert {row["key"][1] for row in latest} == {"2018"}
    assert len(latest) == 6
    today = ask(TABLE, [item("region", "06", filter="vs:region_today")]).json()["data"]
    assert [row["values"] for row in today] == [["222"], ["444"]]


def test_small_counts_are_two_points(ask):
    query = [item("municipality", "562"), item("year", "2017")]
    [row] = ask("en/kela_kunta/referrals/municipalities", query).json()["data"]
    assert row["values"] == [".."]


@pytest.mark.parametrize(
    ("form", "begins"),
    [("json-stat", b'{"dataset"'), ("json-stat2", b'{"version": "2.0"'), ("px", b"\xef\xbb\xbfCHARSET"), ("xlsx", b"PK"),
     ("csv", b'\xef\xbb\xbf"Referrals 2017"'), ("csv2", b'\xef\xbb\xbf"Year"'), ("csv3", b'\xef\xbb\xbf"year"')],
)  # fmt: skip
def test_forms(ask, form, begins):
    assert ask(TABLE, [], form).content.startswith(begins)


def test_limits_are_told(ask):
    assert set(ask("sv?config").json()) == {"maxValues", "maxCells", "maxCalls", "timeWindow", "CORS"}


@pytest.mark.parametrize(
    "path",
    ["de", "fi/other", "fi/kela_kunta/other", "fi/kela_kunta/referrals/other", "fi/kela_kunta/referrals/regions/x"],
)
def test_what_is_not_there_is_told(ask, path):
    answer = ask(path)
    assert answer.status_code == 404
    assert answer.json()["error"]


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ([item("region", "99")], "json"), ([item("place", "1")], "json"), ([item("year", "1", filter="near")], "json"),
        ([item("year", "x", filter="top")], "json"), ([item("region", "06", filter="vs:other")], "json"),
        ([1], "json"), ([{"code": "year"}], "json"), ({}, "png"), ([], "sdmx"), ({"a": 1}, "json"),
    ],
)  # fmt: skip
def test_a_query_that_makes_no_sense_is_refused(ask, query, form):
    assert ask(TABLE, query, form).status_code == 400


def test_too_many_cells_are_forbidden(ask, monkeypatch):
    monkeypatch.setattr("stats.pxweb.answering.MOST_CELLS", 5)
    assert ask(TABLE, [item("region", "*", filter="all")]).status_code == 403
