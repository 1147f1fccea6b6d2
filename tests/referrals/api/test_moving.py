"""Moves by the API: the authority's, and the sender's."""

from __future__ import annotations

import pytest

from kela_kunta.base import clock
from tests.builders import decision
from tests.cast import now

RETURN = {"reason": "wrong_authority", "text": "Lives in Rovaniemi.", "proposed_authority": "county-21"}
TRANSFER = {"authority": "county-21", "reason": "moved", "text": "Moved to Rovaniemi."}
CLOSE = {"outcome": "granted", "text": "For the bed."}
MOVES = {"acknowledge": {}, "start": {}, "return": RETURN, "transfer": TRANSFER, "close": CLOSE}


def test_the_receiver_acknowledges_starts_and_closes(calls_as, send, etotu, county_pirkanmaa):
    caller, referral = calls_as(county_pirkanmaa), send()
    version = referral.version
    answer = referral
    for move, status in (("acknowledge", "acknowledged"), ("start", "in_progress"), ("close", "closed")):
        response = caller.move(answer, move, MOVES[move])
        assert response.status_code == 200, response.json()
        answer, version = response.json(), version + 1
        assert (answer["status"], answer["version"], response["ETag"]) == (status, version, f'"{version}"')
    assert answer["outcome"] == {"code": "granted", "text": "For the bed.", "label": "Granted"}
    assert answer["due_on"] is None
    assert calls_as(etotu).get(f"referrals/{referral.pk}/").json() == answer


def test_starting_at_once_acknowledges_too(calls_as, send, county_pirkanmaa):
    referral = send()
    answer = calls_as(county_pirkanmaa).move(referral, "start").json()
    assert (answer["status"], answer["version"]) == ("in_progress", referral.version + 2)


def test_the_receiver_returns_with_a_proposal(calls_as, send, etotu, county_pirkanmaa):
    referral = send()
    answer = calls_as(county_pirkanmaa).move(referral, "return", RETURN).json()
    assert answer["status"] == "returned"
    assert answer["returned"] == {
        "reason": "wrong_authority", "text": "Lives in Rovaniemi.", "proposed_authority": "county-21",
    }  # fmt: skip
    assert calls_as(etotu).get(f"referrals/{referral.pk}/").json() == answer


def test_a_return_without_a_proposal_has_none(calls_as, send, county_pirkanmaa):
    told = {"reason": "insufficient_content", "text": "What is the bed for?"}
    answer = calls_as(county_pirkanmaa).move(send(), "return", told).json()
    assert answer["returned"] == told | {"proposed_authority": None}


def test_a_hand_over_answers_the_giver_who_may_not_see_it_afterwards(calls_as, send, county_pirkanmaa, county_lapland):
    referral = send()
    giver, taker = calls_as(county_pirkanmaa), calls_as(county_lapland)
    response = giver.move(referral, "transfer", TRANSFER)
    assert response.status_code == 200
    answer = response.json()
    assert (answer["status"], answer["receiving_authority"]["code"]) == ("delivered", "county-21")
    assert giver.get(f"referrals/{referral.pk}/").status_code == 404
    assert taker.get(f"referrals/{referral.pk}/").json() == answer


@pytest.mark.parametrize("move", MOVES)
def test_neighbours_kela_and_nobody_make_no_move_that_the_receiver_makes(
    calls_as, send, etotu, county_pirkanmaa, county_lapland, move
):
    referral = send()
    if move == "close":
        calls_as(county_pirkanmaa).move(referral, "start")
        referral = now(referral)
    hidden = calls_as(county_lapland).move(referral, move, MOVES[move])
    assert (hidden.status_code, hidden.json()["code"]) == (404, "not_found")
    assert calls_as(etotu).move(referral, move, MOVES[move]).status_code == 403
    assert calls_as(None).move(referral, move, MOVES[move]).status_code == 401
    assert calls_as(county_pirkanmaa, scopes="inbox:read").move(referral, move, MOVES[move]).status_code == 403
    assert now(referral).version == referral.version
    assert calls_as(county_pirkanmaa).move(referral, move, MOVES[move]).status_code == 200


@pytest.mark.parametrize("move", MOVES)
def test_a_move_says_which_version_was_read(calls_as, send, county_pirkanmaa, move):
    referral, caller = send(), calls_as(county_pirkanmaa)
    address = f"referrals/{referral.pk}/{move}/"
    for headers in ({}, {"if_match": "*"}):
        response = caller.post(address, MOVES[move], **headers)
        assert (response.status_code, response.json()["code"]) == (428, "version_required")
    for tag in ('"1"', '"999999999"', "2", 'W/"2"', "nonsense", '"2", "3"'):
        response = caller.post(address, MOVES[move], if_match=tag)
        assert (response.status_code, response.json()["code"]) == (412, "stale")
        assert response.json()["current_version"] == referral.version
    assert now(referral).version == referral.version


def test_what_the_life_cycle_forbids_is_a_conflict(calls_as, send, county_pirkanmaa):
    referral, caller = send(), calls_as(county_pirkanmaa)
    response = caller.move(referral, "close", CLOSE)
    assert (response.status_code, response.json()["code"]) == (409, "move_forbidden")
    closed = caller.move(caller.move(referral, "start").json(), "close", CLOSE).json()
    for move, told in MOVES.items():
        assert caller.move(closed, move, told).status_code == 409


@pytest.mark.parametrize(
    ("move", "told", "pointers"),
    [
        ("acknowledge", {"reason": "x"}, ["#/reason"]),
        ("acknowledge", [], ["#"]),
        ("start", {"assignee": "worker.pirkanmaa"}, ["#/assignee"]),
        ("return", {}, ["#/reason", "#/text"]),
        ("return", {"reason": "no", "text": "No."}, ["#/reason"]),
        ("return", {"reason": "wrong_authority", "text": "Elsewhere."}, ["#/proposed_authority"]),
        ("return", RETURN | {"proposed_authority": "county-99"}, ["#/proposed_authority"]),
        ("return", RETURN | {"proposed_authority": "county-08"}, ["#/proposed_authority"]),
        ("return", RETURN | {"text": "\x00"}, ["#/text"]),
        ("transfer", {"reason": "moved"}, ["#/authority"]),
        ("transfer", TRANSFER | {"authority": "kela"}, ["#/authority"]),
        ("transfer", TRANSFER | {"authority": "county-08"}, ["#/authority"]),
        ("transfer", TRANSFER | {"reason": "succession"}, ["#/reason"]),
        ("close", {}, ["#/outcome"]),
        ("close", {"outcome": "assessment_started"}, ["#/outcome"]),
        ("close", CLOSE | {"text": "a" * 10_001}, ["#/text"]),
    ],
)
def test_what_a_move_is_told_with_is_checked_field_by_field(calls_as, send, county_pirkanmaa, move, told, pointers):
    caller, referral = calls_as(county_pirkanmaa), send()
    if move == "close":
        caller.move(referral, "start")
        referral = now(referral)
    response = caller.move(referral, move, told)
    assert response.status_code == 422
    assert [error["pointer"] for error in response.json()["errors"]] == pointers
    assert now(referral).version == referral.version


class TestWithdrawing:
    def test_the_sender_takes_back_what_nobody_works_on(self, calls_as, etotu, etotu2, send):
        from tests.builders import body

        sent = calls_as(etotu).send(body("under_25")).json()
        told = {"reason": "sent_by_mistake", "text": "Wrong button."}
        address = f"referrals/{sent['id']}/withdraw/"
        assert calls_as(etotu2).post(address, told).status_code == 409
        assert calls_as(etotu).post(address, told, if_match='"7"').status_code == 412
        response = calls_as(etotu).post(address, told)
        assert (response.status_code, response.json()["status"]) == (200, "withdrawn")
        assert calls_as(etotu).post(address, told).status_code == 409

    def test_the_receiver_does_not(self, calls_as, send, county_pirkanmaa):
        response = calls_as(county_pirkanmaa).post(f"referrals/{send().pk}/withdraw/", {"reason": "duplicate"})
        assert response.status_code == 403

    def test_a_reason_is_needed(self, calls_as, etotu, send):
        response = calls_as(etotu).post(f"referrals/{send().pk}/withdraw/", {"text": "No."})
        assert [error["pointer"] for error in response.json()["errors"]] == ["#/reason"]


class TestDecision:
    def test_kela_attaches_and_corrects_it(self, calls_as, send, etotu, county_pirkanmaa):
        referral, written = send(), decision(clock.today())
        caller = calls_as(etotu)
        first = caller.post(f"referrals/{referral.pk}/decision/", written)
        assert first.status_code == 200
        assert first.json()["details"]["basic_decision"] == written
        assert first["ETag"] == f'"{referral.version + 1}"'
        second = caller.post(f"referrals/{referral.pk}/decision/", written | {"number": "K-2"})
        assert second.json()["details"]["basic_decision"]["number"] == "K-2"
        assert calls_as(county_pirkanmaa).get(f"referrals/{referral.pk}/").json() == second.json()

    def test_its_faults_are_told_by_field(self, calls_as, send, etotu):
        referral = send()
        written = decision(clock.today(), result="maybe", more=1) | {"number": "\x00"}
        response = calls_as(etotu).post(f"referrals/{referral.pk}/decision/", written)
        assert response.status_code == 422
        assert {error["pointer"] for error in response.json()["errors"]} == {"#/result", "#/more", "#/number"}
        assert now(referral).version == referral.version

    def test_other_types_carry_none(self, calls_as, send, etotu):
        response = calls_as(etotu).post(f"referrals/{send('under_25').pk}/decision/", decision(clock.today()))
        assert response.status_code == 409

    def test_authorities_attach_none(self, calls_as, send, etotu, county_pirkanmaa, county_lapland):
        address = f"referrals/{send().pk}/decision/"
        for client in (county_pirkanmaa, county_lapland):
            assert calls_as(client).post(address, decision(clock.today())).status_code == 403
