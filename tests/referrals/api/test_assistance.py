"""`POST /assistance-months/batch/`."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from kela_kunta.base.actor import Actor, acting
from referrals.models import AssistanceMonth
from tests.assistance import month_told

pytestmark = pytest.mark.django_db
JULY = date(2026, 7, 1)
ADDRESS = "assistance-months/batch/"


def stored() -> int:
    with acting(Actor.system("test")):
        return AssistanceMonth.objects.count()


def test_each_month_has_its_result_in_order_and_a_bad_one_spoils_none(calls_as, etotu):
    answer = calls_as(etotu).post(
        ADDRESS,
        {"months": [month_told(JULY), month_told(JULY, number=901, amount="-1"), 7, month_told(JULY, number=902)]},
    )
    assert answer.status_code == 200
    results = answer.json()["results"]
    assert [one["status"] for one in results] == [200, 422, 422, 200]
    [error] = results[1]["problem"]["errors"]
    assert (error["pointer"], error["code"]) == ("#/months/1/amount", "min_value")
    assert results[2]["problem"]["errors"][0]["pointer"] == "#/months/2"
    assert stored() == 2


def test_the_same_again_answers_the_same(calls_as, etotu):
    body = {"months": [month_told(JULY)]}
    first, again = (calls_as(etotu).post(ADDRESS, body).json() for _ in range(2))
    assert first["results"] == again["results"]
    assert first["import_id"] != again["import_id"]
    with acting(Actor.system("test")):
        assert AssistanceMonth.objects.get().brought_by_id == UUID(first["import_id"])
    assert stored() == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/months"),
        ({"months": []}, "#/months"),
        ({"months": [{}], "more": 1}, "#/more"),
        ({"months": "x"}, "#/months"),
    ],
)
def test_what_is_no_batch_is_refused_whole(calls_as, etotu, body, pointer):
    answer = calls_as(etotu).post(ADDRESS, body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_more_than_five_thousand_are_refused(calls_as, etotu):
    answer = calls_as(etotu).post(ADDRESS, {"months": [None] * 5001})
    assert answer.status_code == 422
    assert stored() == 0


def test_a_countys_system_may_not_tell(calls_as, county_pirkanmaa):
    assert calls_as(county_pirkanmaa).post(ADDRESS, {"months": [month_told(JULY)]}).status_code == 403


def test_an_unknown_field_of_a_month_is_named(calls_as, etotu):
    answer = calls_as(etotu).post(ADDRESS, {"months": [month_told(JULY, shoe_size=43)]})
    assert answer.json()["results"][0]["problem"]["errors"][0]["pointer"] == "#/months/0/shoe_size"
