"""A wipe takes all or nothing, whatever happens to the same referrals at that moment."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from delivery.models import Event
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import NotAllowed, NotFound
from referrals.actions.correcting import withdraw
from referrals.actions.messaging import write_message
from referrals.actions.routing import ROUTER, route_batch
from referrals.actions.wiping import WIPER, wipe_test_data
from referrals.models import Client, Message, Referral
from tests.together import at_once

TEST_JOB = Actor.system("test").in_test


@pytest.mark.django_db
def test_only_the_test_client_itself_and_our_own_job_wipe(etotu, etotu_test, county_test, send_only):
    send_only(by=etotu_test.actor)
    for by in (etotu.actor, county_test.actor, Actor.system("test-data"), TEST_JOB):
        with pytest.raises(NotAllowed):
            wipe_test_data(etotu_test.actor.id, by=by)
    assert wipe_test_data(etotu_test.actor.id, by=etotu_test.actor) == 1
    assert wipe_test_data(etotu_test.actor.id, by=WIPER) == 0


@pytest.mark.django_db(transaction=True)
def test_what_happens_at_the_same_instant_leaves_nothing_behind(etotu_test, send_only):
    by, sender = etotu_test.actor, etotu_test.actor.id
    for _ in range(8):
        first, second, *_others = [send_only(by=by) for _ in range(6)]
        answers = at_once(
            partial(wipe_test_data, sender),
            partial(wipe_test_data, sender, by=by),
            partial(route_batch, by=ROUTER.in_test),
            partial(withdraw, first.pk, by=by, version=None, reason="sent_by_mistake", text="No."),
            partial(write_message, second.pk, by=by, text="Hello"),
        )
        failed = [answer for answer in answers if isinstance(answer, Exception)]
        assert [error for error in failed if not isinstance(error, NotFound)] == []
        assert answers[0] + answers[1] == 6
        assert left() == {"referrals": 0, "clients": 0, "events": 0, "messages": 0}


def left() -> dict[str, int]:
    tables: dict[str, Any] = {"referrals": Referral, "clients": Client, "events": Event, "messages": Message}
    with acting(TEST_JOB):
        return {name: table.objects.count() for name, table in tables.items()}
