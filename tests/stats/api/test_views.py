from __future__ import annotations

import json

import pytest
from pyjstat import pyjstat

from accounts.models import ClientRole
from kela_kunta.base import clock
from stats.models import YearlyCount
from tests.api import api_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def statistics():
    return api_client("statistics", ClientRole.STATISTICS_SYSTEM, "kela", "stats:read")


@pytest.fixture
def ask(calls_as, statistics):
    def asked(query: str, client=None):
        return calls_as(client or statistics).get(f"stats/yearly/?{query}")

    return asked


@pytest.fixture(autouse=True)
def year():
    for type, area, month, count in (
        ("under_25", "837", 3, 3), ("under_25", "980", 4, 7), ("under_25", "091", 3, 90),
        ("social_work_need", "091", 12, 60), ("social_work_need", "withheld", 1, 1),
    ):  # fmt: skip
        YearlyCount.objects.create(
            year=2020, month=month, type=type, area=area, receiver="", urgent=False, outcome="", count=count
        )


def test_totals_by_type_and_region_are_exact(ask):
    answer = ask("year=2020&by=type,region")
    assert answer.status_code == 200
    assert answer.json()["by"] == ["type", "region"]
    rows = {(row["type"], row["region"]): row["count"] for row in answer.json()["rows"]}
    assert rows == {
        ("under_25", "06"): 10, ("under_25", "01"): 90, ("social_work_need", "01"): 60,
        ("social_work_need", "withheld"): 1,
    }  # fmt: skip


def test_small_counts_are_null(ask):
    rows = {row["municipality"]: row["count"] for row in ask("year=2020&by=municipality").json()["rows"]}
    assert rows["837"] is rows["980"] is None
    assert rows["091"] == 150


def test_months_are_numbers_and_urgency_is_true_or_false(ask):
    assert ask("year=2020&by=urgent").json()["rows"] == [{"urgent": False, "count": 161}]
    assert {row["month"] for row in ask("year=2020&by=month").json()["rows"]} <= set(range(1, 13))


def test_every_combination_is_answered(ask):
    assert ask("year=2020&by=type,region,month,urgent").status_code == 200
    too_large = ask("year=2020&by=type,region,county,district,municipality,month,urgent,outcome")
    assert too_large.status_code in (200, 422)


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("by=type", "?year"),
        ("year=2016", "?year"),
        ("year=x", "?year"),
        ("year=2020&by=receiver", "?by"),
        ("year=2020&by=type,type", "?by"),
        ("year=2020&by=", "?by"),
        ("year=2020&format=xml", "?format"),
        ("year=2020&x=1", "?x"),
    ],
)
def test_what_cannot_be_understood_is_told_at_its_parameter(ask, query, pointer):
    answer = ask(query)
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


@pytest.mark.filterwarnings("ignore:Shouldn't use:DeprecationWarning")
def test_the_same_in_other_forms(ask):
    assert ask("year=2020&by=type&format=csv").content.startswith(b"\xef\xbb\xbftype;Type;Referrals\r\n")
    workbook = ask("year=2020&by=type&format=xlsx")
    assert workbook.content.startswith(b"PK")
    assert workbook.headers["Content-Disposition"] == 'attachment; filename="kela_kunta_2020_type.xlsx"'
    assert b"DATA=" in ask("year=2020&by=type&format=px").content
    document = ask("year=2020&by=type&format=jsonstat").json()
    assert sum(pyjstat.Dataset.read(json.dumps(document)).write("dataframe")["value"]) == 161


def test_a_year_without_any_is_empty_and_one_under_way_tells_regions_only(ask):
    assert ask("year=2030&by=type,region").json()["rows"] == []
    this = clock.today().year
    YearlyCount.objects.create(
        year=this, month=1, type="under_25", area="837", receiver="", urgent=False, outcome="", count=50
    )
    assert ask(f"year={this}&by=region").json()["rows"] == [{"region": "06", "count": 50}]
    assert {row["count"] for row in ask(f"year={this}&by=month").json()["rows"]} == {None}


def test_it_takes_the_scope(ask, etotu):
    assert ask("year=2020", etotu).status_code == 403
