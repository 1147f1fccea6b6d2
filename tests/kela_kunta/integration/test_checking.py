from __future__ import annotations

from contextlib import suppress
from threading import Thread

import httpx
import pytest

from kela_kunta.integration.checking import Check, Trial
from kela_kunta.integration.receiver import listening, receive
from kela_kunta.integration.service import Service
from kela_kunta.integration.stage import Stage, played


def test_the_kits_own_receiver_passes_every_check():
    stage = Stage("county", "secret")
    with (
        played(stage, "127.0.0.1", 0) as url,
        Service(url, "county", "secret") as service,
        listening("127.0.0.1", 0) as (bell, address),
    ):

        def run() -> None:
            with suppress(httpx.HTTPError, RuntimeError):  # when all is checked, there is nobody left to call
                receive(service, bell, address, seconds=60, most=100, look_every=0.3)

        Thread(target=run, daemon=True).start()
        checks = list(Trial(stage, patience=12).run())
    assert [check for check in checks if not check.passed] == []
    assert len(checks) == 14


@pytest.fixture
def careless():
    """A system that reads the feed from its beginning each time, acknowledges all it sees, and believes every call."""
    stage = Stage("county", "secret")
    with played(stage, "127.0.0.1", 0) as url, listening("127.0.0.1", 0) as (bell, address):
        bell.take = lambda headers, body: 204
        ended = []

        def run() -> None:
            with Service(url, "county", "secret") as service, httpx.Client(base_url=url) as impatient:
                service.call("POST", "webhooks/", json={"url": address})
                while not ended:
                    for change in service.call("GET", "inbox/changes/").json()["changes"]:
                        referral = service.call("GET", f"referrals/{change['referral']}/")
                        headers = {"If-Match": referral.headers["ETag"], "Authorization": f"Bearer {stage.token}"}
                        path = f"/api/v1/referrals/{change['referral']}/acknowledge/"
                        while impatient.post(path, json={}, headers=headers).status_code == 503:
                            pass

        system = Thread(target=run, daemon=True)
        system.start()
        yield stage
        ended.append(True)
        system.join(10)


def test_a_careless_system_is_told_what_it_does_wrong(careless):
    failed = {check.name for check in Trial(careless, patience=5).run() if not check.passed}
    assert {
        "refuses a broken signature",
        "refuses a call of an hour ago",
        "acknowledges nothing twice when the feed repeats a change",
        "tries again after 503, as Retry-After says",
        "resumes the feed from its cursor",
    } <= failed
    assert "takes a signed call" not in failed


def test_a_check_without_a_fault_passed():
    assert Check("a", "").passed
    assert not Check("a", "it did not").passed
