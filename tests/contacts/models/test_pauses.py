"""What PostgreSQL refuses of pauses, whoever writes them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from contacts.models import Pause
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from tests.cast import LAPLAND, PIRKANMAA
from tests.directory import PHONE

pytestmark = pytest.mark.django_db
NOW = clock.now()
HOUR = timedelta(hours=1)


def written(**facts: Any) -> Pause:
    """A pause of an hour that holds, but for `facts`, written straight into the table."""
    usual = {"authority_id": PIRKANMAA, "valid": DateTimeTZRange(NOW, NOW + HOUR), "cause": "staff", "set_at": NOW}
    with acting(Actor.system("test")):
        return Pause.objects.create(**usual | {"fallback_phone": PHONE} | facts)


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"cause": "holiday"}, "pause_known_cause"),
        ({"fallback_phone": ""}, "pause_says_what_instead"),
        ({"valid": DateTimeTZRange(NOW + 2 * HOUR, NOW + 2 * HOUR)}, "pause_some_time"),
        ({"valid": DateTimeTZRange(NOW + HOUR / 2, None)}, "one_pause_at_a_time"),
        ({"valid": DateTimeTZRange(NOW - HOUR, NOW + HOUR / 2)}, "one_pause_at_a_time"),
    ],
)
def test_what_cannot_be_is_refused(facts, constraint):
    written()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        written(**facts)
    assert Pause.objects.count() == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"type": "under_25"},
        {"authority_id": LAPLAND},
        {"valid": DateTimeTZRange(NOW + HOUR, None)},
    ],
)
def test_another_type_authority_or_time_may_stand_beside_it(facts):
    written()
    written(**facts)
    assert Pause.objects.count() == 2


def test_an_inbox_that_is_read_is_enough_instead():
    assert written(fallback_phone="", inbox_read=True).pk
