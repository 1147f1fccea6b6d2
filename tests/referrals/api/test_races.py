"""Two calls at once, in real transactions."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse

from kela_kunta.base.actor import Actor, acting
from referrals.models import Client, Referral
from tests.builders import body

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def at_once(call: Callable[[int], HttpResponse]) -> list[HttpResponse]:
    """What came of `AT_ONCE` calls that begin together."""
    barrier = Barrier(AT_ONCE)

    def run(number: int) -> HttpResponse:
        barrier.wait()
        try:
            return call(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def there() -> tuple[int, int]:
    with acting(Actor.system("test")):
        return Referral.objects.count(), Client.objects.count()


def test_a_key_sent_many_times_at_once_sends_one_referral(calls_as, etotu):
    callers = [calls_as(etotu) for _ in range(AT_ONCE)]
    sent = body("supplementary_application")
    answers = at_once(lambda number: callers[number].send(sent, key="K"))
    assert [answer.status_code for answer in answers] == [201] * AT_ONCE
    assert len({answer.text for answer in answers}) == 1
    assert there() == (1, 1)


def test_of_different_bodies_with_one_key_one_is_sent(calls_as, etotu):
    callers = [calls_as(etotu) for _ in range(AT_ONCE)]
    bodies = [body("under_25", client={"given_names": f"Aino {'ABCD'[number]}"}) for number in range(AT_ONCE)]
    answers = at_once(lambda number: callers[number].send(bodies[number], key="K"))
    assert sorted(answer.status_code for answer in answers) == [201, 422, 422, 422]
    assert {answer.json().get("code") for answer in answers} == {None, "key_reused"}
    assert there() == (1, 1)


def test_batches_with_the_same_keys_in_another_order_all_get_the_same_answers(calls_as, etotu):
    callers = [calls_as(etotu) for _ in range(AT_ONCE)]
    items = [{"idempotency_key": f"K-{number}", "referral": body("under_25")} for number in range(6)]

    def call(number: int) -> HttpResponse:
        mine: list[Any] = items if number % 2 else items[::-1]
        return callers[number].post("referrals/batch/", {"items": mine})

    answers = at_once(call)
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    found = [{result["idempotency_key"]: result for result in answer.json()["results"]} for answer in answers]
    assert all(one == found[0] for one in found)
    assert {result["status"] for result in found[0].values()} == {201}
    assert there() == (6, 6)


def test_of_two_who_acknowledge_at_once_one_wins_and_the_others_are_told(calls_as, send, county_pirkanmaa):
    referral = send()
    callers = [calls_as(county_pirkanmaa) for _ in range(AT_ONCE)]
    answers = at_once(lambda number: callers[number].move(referral, "acknowledge"))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    (winner,) = (answer for answer in answers if answer.status_code == 200)
    assert all(
        answer.json()["current_version"] == winner.json()["version"] for answer in answers if answer is not winner
    )
