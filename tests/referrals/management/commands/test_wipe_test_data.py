"""`manage.py wipe_test_data`."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from tests.builders import body
from tests.cast import now

pytestmark = pytest.mark.django_db


def wiped(capsys, *args: str) -> dict[str, int]:
    call_command("wipe_test_data", *args, "--json")
    return json.loads(capsys.readouterr().out)["wiped"]


def test_it_wipes_what_test_clients_sent_and_nothing_live(capsys, calls_as, etotu_test, county_test, send):
    live = send()
    calls_as(etotu_test).send(body("social_work_need"))
    assert wiped(capsys, "--client", "county-test") == {"county-test": 0}
    assert wiped(capsys) == {"county-test": 0, "etotu-test": 1}
    assert wiped(capsys) == {"county-test": 0, "etotu-test": 0}
    assert now(live) == live


@pytest.mark.parametrize("client", ["etotu", "nobody"])
def test_it_knows_test_clients_alone(client, etotu):
    with pytest.raises(CommandError, match="no test client"):
        call_command("wipe_test_data", "--client", client)


def test_a_sentence_tells_how_many(capsys, etotu_test):
    call_command("wipe_test_data")
    assert capsys.readouterr().out == "etotu-test: 0 referrals wiped.\n"
