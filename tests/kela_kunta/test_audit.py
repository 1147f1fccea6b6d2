from __future__ import annotations

from typing import Any

import pytest

from tests.cast import url


def test_auditor_sees_who_opened_a_referral(as_: Any, auditor: Any, pirkanmaa: Any, send: Any) -> None:
    referral = send()
    as_(pirkanmaa).get(url(referral))

    page = as_(auditor).get("/audit/").content.decode()

    assert pirkanmaa.name in page
    assert str(referral.pk) in page
    assert pirkanmaa.authority.name in page


def test_auditor_finds_everybody_who_looked_at_a_person(
    as_: Any, auditor: Any, pirkanmaa: Any, handler2: Any, send: Any
) -> None:
    mine = send()
    send(client={"identity_code": "010190-900P", "family_name": "Toinen"})
    as_(pirkanmaa).get(url(mine))

    looks = as_(auditor).post("/audit/person/", {"person": code_of(mine)}).context["looks"]

    assert {line.actor_name for line in looks} == {pirkanmaa.name}


def test_auditor_who_asks_for_a_person_leaves_a_line_too(as_: Any, auditor: Any, send: Any) -> None:
    code = code_of(send())
    as_(auditor).post("/audit/person/", {"person": code})

    looks = as_(auditor).post("/audit/person/", {"person": code}).context["looks"]

    assert [(line.actor_name, line.look) for line in looks] == [(auditor.name, "search")]


def code_of(referral: Any) -> str:
    from kela_kunta.base.actor import Actor, acting
    from referrals.models import Client

    with acting(Actor.system("test")):
        return Client.objects.get(referral=referral).identity_code


@pytest.mark.parametrize("who", ["handler", "pirkanmaa", "analyst", "lead"])
def test_access_log_is_for_the_auditor_alone(as_: Any, who: str, request: Any) -> None:
    assert as_(request.getfixturevalue(who)).get("/audit/").status_code == 403


def test_log_says_what_is_wrong_with_a_date_and_shows_the_rest(as_: Any, auditor: Any) -> None:
    page = as_(auditor).get("/audit/", {"since": "tomorrow", "cursor": "nonsense"})

    assert page.status_code == 200
    assert page.context["form"].errors["since"]


def test_impossible_look_and_long_name_are_no_error(as_: Any, auditor: Any) -> None:
    assert as_(auditor).get("/audit/", {"look": "x", "actor": "a\x00b"}).status_code == 200
