"""What the auditor reads."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from accounts.actions.looking import log_look
from accounts.models import Look
from accounts.queries import WantedLooks, looks, looks_at_person
from kela_kunta.base import clock, sealed
from kela_kunta.base.actor import acting

pytestmark = pytest.mark.django_db
CODE = "010190-900L"
TODAY = clock.today()


@pytest.fixture
def noted(handler, pirkanmaa) -> dict[str, UUID]:
    """Three looks: a handler's list, a worker's view of a referral, a handler's search for a person."""
    seen = uuid4()
    with acting(handler.actor):
        log_look(handler.actor, Look.LIST, referrals=[uuid4()])
    with acting(pirkanmaa.actor):
        log_look(pirkanmaa.actor, Look.VIEW, referrals=[uuid4(), seen])
    with acting(handler.actor):
        log_look(handler.actor, Look.SEARCH, person_index=sealed.blind_index(CODE))
    return {"seen": seen}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (WantedLooks(), ["search", "view", "list"]),
        (WantedLooks(actor="HANDL"), ["search", "list"]),
        (WantedLooks(actor="pirkanmaa"), ["view"]),
        (WantedLooks(actor="%"), []),
        (WantedLooks(look="view"), ["view"]),
        (WantedLooks(since=TODAY, until=TODAY), ["search", "view", "list"]),
        (WantedLooks(since=TODAY + timedelta(days=1)), []),
        (WantedLooks(until=TODAY - timedelta(days=1)), []),
        (WantedLooks(since=date.min, until=date.max), ["search", "view", "list"]),
    ],
)
def test_lines_come_latest_first_as_they_are_wanted(noted, auditor, wanted, found):
    with acting(auditor.actor):
        assert [line.look for line in looks(wanted)] == found


def test_pages_go_on_where_the_last_one_ended(noted, auditor):
    with acting(auditor.actor):
        first = looks(WantedLooks(), size=2)
        assert [line.look for line in looks(WantedLooks(), cursor=first.next, size=2)] == ["list"]


def test_who_looked_at_a_person_or_searched_for_them(noted, auditor):
    with acting(auditor.actor):
        about = looks_at_person([noted["seen"]], sealed.blind_index(CODE), WantedLooks())
        assert [line.look for line in about] == ["search", "view"]
        assert looks_at_person([uuid4()], sealed.blind_index("another"), WantedLooks()) == []
        assert len(looks_at_person([noted["seen"]], sealed.blind_index(CODE), WantedLooks(), limit=1)) == 1


def test_others_find_nothing(noted, handler):
    with acting(handler.actor):
        assert len(looks(WantedLooks())) == 0
