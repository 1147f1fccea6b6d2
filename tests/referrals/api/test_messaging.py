from __future__ import annotations

import pytest

from accounts.models import AccessLog
from kela_kunta.base.actor import Actor, acting
from referrals.actions.messaging import note

pytestmark = pytest.mark.django_db


def test_two_systems_talk_about_a_referral(calls_as, send, etotu, county_pirkanmaa):
    referral = send()
    kela, county = calls_as(etotu), calls_as(county_pirkanmaa)
    place = f"referrals/{referral.pk}/messages/"
    said = kela.post(place, {"text": "Is she called?"})
    assert said.status_code == 201
    assert said.json() | {"id": "", "at": ""} == {
        "id": "", "at": "", "authority": {"code": "kela", "name": "Kela"}, "author": "Etotu",
        "text": "Is she called?", "internal": False, "is_read": False, "version": 3,
    }  # fmt: skip
    assert county.get("inbox/changes/").json()["changes"][-1]["kind"] == "message"
    assert [one["text"] for one in county.get(place).json()["results"]] == ["Is she called?"]
    assert kela.get(place).json()["results"][0]["is_read"] is False  # reading marks nothing
    assert county.post(place + "read/").status_code == 204
    assert kela.get(place).json()["results"][0]["is_read"] is True
    assert county.post(place, {"text": "Yes."}).json()["version"] == 4
    assert kela.get(f"referrals/{referral.pk}/").json()["version"] == 4


def test_an_internal_note_shows_to_its_own_side_alone(calls_as, send, etotu, county_pirkanmaa, pirkanmaa):
    referral = send()
    kela, county = calls_as(etotu), calls_as(county_pirkanmaa)
    place = f"referrals/{referral.pk}/messages/"
    assert county.post(place, {"text": "Ours", "internal": True}).json()["version"] is None
    note(referral.pk, by=pirkanmaa.actor, text="Ours too")
    assert [one["text"] for one in county.get(place).json()["results"]] == ["Ours", "Ours too"]
    assert kela.get(place).json()["results"] == []
    assert [change["kind"] for change in county.get("inbox/changes/").json()["changes"]] == ["delivered"]
    assert kela.get(f"referrals/{referral.pk}/").json()["version"] == 2


def test_a_long_conversation_comes_in_pages(calls_as, send, etotu):
    caller, place = calls_as(etotu), f"referrals/{send().pk}/messages/"
    for number in range(5):
        caller.post(place, {"text": str(number)})
    page, texts = caller.get(f"{place}?limit=2").json(), []
    while True:
        texts += [one["text"] for one in page["results"]]
        if page["next"] is None:
            break
        page = caller.get(place + page["next"]).json()
    assert texts == ["0", "1", "2", "3", "4"]
    assert caller.get(place + page["previous"]).json()["results"][0]["text"] == "2"
    assert caller.get(f"{place}?cursor=nonsense").json()["code"] == "bad_parameters"


def test_who_may_not_see_the_referral_finds_no_messages(calls_as, send, county_lapland, etotu2):
    open_one, hidden = send(), send(client={"non_disclosure": True})
    for caller, referral in ((calls_as(county_lapland), open_one), (calls_as(etotu2), hidden)):
        place = f"referrals/{referral.pk}/messages/"
        answers = [caller.get(place), caller.post(place, {"text": "X"}), caller.post(place + "read/")]
        assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_writing_needs_the_scope_that_writes(calls_as, send, county_pirkanmaa):
    caller, place = calls_as(county_pirkanmaa, scopes="inbox:read"), f"referrals/{send().pk}/messages/"
    assert caller.get(place).status_code == 200
    assert caller.post(place, {"text": "X"}).json()["code"] == "scope_missing"


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "x" * 10_001}, {"text": 1}, {"text": "x", "to": "y"}])
def test_a_bad_message_is_refused(calls_as, send, etotu, body):
    caller, place = calls_as(etotu), f"referrals/{send().pk}/messages/"
    assert caller.post(place, body).status_code == 422
    assert caller.get(place).json()["results"] == []


def test_reading_is_logged(calls_as, send, etotu):
    referral = send()
    calls_as(etotu).get(f"referrals/{referral.pk}/messages/")
    with acting(Actor.system("test")):
        assert AccessLog.objects.get().referrals == [referral.pk]
