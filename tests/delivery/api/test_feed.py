"""GET /inbox/changes/."""

from __future__ import annotations

from datetime import timedelta

import pytest

from delivery.models import Reader
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.actions import correcting, working
from tests.cast import LAPLAND, PIRKANMAA, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(calls_as, county_pirkanmaa):
    """What is answered about changes behind a cursor."""
    caller = calls_as(county_pirkanmaa)

    def answer(after: str | None = None, *, limit: int | None = None) -> dict:
        asked = {"after": after, "limit": limit}
        query = "&".join(f"{name}={value}" for name, value in asked.items() if value is not None)
        response = caller.get(f"inbox/changes/?{query}")
        assert response.status_code == 200, response.json()
        return response.json()

    return answer


def kinds(answer: dict) -> list[tuple[str, str, int]]:
    return [(change["kind"], change["status"], change["version"]) for change in answer["changes"]]


def test_a_change_is_told_by_ids_and_codes_alone(read, send, pirkanmaa):
    referral = send()
    working.acknowledge(referral.pk, by=pirkanmaa.actor, version=2)
    answer = read()
    assert kinds(answer) == [("delivered", "delivered", 2), ("acknowledged", "acknowledged", 3)]
    assert {change["referral"] for change in answer["changes"]} == {str(referral.pk)}
    assert set(answer["changes"][0]) == {"cursor", "referral", "kind", "status", "version", "at"}
    assert answer["changes"][0]["at"] == f"{referral.delivered_at:%Y-%m-%dT%H:%M:%S.%fZ}"
    assert answer["next"] == answer["changes"][-1]["cursor"]


def test_each_change_comes_once_to_who_reads_on_from_next(read, send):
    for _ in range(5):
        send()
    whole = [change["cursor"] for change in read()["changes"]]
    pages, after = [], None
    while page := read(after, limit=2):
        after = page["next"]
        if not page["changes"]:
            break
        pages += [change["cursor"] for change in page["changes"]]
    assert pages == whole
    assert [change["cursor"] for change in read(whole[2])["changes"]] == whole[3:]


def test_an_empty_page_answers_the_cursor_given(read, send):
    beginning = read()
    assert beginning["changes"] == []
    assert read(beginning["next"]) == beginning
    send()
    end = read(beginning["next"])["next"]
    assert read(end) == {"changes": [], "next": end}


def test_it_tells_that_a_referral_left_and_nothing_of_what_came_after(
    read, send, calls_as, pirkanmaa, lapland, county_pirkanmaa, county_lapland
):
    referral = send()
    working.transfer(referral.pk, by=pirkanmaa.actor, version=2, authority=LAPLAND, reason="moved", text="")
    working.acknowledge(referral.pk, by=lapland.actor, version=now(referral).version)
    assert [kind for kind, *_ in kinds(read())] == ["delivered", "transferred"]
    assert calls_as(county_pirkanmaa).get(f"referrals/{referral.pk}/").status_code == 404
    there = calls_as(county_lapland).get("inbox/changes/").json()
    assert [kind for kind, *_ in kinds(there)] == ["delivered", "acknowledged"]


def test_it_tells_of_a_return_and_that_kela_sent_it_on(read, send, handler, pirkanmaa):
    referral = send()
    told = {"reason": "wrong_authority", "text": "Lives in Lapland", "proposed_authority": LAPLAND}
    working.return_to_kela(referral.pk, by=pirkanmaa.actor, version=2, **told)
    assert kinds(read())[-1] == ("returned", "returned", 3)
    correcting.reroute(referral.pk, by=handler.actor, version=3, authority=LAPLAND, text="They are right.")
    assert kinds(read())[-1] == ("rerouted", "delivered", 4)


def test_nothing_that_was_written_is_in_it(send, pirkanmaa, calls_as, county_pirkanmaa):
    referral = send()
    working.return_to_kela(referral.pk, by=pirkanmaa.actor, version=2, reason="other", text="Esimerkki is known here.")
    text = calls_as(county_pirkanmaa).get("inbox/changes/").text
    assert "Esimerkki" not in text
    assert "known here" not in text


def test_of_protected_people_it_tells_the_cleared_alone(read, send, county_pirkanmaa):
    send(client={"non_disclosure": True})
    seen = send()
    assert [change["referral"] for change in read()["changes"]] == [str(seen.pk)]
    county_pirkanmaa.cleared = True
    county_pirkanmaa.save()
    assert len(read()["changes"]) == 2


def test_that_one_left_shows_of_a_protected_person_to_the_cleared_alone(read, send, pirkanmaa2, county_pirkanmaa):
    referral = send(client={"non_disclosure": True})
    working.transfer(referral.pk, by=pirkanmaa2.actor, version=2, authority=LAPLAND, reason="moved", text="")
    assert read()["changes"] == []
    county_pirkanmaa.cleared = True
    county_pirkanmaa.save()
    assert [kind for kind, *_ in kinds(read())] == ["delivered", "transferred"]


@pytest.mark.parametrize("after", ["", "x", "1", "%00", "Y291bnR5LTA4OjEyOjcwY2ViMmY1", "ä" * 20, "A" * 201])
def test_a_cursor_that_we_never_gave_is_refused(calls_as, county_pirkanmaa, send, after):
    send()
    refused = calls_as(county_pirkanmaa).get(f"inbox/changes/?after={after}")
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "?after"


def test_another_authoritys_cursor_is_refused(read, calls_as, county_lapland, send):
    send()
    refused = calls_as(county_lapland).get(f"inbox/changes/?after={read()['next']}")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "bad_cursor")


@pytest.mark.parametrize("limit", ["0", "1001", "x", "-1"])
def test_a_limit_beyond_bounds_is_refused(calls_as, county_pirkanmaa, limit):
    assert calls_as(county_pirkanmaa).get(f"inbox/changes/?limit={limit}").status_code == 400


def test_it_needs_the_scope_of_the_inbox(calls_as, county_pirkanmaa, etotu):
    assert calls_as(etotu).get("inbox/changes/").status_code == 403
    assert calls_as(county_pirkanmaa, scopes="inbox:write").get("inbox/changes/").status_code == 403


def test_the_last_fetch_is_noted_once_a_minute_and_when_it_came_further(read, send, county_pirkanmaa):
    def noted() -> tuple:
        with acting(Actor.system("test")):
            reader = Reader.objects.get()
        return reader.client_id, reader.authority_id, reader.fetched_at, reader.number

    begin = clock.now()
    with clock.frozen(begin):
        beginning = read()["next"]
    who = ("client:county-pirkanmaa", PIRKANMAA)
    assert noted() == (*who, begin, 0)
    soon = begin + timedelta(seconds=59)
    with clock.frozen(soon):
        read()
    assert noted() == (*who, begin, 0)
    send()
    with clock.frozen(soon):
        read()
    assert noted()[3] == 1
    read(beginning)  # reading again what was read does not take it back
    assert noted()[3] == 1
