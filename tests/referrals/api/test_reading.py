"""Reading by the API: GET /referrals/ and GET /referrals/<id>/."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessLog, Look
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.models import Referral
from tests.builders import decision


def looks(client):
    with acting(Actor.system("test")):
        return [
            (look.look, look.referrals)
            for look in AccessLog.objects.filter(actor_id=f"client:{client.client_id}").order_by("id")
        ]


def test_receiver_and_kela_see_a_referral_that_neighbours_cannot_tell_from_none(
    calls_as, send, etotu, county_pirkanmaa, county_lapland, statistics
):
    referral = send()
    address = f"referrals/{referral.pk}/"
    for client in (county_pirkanmaa, etotu):
        response = calls_as(client).get(address)
        assert response.status_code == 200
        assert response["ETag"] == f'"{referral.version}"'
        assert response["Cache-Control"] == "no-store"
    hidden = calls_as(county_lapland).get(address)
    never = calls_as(county_lapland).get("referrals/01900000-0000-7000-8000-000000000000/")
    assert (hidden.status_code, hidden.json()) == (never.status_code, never.json())
    assert hidden.status_code == 404
    assert calls_as(statistics).get(address).status_code == 403
    assert calls_as(None).get(address).status_code == 401


def test_nobody_sees_a_protected_person_without_clearance(calls_as, send, etotu, etotu2, county_pirkanmaa):
    referral = send("under_25", client={"non_disclosure": True})
    assert calls_as(etotu).get(f"referrals/{referral.pk}/").status_code == 200
    for client in (etotu2, county_pirkanmaa):
        assert calls_as(client).get(f"referrals/{referral.pk}/").status_code == 404
        assert calls_as(client).get("referrals/").json()["results"] == []
    county_pirkanmaa.cleared = True
    county_pirkanmaa.save()
    assert calls_as(county_pirkanmaa).get(f"referrals/{referral.pk}/").status_code == 200


def test_who_is_not_cleared_reads_no_place_in_the_reason_of_what_it_sent_itself(calls_as, etotu2):
    from referrals.actions.routing import route_batch
    from tests.builders import body

    sent = calls_as(etotu2).send(body("under_25", client={"non_disclosure": True})).json()
    with clock.frozen(clock.now() + timedelta(days=3)):
        route_batch()
    answer = calls_as(etotu2).get(f"referrals/{sent['id']}/").json()
    assert answer["status"] == "delivered"
    assert answer["routing_reason"] == {"code": "protected", "text": "Routed by protected residence data"}


def test_what_became_of_a_referral_is_answered(calls_as, send, etotu, county_pirkanmaa):
    referral = send()
    answer = calls_as(etotu).get(f"referrals/{referral.pk}/").json()
    assert answer["status"] == "delivered"
    assert answer["version"] == referral.version
    assert answer["receiving_authority"]["code"] == "county-08"
    assert "Pirkanmaa" in answer["receiving_authority"]["name"]
    assert answer["routing_reason"]["code"] == "home"
    assert "Tampere" in answer["routing_reason"]["text"]
    assert answer["due_on"] == answer["first_due_on"] == referral.due_on.isoformat()
    assert datetime.fromisoformat(answer["delivered_at"]) == referral.delivered_at
    assert answer["delivered_at"].endswith("Z")
    assert (answer["outcome"], answer["returned"], answer["urgent"]) == (None, None, False)


def test_every_read_is_in_the_access_log(calls_as, send, etotu, county_lapland):
    first, second = send(), send("under_25")
    calls_as(etotu).get(f"referrals/{first.pk}/")
    calls_as(etotu).get("referrals/")
    calls_as(county_lapland).get(f"referrals/{first.pk}/")
    assert looks(etotu) == [(Look.API, [first.pk]), (Look.API, [second.pk, first.pk])]
    assert looks(county_lapland) == []


def test_a_list_shows_what_the_caller_may_see_latest_first(calls_as, send, etotu, county_pirkanmaa, county_lapland):
    tampere = [send(), send("under_25")]
    rovaniemi = send(client={"home_municipality": "698"})

    def seen(client):
        return [row["id"] for row in calls_as(client).get("referrals/").json()["results"]]

    assert seen(etotu) == [str(rovaniemi.pk), str(tampere[1].pk), str(tampere[0].pk)]
    assert seen(county_pirkanmaa) == [str(tampere[1].pk), str(tampere[0].pk)]
    assert seen(county_lapland) == [str(rovaniemi.pk)]


def test_a_row_of_the_list_is_the_referral_as_answered_alone(calls_as, send, etotu):
    referral = send(basic_decision=decision(clock.today()))
    (row,) = calls_as(etotu).get("referrals/").json()["results"]
    assert row == calls_as(etotu).get(f"referrals/{referral.pk}/").json()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("type=under_25", {"under_25"}),
        ("status=delivered", {"supplementary_application", "under_25", "social_work_need"}),
        ("status=closed", set()),
        ("municipality=837", {"supplementary_application", "under_25"}),
        ("municipality=698", {"social_work_need"}),
        ("urgent=true", {"supplementary_application"}),
        ("urgent=false", {"under_25", "social_work_need"}),
        ("urgent=false&municipality=837", {"under_25"}),
        ("sent_after=2026-11-24T10:00:00Z", {"social_work_need"}),
        ("sent_before=2026-11-24T12:00:00%2B02:00", {"supplementary_application", "under_25"}),
        ("sent_after=2026-11-25", set()),
        ("sent_before=2026-11-25T09:00:00%2B23:30", {"supplementary_application", "under_25"}),
        ("sent_before=2026-11-24", set()),
        ("updated_after=2026-11-24T09:30:00Z", {"social_work_need"}),
    ],
)
def test_a_list_is_narrowed_by_filters(calls_as, send, etotu, asked, found):
    with clock.frozen(datetime(2026, 11, 24, 9, tzinfo=UTC)):
        send(urgent_supplementary=True, urgent_supplementary_reason="No food.")
        send("under_25")
    with clock.frozen(datetime(2026, 11, 24, 10, tzinfo=UTC)):
        send("social_work_need", client={"home_municipality": "698"})
    response = calls_as(etotu).get(f"referrals/?{asked}")
    assert {row["type"] for row in response.json()["results"]} == found


@pytest.mark.parametrize("asked", ["", "updated_after=2020-01-01&", "type=under_25&urgent=false&"])
def test_pages_follow_each_other_there_and_back(calls_as, send, etotu, asked):
    sent = [str(send("under_25").pk) for _ in range(5)]
    if "updated_after" not in asked:
        sent.reverse()
    caller = calls_as(etotu)
    first = caller.get(f"referrals/?{asked}limit=2").json()
    second = caller.get(f"referrals/{first['next']}").json()
    third = caller.get(f"referrals/{second['next']}").json()
    assert [row["id"] for page in (first, second, third) for row in page["results"]] == sent
    assert (first["previous"], third["next"]) == (None, None)
    assert caller.get(f"referrals/{third['previous']}").json()["results"] == second["results"]
    assert caller.get(f"referrals/{second['previous']}").json()["results"] == first["results"]


def test_the_address_of_a_page_holds_the_filters_and_nothing_of_a_person(calls_as, send, etotu):
    for _ in range(2):
        send("under_25")
    address = calls_as(etotu).get("referrals/?limit=1&municipality=837").json()["next"]
    assert address.startswith("?cursor=")
    assert {name: value for name, value in parse_qs(address[1:]).items() if name != "cursor"} == {
        "limit": ["1"],
        "municipality": ["837"],
    }


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("name=Esimerkki", "unknown_parameter"),
        ("format=json", "unknown_parameter"),
        ("a%00=1", "unknown_parameter"),
        ("type=under_25&type=immigrant", "repeated"),
        ("type=nothing", "invalid_choice"),
        ("type=", "invalid_choice"),
        ("status=%00", "invalid_choice"),
        ("municipality=83", "invalid"),
        ("municipality=%D9%A8%D9%A3%D9%A7", "invalid"),
        ("urgent=maybe", "invalid"),
        ("sent_after=yesterday", "invalid"),
        ("sent_after=2026-11-24T09:00:00", "invalid"),
        ("sent_after=9999-12-31T23:59:59-23:59", "invalid"),
        ("sent_after=0001-01-01T00:00:00%2B23:59", "invalid"),
        ("updated_after=2026-02-30", "invalid"),
        ("cursor=nonsense", "bad_cursor"),
        ("cursor=%00", "null_characters_not_allowed"),
        ("cursor=WyI+IiwgIm5vIiwgIm5vIl0", "bad_cursor"),
        ("limit=0", "min_value"),
        ("limit=201", "max_value"),
        ("limit=many", "invalid"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_by_name(calls_as, etotu, asked, code):
    response = calls_as(etotu).get(f"referrals/?{asked}")
    assert response.status_code == 400
    problem = response.json()
    assert problem["code"] == "bad_parameters"
    (error,) = problem["errors"]
    assert error["code"] == code
    assert error["pointer"].startswith("?")


def test_addresses_without_parameters_refuse_them(calls_as, send, etotu):
    assert calls_as(etotu).get(f"referrals/{send().pk}/?deep=1").json()["code"] == "bad_parameters"


def test_a_page_takes_as_many_statements_whatever_its_length(calls_as, send, etotu):
    for _ in range(3):
        send(basic_decision=decision(clock.today()))
    caller = calls_as(etotu)

    def statements(limit: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            caller.get(f"referrals/?limit={limit}")
        return len(queries)

    assert statements(1) == statements(3)
    assert Referral.objects.count() == 0  # nobody acts here
