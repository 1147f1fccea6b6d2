"""Both sides of the kit against a live server, by the commands that people run."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from threading import Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from delivery.actions.delivering import deliver_pending
from kela_kunta.base.actor import Actor, acting
from kela_kunta.demo.accounts import make_accounts
from referrals.actions.routing import route_pending
from referrals.models import Referral
from referrals.types import TYPES

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def as_client(live_server, monkeypatch) -> Callable[..., dict[str, Any]]:
    """Run a command as a client of the demo; its result."""
    make_accounts()

    def run(command: str, option: str, client: str, *more: str) -> dict[str, Any]:
        monkeypatch.setenv("KELA_KUNTA_SECRET", f"demo-{client}")
        out = StringIO()
        call_command(command, option, client, "--url", live_server.url, "--json", *more, stdout=out)
        return json.loads(out.getvalue())

    return run


def states() -> list[str]:
    with acting(Actor.system("test").in_test):
        return sorted(Referral.objects.values_list("status", flat=True))


def test_what_etotu_sends_the_county_takes_through_to_its_end_and_both_hold_the_same(as_client, settings):
    settings.WEBHOOK_LOOPBACK = True
    sent = as_client("simulate_etotu", "--client", "etotu-test", "--count", "24")
    assert sent["sent"].keys() == TYPES.keys()
    assert (sum(sent["sent"].values()), sent["refused"], sent["sent_again"]) == (24, {}, 2)
    assert sent["files"] == sent["sent"]["social_work_need"] > 0
    assert sent["months"] == 24
    assert len(states()) == 24
    results: list[dict[str, Any]] = []
    county = Thread(
        target=lambda: results.append(
            as_client("simulate_county", "--authority", "county-pirkanmaa-test", "--seconds", "12")
        )
    )
    county.start()
    while county.is_alive():
        route_pending()
        deliver_pending()
        county.join(0.3)
    (result,) = results
    received = 24 - sent["sent"]["immigrant"]  # those are the municipality's
    assert result["days_that_differ"] == []
    assert result["done"] == dict.fromkeys(("receipts", "acknowledge", "start", "close"), received)
    assert result["webhooks"].get("verified", 0) >= received
    assert "forged" not in result["webhooks"]
    assert states().count("closed") == received == result["held"]


def test_without_a_secret_in_the_environment_nothing_is_called(as_client, monkeypatch):
    monkeypatch.delenv("KELA_KUNTA_SECRET", raising=False)
    with pytest.raises(CommandError, match="KELA_KUNTA_SECRET"):
        call_command("simulate_etotu", "--client", "etotu-test")


def test_a_wrong_secret_ends_with_one_sentence(live_server, monkeypatch):
    monkeypatch.setenv("KELA_KUNTA_SECRET", "wrong")
    with pytest.raises(CommandError, match="The service did not take the call: 401"):
        call_command("simulate_county", "--authority", "nobody", "--url", live_server.url, "--seconds", "0")
