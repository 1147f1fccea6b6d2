"""Sending by a real web server with several processes: many at one instant, and a server killed before it answers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx
import pytest
from django.db import connection

from delivery.models import Event
from kela_kunta.base.actor import Actor, acting
from referrals.models import Client, Referral
from tests.api import access_token
from tests.breaking import Broker, until
from tests.builders import body
from tests.conftest import cluster, environment
from tools import servers

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 200
PROCESSES = 4
PATIENCE = 120  # seconds


class Web:
    """The site in processes of its own, on a port that stays the same through its deaths."""

    def __init__(self, log: Path, broker: Broker) -> None:
        self.log, self.address = log, f"127.0.0.1:{servers.free_port()}"
        database = cluster().url(connection.settings_dict["NAME"], servers.APPLICATION)
        self.environment = os.environ | environment(database) | {"REDIS_URL": broker.url}
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "kela_kunta.wsgi", "--bind", self.address]
        command += ["--workers", str(PROCESSES)]
        self.process: subprocess.Popen[bytes] = servers.start(command, self.log, env=self.environment)
        until(self.answers)

    def answers(self) -> bool:
        try:
            return httpx.get(f"http://{self.address}/healthz").status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        """Away at once, with all that it was doing."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def calls_as(self, client: Any) -> httpx.Client:
        return httpx.Client(
            base_url=f"http://{self.address}/api/v1/",
            headers={"Authorization": f"Bearer {access_token(client)}"},
            limits=httpx.Limits(max_connections=AT_ONCE),
            timeout=PATIENCE,
        )


@pytest.fixture
def web(broker, tmp_path) -> Iterator[Web]:
    web = Web(tmp_path / "web.log", broker)
    yield web
    web.kill()


def at_once(*calls: Callable[[], httpx.Response]) -> list[httpx.Response]:
    """What came of the calls, begun together."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], httpx.Response]) -> httpx.Response:
        barrier.wait(PATIENCE)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def sending(caller: httpx.Client, sent: dict, *, key: str = "K") -> Callable[[], httpx.Response]:
    return lambda: caller.post("referrals/", json=sent, headers={"Idempotency-Key": key})


def there() -> tuple[int, int, int]:
    """How many referrals there are, how many clients, and how many events tell of a sending."""
    with acting(Actor.system("test")):
        return Referral.objects.count(), Client.objects.count(), Event.objects.filter(kind="sent").count()


def test_two_hundred_who_send_one_key_at_once_send_one_referral_and_get_equal_answers(web, etotu):
    sent = body("supplementary_application")
    with web.calls_as(etotu) as caller:
        answers = at_once(*[sending(caller, sent)] * AT_ONCE)
    assert Counter(answer.status_code for answer in answers) == {201: AT_ONCE}
    assert len({answer.content for answer in answers}) == 1
    assert {answer.headers["ETag"] for answer in answers} == {'"1"'}
    assert there() == (1, 1, 1)


def test_of_two_bodies_that_race_for_one_key_one_is_sent_and_the_other_always_refused(web, etotu):
    bodies = [body("under_25", client={"given_names": name}) for name in ("Aino", "Oiva")]
    with web.calls_as(etotu) as caller:
        answers = at_once(*[sending(caller, sent) for sent in bodies] * 20)
    (winner,) = {answer.content for answer in answers if answer.status_code == 201}
    name = json.loads(winner)["client"]["given_names"]
    for sent, answer in zip(bodies * 20, answers, strict=True):
        if sent["client"]["given_names"] == name:
            assert answer.status_code == 201
        else:
            assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")
    assert there() == (1, 1, 1)


def test_a_key_sent_alone_and_in_batches_at_once_is_one_referral(web, etotu):
    sent = body("under_25")
    items = [{"idempotency_key": key, "referral": sent} for key in ("A", "K", "K", "B")]

    def in_batch(order: int) -> httpx.Response:
        return caller.post("referrals/batch/", json={"items": items[::order]})

    with web.calls_as(etotu) as caller:
        answers = at_once(*[sending(caller, sent), lambda: in_batch(1), lambda: in_batch(-1)] * 10)
    found: dict[str, list[Any]] = {"A": [], "B": [], "K": []}
    for answer in answers:
        if answer.status_code == 201:
            found["K"].append(answer.json())
        else:
            assert answer.status_code == 200
            for result in answer.json()["results"]:
                found[result["idempotency_key"]].append(result["referral"])
    assert {key: len(answered) for key, answered in found.items()} == {"A": 20, "B": 20, "K": 50}
    assert all(one == answered[0] for answered in found.values() for one in answered)
    assert there() == (3, 3, 3)


def test_two_systems_that_send_one_key_at_once_send_a_referral_each(web, etotu, etotu2):
    sent = body("under_25")
    with web.calls_as(etotu) as one, web.calls_as(etotu2) as other:
        answers = at_once(*[sending(one, sent), sending(other, sent)] * 10)
    assert {answer.status_code for answer in answers} == {201}
    first, second = ({answer.json()["id"] for answer in answers[which::2]} for which in (0, 1))
    assert len(first) == len(second) == 1
    assert first != second
    assert there() == (2, 2, 2)


@pytest.mark.parametrize("in_batch", [False, True])
def test_a_server_killed_between_commit_and_answer_gives_the_first_answer_afterwards(web, broker, etotu, in_batch):
    """What was committed waits for a broker that hangs when the server dies."""
    sent = body("supplementary_application")
    items = {"items": [{"idempotency_key": key, "referral": sent} for key in ("K", "L")]}
    count = 2 if in_batch else 1
    with web.calls_as(etotu) as caller, ThreadPoolExecutor(1) as pool:
        call = (lambda: caller.post("referrals/batch/", json=items)) if in_batch else sending(caller, sent)
        broker.process.send_signal(signal.SIGSTOP)
        unanswered = pool.submit(call)
        until(lambda: there()[0])
        web.kill()
        with pytest.raises(httpx.TransportError):
            unanswered.result(PATIENCE)
        assert there() == (count, count, count)
        broker.process.send_signal(signal.SIGCONT)
        web.start()
        first, again = call(), call()
    assert first.status_code == (200 if in_batch else 201)
    assert first.content == again.content
    answer = first.json()["results"][0]["referral"] if in_batch else first.json()
    assert (answer["status"], answer["version"]) == ("sent", 1)
    assert there() == (count, count, count)
