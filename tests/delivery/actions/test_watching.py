"""Letters to those whose systems do not fetch, and the end of old logs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from delivery.actions.calling import deliver_webhooks
from delivery.actions.posting import Draft, post_letter
from delivery.actions.subscribing import subscribe
from delivery.actions.watching import forget_old_deliveries, remind_unfetched
from delivery.channels import email
from delivery.models import Delivery, Letter
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from tests.cast import PIRKANMAA

pytestmark = pytest.mark.django_db
TEST = Actor.system("test")


def at(hour: int, day: int = 25):
    """By the clock of Helsinki, in winter."""
    return clock.frozen(datetime(2026, 11, day, hour, 30, tzinfo=UTC) - timedelta(hours=2))


@pytest.fixture
def silent(send, calls_as, county_pirkanmaa, lead):
    """Pirkanmaa's system fetched on the 24th and has not since, although something came."""
    User.objects.filter(pk=lead.pk).update(email="lead@pirkanmaa.example")
    caller = calls_as(county_pirkanmaa)
    with at(9, day=24):
        assert caller.get("inbox/changes/").status_code == 200
        send()
    return caller


def test_its_leads_get_three_letters_a_day_until_it_fetches(silent):
    posted = []
    for hour in (2, 7, 8, 9, 12, 15, 16, 20, 23):
        with at(hour):
            posted.append(remind_unfetched())
    assert posted == [0, 0, 1, 0, 1, 0, 1, 0, 0]
    with at(8, day=26):
        assert remind_unfetched() == 1
        with acting(TEST):
            letter = Letter.objects.order_by("-created_at").first()
            message = email.write(letter, "lead@pirkanmaa.example")
    assert letter.data == {"referrals": 1, "hours": 47}
    assert "Esimerkki" not in message.body
    assert str(letter.data["hours"]) in message.body


def test_fetching_ends_it(silent):
    with at(9):
        assert remind_unfetched() == 1
        assert len(silent.get("inbox/changes/").json()["changes"]) == 1
    with at(12):
        assert remind_unfetched() == 0
    with at(16):
        assert remind_unfetched() == 0


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_letters_can_be_written_in_every_language(silent, lead, receiver, send, county_pirkanmaa, language):
    User.objects.filter(pk=lead.pk).update(language=language)
    subscribe(receiver.url, [], by=county_pirkanmaa.actor)
    send()
    receiver.replies = [410]
    deliver_webhooks()
    with at(9, day=27):
        remind_unfetched()
    with acting(TEST):
        letters = {letter.kind: email.write(letter, "lead@pirkanmaa.example") for letter in Letter.objects.all()}
    assert set(letters) == {"unfetched", "webhook_stopped"}
    for message in letters.values():
        assert "/referrals/" in message.body
        assert "{{" not in message.body + message.subject


def test_calls_of_long_ago_are_forgotten_and_what_waits_stays(send, receiver, county_pirkanmaa):
    subscribe(receiver.url, [], by=county_pirkanmaa.actor)
    send()
    send()
    receiver.replies = [204, 500]
    deliver_webhooks()
    with clock.frozen(clock.now() + timedelta(days=89)):
        assert forget_old_deliveries() == 0
    with clock.frozen(clock.now() + timedelta(days=91)):
        assert forget_old_deliveries() == 1
    with acting(TEST):
        assert [delivery.last_status for delivery in Delivery.objects.all()] == [500]


def test_letters_of_long_ago_are_forgotten_and_what_waits_stays(lead):
    for key in ("sent", "waits"):
        post_letter(Draft("lots", key, lead, PIRKANMAA, {"alerts": 1, "weeks": 1}))
    with acting(TEST):
        Letter.objects.filter(key="sent").update(sent_at=clock.now(), next_attempt_at=None)
    with clock.frozen(clock.now() + timedelta(days=91)):
        assert forget_old_deliveries() == 1
    with acting(TEST):
        assert Letter.objects.get().key == "waits"
