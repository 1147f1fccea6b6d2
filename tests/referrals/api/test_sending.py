"""Sending by the API: POST /referrals/ and POST /referrals/batch/."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Invalid
from referrals.actions import sending
from referrals.actions.routing import route_batch
from referrals.models import Referral
from referrals.types import TYPES
from tests.builders import body, decision, person


def referrals_there() -> int:
    with acting(Actor.system("test")):
        return Referral.objects.count()


@pytest.mark.parametrize("type", TYPES)
def test_kela_system_sends_every_type_and_gets_it_back_as_sent(calls_as, etotu, type):
    sent = body(type, common={"sender_reference": "2026-000123"})
    response = calls_as(etotu).send(sent)
    assert response.status_code == 201, response.json()
    answer = response.json()
    assert {name: answer[name] for name in sent if name not in ("client", "details")} == {
        name: value for name, value in sent.items() if name not in ("client", "details")
    }
    assert {name: answer["client"][name] for name in sent["client"]} == sent["client"]
    assert {name: answer["details"][name] for name in sent["details"]} == sent["details"]
    assert (answer["status"], answer["version"], response["ETag"]) == ("sent", 1, '"1"')
    assert answer["receiving_authority"] is None
    assert answer["delivered_at"] is None
    assert response["Location"] == f"{answer['id']}/"


def test_sending_again_with_the_same_key_answers_the_first_result_whatever_has_become_of_it(
    calls_as, etotu, county_pirkanmaa
):
    sent = body("supplementary_application", urgent_supplementary=True, urgent_supplementary_reason="No food.")
    first = calls_as(etotu).send(sent, key="K 1")
    with clock.frozen(clock.now() + timedelta(days=2)):
        route_batch()
    pirkanmaa = calls_as(county_pirkanmaa)
    (held,) = pirkanmaa.get("referrals/").json()["results"]
    assert pirkanmaa.move(held, "start").status_code == 200
    attached = calls_as(etotu).post(f"referrals/{held['id']}/decision/", decision(clock.today()))
    assert attached.status_code == 200

    again = calls_as(etotu).send(sent, key="K 1")
    assert (again.status_code, again.json(), again["ETag"]) == (201, first.json(), '"1"')
    assert referrals_there() == 1


def test_a_repetition_is_not_checked_by_the_rules_of_a_later_day(calls_as, etotu):
    sent = body("under_25")
    first = calls_as(etotu).send(sent, key="K-1")
    with clock.frozen(clock.now() + timedelta(days=5 * 365)):
        assert calls_as(etotu).send(sent, key="K-2").status_code == 422
        assert calls_as(etotu).send(sent, key="K-1").json() == first.json()


def test_the_decision_that_was_sent_is_in_the_answer_to_a_repetition(calls_as, etotu):
    day = clock.today()
    sent = body("supplementary_application", basic_decision=decision(day))
    first = calls_as(etotu).send(sent, key="K-1").json()
    calls_as(etotu).post(f"referrals/{first['id']}/decision/", decision(day, number="K-2"))
    assert calls_as(etotu).send(sent, key="K-1").json() == first
    assert calls_as(etotu).get(f"referrals/{first['id']}/").json()["details"]["basic_decision"]["number"] == "K-2"


def test_spacing_and_order_of_names_make_no_other_body(calls_as, etotu):
    sent = body("under_25")
    first = calls_as(etotu).send(sent, key="K-1")
    again = calls_as(etotu).send(dict(reversed(sent.items())), key="K-1")
    assert again.json() == first.json()


def test_the_same_key_with_another_body_is_refused(calls_as, etotu):
    calls_as(etotu).send(body("under_25"), key="K-1")
    response = calls_as(etotu).send(body("under_25", found_by="detection"), key="K-1")
    assert (response.status_code, response.json()["code"]) == (422, "key_reused")
    assert referrals_there() == 1


def test_another_system_has_keys_of_its_own(calls_as, etotu, etotu2):
    sent = body("under_25")
    first, other = calls_as(etotu).send(sent, key="K-1"), calls_as(etotu2).send(sent, key="K-1")
    assert (first.status_code, other.status_code) == (201, 201)
    assert first.json()["id"] != other.json()["id"]


@pytest.mark.parametrize("key", [None, "", " ", "K" * 201, "avain-ä", "two\x00words"])
def test_without_a_key_nothing_is_sent(calls_as, etotu, key):
    headers = {} if key is None else {"idempotency_key": key}
    response = calls_as(etotu).post("referrals/", body("under_25"), **headers)
    assert (response.status_code, response.json()["code"]) == (400, "key_required")
    assert referrals_there() == 0


def test_only_kelas_system_sends(calls_as, etotu, county_pirkanmaa, statistics):
    sent = body("under_25")
    for client in (county_pirkanmaa, statistics):
        assert calls_as(client).send(sent).json()["code"] == "scope_missing"
        assert calls_as(client, scopes="referrals:send").send(sent).json()["code"] == "scope_missing"
    assert calls_as(None).send(sent).status_code == 401
    assert calls_as(etotu, scopes="referrals:read").send(sent).status_code == 403
    assert calls_as(etotu).send(sent).status_code == 201


def test_a_system_that_is_not_cleared_sends_about_a_protected_person_too(calls_as, etotu2):
    sent = body("under_25", client={"non_disclosure": True})
    assert calls_as(etotu2).send(sent).status_code == 201


def test_faults_are_told_by_their_place_and_change_nothing(calls_as, etotu):
    wrong = body("supplementary_application", client={"identity_code": "010190-900X", "address": "Katu 1"}, expenses=[])
    response = calls_as(etotu).send(wrong)
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["code"] == "invalid"
    assert {(error["pointer"], error["code"]) for error in problem["errors"]} == {
        ("#/client/identity_code", "check_character"),
        ("#/client/address", "unknown_field"),
        ("#/details/expenses", "empty"),
    }
    assert all(error["detail"] for error in problem["errors"])
    assert referrals_there() == 0


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_sentences_come_in_the_callers_language(calls_as, etotu, language):
    wrong = body("under_25", client={"family_name": ""})
    response = calls_as(etotu).post("referrals/", wrong, idempotency_key="K-1", accept_language=language)
    assert response["Content-Language"] == language
    with translation.override(language):
        assert response.json()["title"] == str(Invalid.title)


@pytest.mark.parametrize("text", ["\x00", "a\ud800b", "\u0007"])
@pytest.mark.parametrize("field", ["family_name", "home_municipality", "contact_language", "identity_code", "phone"])
def test_what_is_no_text_is_a_fault_of_its_field(calls_as, etotu, field, text):
    response = calls_as(etotu).send(body("under_25", client={field: text}))
    assert response.status_code == 422
    assert [error["pointer"] for error in response.json()["errors"]] == [f"#/client/{field}"]


def test_an_unknown_field_with_a_name_that_is_no_text_is_refused(calls_as, etotu):
    response = calls_as(etotu).send(body("under_25") | {"a\ud800\x00": 1})
    assert response.status_code == 422
    assert [error["code"] for error in response.json()["errors"]] == ["unknown_field"]


@pytest.mark.parametrize("sent", [[], 5, "text", None, {"type": ["under_25"]}, {"type": "under_25", "client": []}])
def test_another_shape_of_body_is_refused(calls_as, etotu, sent):
    response = calls_as(etotu).send(sent)
    assert (response.status_code, response.json()["code"]) == (422, "invalid")


class TestBatch:
    @pytest.fixture
    def batch(self, calls_as, etotu):
        def sent(*items):
            return calls_as(etotu).post("referrals/batch/", {"items": list(items)})

        return sent

    def test_every_item_has_a_result_of_its_own_in_order(self, batch):
        good, bad = body("under_25"), body("under_25", unemployed=False)
        response = batch(
            {"idempotency_key": "K-1", "referral": good},
            {"idempotency_key": "K-2", "referral": bad},
            {"idempotency_key": "K-3", "referral": body("social_work_need")},
            {"idempotency_key": "K-1", "referral": good},
            {"idempotency_key": "K-1", "referral": bad},
            {"idempotency_key": "\x00", "referral": good},
            {"referral": good},
            {"idempotency_key": "K-8", "referral": good, "more": 1},
            "text",
            {"idempotency_key": "K-9", "referral": "text"},
            None,
        )
        assert response.status_code == 200
        results = response.json()["results"]
        assert [result["status"] for result in results] == [201, 422, 201, 201, *[422] * 7]
        assert [result["idempotency_key"] for result in results] == [
            "K-1", "K-2", "K-3", "K-1", "K-1", None, None, "K-8", None, "K-9", None,
        ]  # fmt: skip
        assert results[0]["referral"] == results[3]["referral"]
        assert results[4]["problem"]["code"] == "key_reused"
        assert [
            error["pointer"]
            for result in results
            if "problem" in result
            for error in result["problem"].get("errors", [])
        ] == [
            "#/items/1/referral/details/unemployed",
            "#/items/5/idempotency_key",
            "#/items/6/idempotency_key",
            "#/items/7/more",
            "#/items/8",
            "#/items/9/referral",
            "#/items/10",
        ]
        assert referrals_there() == 2

    def test_a_batch_sent_again_answers_the_same_and_sends_nothing_more(self, batch):
        items = [{"idempotency_key": f"K-{n}", "referral": body("under_25")} for n in range(3)]
        assert batch(*items).json() == batch(*items).json()
        assert referrals_there() == 3

    def test_an_item_that_the_database_refuses_leaves_the_others_alone(self, batch, monkeypatch):
        columns = sending.client_columns

        def too_long(draft):
            return columns(draft) | ({"contact_language": "long"} if draft.client["family_name"] == "Rikki" else {})

        monkeypatch.setattr(sending, "client_columns", too_long)
        results = batch(
            {"idempotency_key": "K-1", "referral": body("under_25")},
            {"idempotency_key": "K-2", "referral": body("under_25", client={"family_name": "Rikki"})},
            {"idempotency_key": "K-3", "referral": body("under_25")},
        ).json()["results"]
        assert [result["status"] for result in results] == [201, 500, 201]
        assert results[1]["problem"]["code"] == "broken"
        assert referrals_there() == 2

    def test_of_notices_about_one_lowered_month_the_last_in_the_row_stands(self, batch, calls_as, etotu):
        notice, other = body("lowered_basic_amount"), body("lowered_basic_amount", client=person(date(1990, 1, 1), 901))
        first = calls_as(etotu).send(notice).json()["id"]
        results = batch(
            {"idempotency_key": "K-3", "referral": notice},
            {"idempotency_key": "K-2", "referral": other},
            {"idempotency_key": "K-1", "referral": notice | {"sender_reference": "later"}},
        ).json()["results"]
        assert [result["referral"]["status"] for result in results] == ["sent", "sent", "sent"]
        sent = [first, *(result["referral"]["id"] for result in results)]
        read = calls_as(etotu).get
        assert [read(f"referrals/{pk}/").json()["status"] for pk in sent] == ["withdrawn", "withdrawn", "sent", "sent"]

    def test_a_batch_of_a_thousand_takes_as_many_statements_as_one_of_two(self, batch):
        def statements(count):
            items = [{"idempotency_key": f"{count}-{n}", "referral": body("under_25")} for n in range(count)]
            with CaptureQueriesContext(connection) as queries:
                assert {result["status"] for result in batch(*items).json()["results"]} == {201}
            return len(queries)

        statements(1)
        assert statements(2) == statements(1000) <= 40

    @pytest.mark.parametrize("items", [None, [], {}, "text", [{}] * 1001])
    def test_other_lists_are_refused(self, calls_as, etotu, items):
        response = calls_as(etotu).post("referrals/batch/", {"items": items})
        assert response.status_code == 422
        assert [error["pointer"] for error in response.json()["errors"]] == ["#/items"]
