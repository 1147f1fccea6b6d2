"""Test clients among themselves: from the first sending to the wipe, and nobody else notices."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import override_settings

from delivery.actions.delivering import deliver_pending
from delivery.models import Letter
from delivery.queries.waiting import unfetched
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals import queries
from referrals.actions.escalating import escalate_waiting
from referrals.actions.measuring import measure_pace
from referrals.actions.routing import route_pending
from referrals.models import Recipient, Referral
from tests.builders import body, identity_code

pytestmark = pytest.mark.django_db
NOBODYS = "010190-900P"
NOT_ARTIFICIAL = identity_code(date(1850, 1, 1), 123)  # of a time that had no codes: nobody's either


@pytest.fixture
def kela(calls_as, etotu_test):
    return calls_as(etotu_test)


@pytest.fixture
def county(calls_as, county_test):
    return calls_as(county_test)


def sent(kela, *, key: str | None = None, **facts) -> dict:
    answer = kela.send(body("social_work_need", **facts), key=key)
    assert answer.status_code == 201, answer.json()
    with clock.frozen(clock.now() + timedelta(days=3)):
        route_pending()
    return answer.json()


def test_a_test_goes_its_whole_way(kela, county, receiver):
    made = county.post("webhooks/", {"url": receiver.url})
    assert made.status_code == 201, made.json()
    referral = sent(kela)
    assert referral["test"] is True
    (change,) = county.get("inbox/changes/").json()["changes"]
    assert (change["referral"], change["kind"]) == (referral["id"], "delivered")
    assert [day["count"] for day in county.get(_reconcile()).json()["days"]] == [1]
    read = county.get(f"referrals/{referral['id']}/").json()
    for move, told in (("acknowledge", {}), ("start", {}), ("close", {"outcome": "urgent_help_given", "text": ""})):
        answer = county.move(read, move, told)
        assert answer.status_code == 200, answer.json()
        read = answer.json()
    assert county.post(f"referrals/{referral['id']}/messages/", {"text": "Done."}).status_code == 201
    assert county.post(f"referrals/{referral['id']}/receipt/", {"accepted": True}).status_code == 200
    assert kela.get(f"referrals/{referral['id']}/").json()["status"] == "closed"
    deliver_pending()
    assert [call.data["kind"] for call in receiver.calls][:2] == ["delivered", "acknowledged"]


def test_no_live_system_and_no_person_sees_it(
    kela, county, calls_as, etotu, county_pirkanmaa, receiver, handler, supervisor, lead, as_
):
    live_county, live_kela = calls_as(county_pirkanmaa), calls_as(etotu)
    assert live_county.post("webhooks/", {"url": receiver.url}).status_code == 201
    assert live_county.get("inbox/changes/").json()["changes"] == []
    referral = sent(kela, urgent=True, urgent_reason="Today.")
    for caller in (live_kela, live_county):
        assert caller.get(f"referrals/{referral['id']}/").status_code == 404
        assert caller.get("referrals/").json()["results"] == []
    assert live_county.get("inbox/changes/").json()["changes"] == []
    assert live_county.get(_reconcile()).json()["days"] == []
    assert live_county.get("webhooks/").json()["results"][0]["url"] == receiver.url
    assert live_county.move(referral | {"version": 2}, "acknowledge").status_code == 404
    for person in (handler, supervisor, lead):
        assert as_(person).get(f"/referrals/{referral['id']}/").status_code == 404
        assert referral["client"]["family_name"] not in as_(person).get("/referrals/").content.decode()
    with acting(supervisor.actor):
        assert queries.search(supervisor.actor, NOBODYS, queries.sent_view(supervisor.actor, "all", today=None)) == []
        assert queries.waiting("county-08", "social_work_need", by=supervisor.actor).count == 0
    assert queries.referrals_of_person(NOBODYS) == []
    with clock.frozen(clock.now() + timedelta(days=30)):
        assert escalate_waiting() == 0
        assert measure_pace() == 0
        assert unfetched() == []
    deliver_pending()
    assert receiver.calls == []
    with acting(Actor.system("test")):
        assert not Letter.objects.exists()
        assert not Referral.objects.exists()


def test_an_authoritys_test_client_receives_tests_alone(send, county, kela):
    live, test = send("social_work_need"), sent(kela)
    assert [one["id"] for one in county.get("referrals/").json()["results"]] == [test["id"]]
    assert county.get(f"referrals/{live.pk}/").status_code == 404
    assert {change["referral"] for change in county.get("inbox/changes/").json()["changes"]} == {test["id"]}


def test_a_live_cursor_is_none_of_a_test_feed(send, county, kela, calls_as, county_pirkanmaa):
    send("social_work_need")
    sent(kela)
    live = calls_as(county_pirkanmaa).get("inbox/changes/").json()["next"]
    answer = county.get(f"inbox/changes/?after={live}")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "bad_cursor")


def test_a_key_is_the_test_clients_own(kela, calls_as, etotu):
    test = sent(kela, key="one")
    live = calls_as(etotu).send(body("social_work_need"), key="one").json()
    assert (live["test"], test["test"], live["id"] == test["id"]) == (False, True, False)


@override_settings(ALLOW_ARTIFICIAL_IDENTITY_CODES=False)
def test_a_test_is_about_nobody_also_where_people_are_real(kela, calls_as, etotu):
    assert sent(kela, client={"identity_code": NOBODYS})["client"]["identity_code"] == NOBODYS
    for caller, code, fault in ((kela, NOT_ARTIFICIAL, "not_artificial"), (calls_as(etotu), NOBODYS, "artificial")):
        answer = caller.send(body("social_work_need", client={"identity_code": code}))
        assert answer.status_code == 422
        assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [("#/client/identity_code", fault)]


def test_its_owner_wipes_it_and_may_send_it_anew(kela, county, etotu, calls_as):
    live = calls_as(etotu).send(body("social_work_need")).json()
    first = sent(kela, key="one")
    place = county.get("inbox/changes/").json()["next"]
    answer = kela.delete("test-data/")
    assert (answer.status_code, answer.json()) == (200, {"referrals": 1})
    assert kela.get(f"referrals/{first['id']}/").status_code == 404
    assert county.get("inbox/changes/").json()["changes"] == []
    assert kela.delete("test-data/").json() == {"referrals": 0}
    again = sent(kela, key="one")
    assert again["id"] != first["id"]
    assert [one["referral"] for one in county.get(f"inbox/changes/?after={place}").json()["changes"]] == [again["id"]]
    assert calls_as(etotu).get(f"referrals/{live['id']}/").status_code == 200


def test_nobody_else_wipes(kela, county, calls_as, etotu):
    referral = sent(kela)
    live = calls_as(etotu).delete("test-data/")
    assert (live.status_code, live.json()["code"]) == (403, "not_allowed")
    assert county.delete("test-data/").json()["code"] == "scope_missing"
    assert calls_as(None).delete("test-data/").status_code == 401
    assert kela.get(f"referrals/{referral['id']}/").status_code == 200


def test_a_test_tells_no_months_for_good(kela):
    month = {
        "identity_code": NOBODYS, "family_name": "E", "given_names": "A", "month": "2026-07", "amount": "1.00",
        "home_municipality": "837", "main_income": True, "unemployed": True, "integration_plan": False,
        "residence_ground": None, "first_permit_on": None,
    }  # fmt: skip
    bad = month | {"amount": "much"}
    answer = kela.post("assistance-months/batch/", {"months": [month, bad]})
    assert [one["status"] for one in answer.json()["results"]] == [200, 422]
    with acting(Actor.system("test")):
        assert not Recipient.objects.exists()


def _reconcile() -> str:
    today = clock.today()
    return f"inbox/reconcile/?from={today}&to={today + timedelta(days=3)}"
