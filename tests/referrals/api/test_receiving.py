from __future__ import annotations

import pytest

from referrals import wording
from referrals.rules.receipts import ReceiptFault
from tests.cast import url

pytestmark = pytest.mark.django_db


def test_a_refused_referral_reaches_the_supervisor_and_stays_in_the_inbox(
    calls_as, as_, send, county_pirkanmaa, etotu, supervisor, pirkanmaa
):
    referral = send()
    caller = calls_as(county_pirkanmaa)
    body = {"accepted": False, "code": "storage_failed", "detail": "Disk full"}
    answer = caller.post(f"referrals/{referral.pk}/receipt/", body)
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"3"')
    assert answer.json() | {"at": ""} == body | {"at": "", "version": 3}
    assert caller.get("inbox/changes/").json()["changes"][-1]["kind"] == "receipt"
    told = calls_as(etotu).get(f"referrals/{referral.pk}/").json()["receipt"]
    assert told | {"at": ""} == {"accepted": False, "code": "storage_failed", "at": ""}

    faults = as_(supervisor).get("/referrals/?view=faults").text
    assert "Esimerkki, Aino" in faults
    assert "It could not be stored there" in faults
    assert {view.name: total for view, total in as_(supervisor).get("/").context["views"]}["faults"] == 1
    assert "Disk full" in as_(supervisor).get(url(referral)).text
    inbox = as_(pirkanmaa).get("/referrals/?view=new").text
    assert "Esimerkki, Aino" in inbox
    assert "could not be stored" not in inbox

    again = caller.post(f"referrals/{referral.pk}/receipt/", body)
    assert again.json() == answer.json()
    assert caller.post(f"referrals/{referral.pk}/receipt/", {"accepted": True}).json()["version"] == 4
    assert "Esimerkki" not in as_(supervisor).get("/referrals/?view=faults").text
    assert caller.get(f"referrals/{referral.pk}/").json()["receipt"]["accepted"] is True


def test_the_version_in_the_receipt_is_good_for_the_next_move(calls_as, send, county_pirkanmaa):
    caller, referral = calls_as(county_pirkanmaa), send()
    tag = caller.post(f"referrals/{referral.pk}/receipt/", {"accepted": True}).headers["ETag"]
    assert caller.post(f"referrals/{referral.pk}/acknowledge/", if_match=tag).status_code == 200


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/accepted"),
        ({"accepted": "perhaps"}, "#/accepted"),
        ({"accepted": False}, "#/code"),
        ({"accepted": False, "code": "no_such"}, "#/code"),
        ({"accepted": False, "code": "other"}, "#/detail"),
        ({"accepted": True, "code": "duplicate"}, "#/code"),
        ({"accepted": True, "more": 1}, "#/more"),
    ],
)
def test_a_bad_receipt_is_refused_by_its_field(calls_as, send, county_pirkanmaa, body, pointer):
    answer = calls_as(county_pirkanmaa).post(f"referrals/{send().pk}/receipt/", body)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_only_the_receivers_system_gives_one(calls_as, send, county_lapland, etotu, county_pirkanmaa):
    place, body = f"referrals/{send().pk}/receipt/", {"accepted": True}
    assert calls_as(county_lapland).post(place, body).status_code == 404
    assert calls_as(etotu).post(place, body).json()["code"] == "scope_missing"
    assert calls_as(county_pirkanmaa, scopes="inbox:read").post(place, body).json()["code"] == "scope_missing"


def test_every_fault_has_its_words():
    assert set(wording.RECEIPT_FAULTS) == set(ReceiptFault)
