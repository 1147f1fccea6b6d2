"""What is urgent at an authority that pauses, or that nobody takes note of in time, is brought before those who lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError

from accounts.models import User
from contacts.actions.pausing import pause, resume
from contacts.models import Pause
from delivery.channels.email import write
from delivery.models import Letter
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.actions.correcting import change_urgency, reroute
from referrals.actions.escalating import escalate_waiting
from referrals.actions.routing import route_batch
from referrals.actions.working import acknowledge, return_to_kela, transfer
from referrals.models import Referral
from referrals.queries import history
from tests.cast import LAPLAND, PIRKANMAA, now
from tests.referrals.actions.moves import at, last_event
from tests.together import at_once

pytestmark = pytest.mark.django_db
PHONE = "+358401234567"
URGENT = {"urgent_supplementary": True, "urgent_supplementary_reason": "No food."}
MORNING = at("2026-11-24T09:00")


@pytest.fixture
def paused(lead) -> Callable[..., Pause]:
    """Pirkanmaa pauses from that morning on, or another of the pause's own facts."""

    def make(**facts: Any) -> Pause:
        usual = {"type": "", "begins": MORNING, "ends": None, "cause": "staff", "text": "", "fallback_phone": PHONE}
        return pause(**usual | {"inbox_read": False, "by": lead.actor} | facts)

    return make


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(at("2026-11-24T12:00")):
        yield


def kinds(referral: Referral) -> list[str]:
    with acting(Actor.system("test")):
        return [event.kind for event in history(referral)]


def test_an_urgent_one_to_a_paused_authority_is_escalated_with_its_delivery(paused, send):
    paused()
    referral = send(**URGENT)
    assert (referral.status, referral.version) == ("delivered", 3)
    assert (referral.escalated_at, referral.escalated_because) == (clock.now(), "receiver_paused")
    assert kinds(referral) == ["sent", "delivered", "escalated"]
    event = last_event(referral)
    assert event.data == {"reason": "receiver_paused", "phone": PHONE}
    assert (event.status, event.role, event.authority_id, event.number) == ("delivered", "system", PIRKANMAA, 2)


@pytest.mark.parametrize(
    ("facts", "urgency"),
    [
        ({}, {}),
        ({"type": "social_work_need"}, URGENT),
        ({"begins": at("2026-11-25T09:00")}, URGENT),
        ({"ends": at("2026-11-24T11:00")}, URGENT),
    ],
    ids=["not urgent", "another type pauses", "not yet", "no more"],
)
def test_what_is_not_urgent_or_not_paused_is_not(paused, send, facts, urgency):
    paused(**facts)
    referral = send(**urgency)
    assert (referral.version, referral.escalated_at, referral.escalated_because) == (2, None, "")


def test_a_pause_of_the_type_itself_says_whom_to_call(paused, send):
    paused()
    paused(type="supplementary_application", fallback_phone="+358407654321")
    assert last_event(send(**URGENT)).data["phone"] == "+358407654321"


def test_a_batch_escalates_those_alone_that_are_to_be(paused, send_only):
    paused()
    calm, urgent = send_only(), send_only(**URGENT)
    elsewhere = send_only(client={"home_municipality": "698", "place_of_stay": "698"}, **URGENT)
    assert route_batch() == 3
    assert [now(one).escalated_because for one in (calm, urgent, elsewhere)] == ["", "receiver_paused", ""]


def test_a_hand_over_to_a_paused_authority_escalates_in_the_same_step(paused, send, lapland):
    paused()
    referral = send(client={"home_municipality": "698", "place_of_stay": "698"}, **URGENT)
    transfer(referral.pk, by=lapland.actor, version=2, authority=PIRKANMAA, reason="moved", text="")
    referral = now(referral)
    assert (referral.version, referral.escalated_because) == (5, "receiver_paused")
    assert kinds(referral)[-3:] == ["transferred", "delivered", "escalated"]


def test_the_next_authority_begins_anew(paused, send, pirkanmaa, handler):
    paused()
    referral = send(**URGENT)
    transfer(referral.pk, by=pirkanmaa.actor, version=3, authority=LAPLAND, reason="moved", text="")
    assert (now(referral).escalated_at, now(referral).escalated_because) == (None, "")


def test_what_kela_sends_on_to_a_paused_authority_is_escalated(paused, send, pirkanmaa, handler):
    paused()
    referral = send(**URGENT)
    return_to_kela(referral.pk, by=pirkanmaa.actor, version=3, reason="other", text="Why?")
    reroute(referral.pk, by=handler.actor, version=4, authority=PIRKANMAA, text="It is yours.")
    assert kinds(referral)[-3:] == ["rerouted", "delivered", "escalated"]
    assert now(referral).escalated


def test_what_becomes_urgent_at_a_paused_authority_is_escalated(paused, send, handler):
    paused()
    referral = send()
    change_urgency(referral.pk, by=handler.actor, version=2, urgent=True, reason="No food any more.")
    assert kinds(referral)[-2:] == ["urgency_raised", "escalated"]


def test_it_stands_escalated_until_somebody_takes_note(paused, send, pirkanmaa):
    paused()
    referral = send(**URGENT)
    assert referral.escalated
    acknowledge(referral.pk, by=pirkanmaa.actor, version=3)
    assert not now(referral).escalated
    assert escalate_waiting() == 0


def test_the_sweep_finds_what_was_there_before_the_pause(paused, send):
    referral, calm = send(**URGENT), send()
    assert escalate_waiting() == 0
    paused()
    assert (escalate_waiting(), escalate_waiting()) == (1, 0)
    assert (now(referral).escalated_because, now(calm).escalated_because) == ("receiver_paused", "")
    assert last_event(referral).data == {"reason": "receiver_paused", "phone": PHONE}


def test_the_sweep_finds_what_nobody_noted_in_time(send):
    referral, calm = send(**URGENT), send()
    assert referral.acknowledge_by == at("2026-11-25T00:00")
    with clock.frozen(at("2026-11-24T23:59")):
        assert escalate_waiting() == 0
    with clock.frozen(at("2026-12-24T00:00")):
        assert (escalate_waiting(), escalate_waiting()) == (1, 0)
    assert (now(referral).escalated_because, now(calm).escalated_because) == ("not_acknowledged", "")
    assert last_event(referral).data == {"reason": "not_acknowledged", "phone": ""}


def test_a_pause_that_ended_leaves_what_was_escalated(paused, send, lead):
    begun = paused()
    referral = send(**URGENT)
    resume(begun.pk, by=lead.actor)
    assert now(referral).escalated
    assert not send(**URGENT).escalated


def test_nothing_of_it_stays_when_the_delivery_fails(paused, send_only, monkeypatch):
    paused()
    referral = send_only(**URGENT)

    def fail(*args: Any, **facts: Any) -> None:
        raise DatabaseError("no more room")

    monkeypatch.setattr("referrals.actions.escalating.change", fail)
    with pytest.raises(DatabaseError):
        route_batch()
    assert (now(referral).status, now(referral).version, kinds(referral)) == ("sent", 1, ["sent"])


@pytest.fixture
def readers(lead, supervisor, lapland) -> list[User]:
    """Those who may get letters, and a lead of another county."""
    other = User.objects.create_user("lead.lapland", name="Other", role="lead", authority_id=LAPLAND)
    people = [lead, supervisor, lapland, other]
    for person in people:
        person.email = f"{person.username}@mail.example"
        person.save()
    return people


def letters() -> list[tuple[str, str, dict[str, Any]]]:
    with acting(Actor.system("test")):
        rows = Letter.objects.order_by("reader__username").values_list("reader__username", "authority_id", "data")
        return list(rows)


def test_the_authoritys_leads_and_kelas_supervisors_get_one_letter_without_a_word_about_the_client(
    paused, send_only, readers
):
    paused()
    for _ in range(2):
        send_only(**URGENT)
    route_batch()
    common = {"n": 2, "because": "receiver_paused"}
    assert letters() == [
        ("lead.pirkanmaa", PIRKANMAA, common | {"view": "escalated"}),
        ("supervisor", PIRKANMAA, common | {"view": "paused"}),
    ]
    with acting(Actor.system("test")):
        letter = Letter.objects.select_related("reader", "authority").filter(reader__username="supervisor").get()
    letter.language = "en"
    message = write(letter, "supervisor@mail.example")
    whole = " ".join([message.subject, message.body, message.alternatives[0].content])
    assert "2 urgent referrals have come to Pirkanmaa wellbeing services county" in whole
    assert "/referrals/?view=paused" in whole
    assert "Esimerkki" not in whole


def test_a_lateness_is_written_of_once(send, readers):
    send(**URGENT)
    with clock.frozen(at("2026-12-24T00:00")):
        escalate_waiting()
        escalate_waiting()
    assert [(name, data["because"], data["view"]) for name, _, data in letters()] == [
        ("lead.pirkanmaa", "not_acknowledged", "escalated"),
        ("supervisor", "not_acknowledged", "unnoted"),
    ]


def test_a_hand_over_by_an_authoritys_worker_writes_too(paused, send, lapland, readers):
    paused()
    referral = send(client={"home_municipality": "698", "place_of_stay": "698"}, **URGENT)
    transfer(referral.pk, by=lapland.actor, version=2, authority=PIRKANMAA, reason="moved", text="")
    assert [name for name, _, _ in letters()] == ["lead.pirkanmaa", "supervisor"]


@pytest.mark.parametrize("columns", [{"escalated_at": MORNING}, {"escalated_because": "receiver_paused"},
                                     {"escalated_at": MORNING, "escalated_because": "bored"}])  # fmt: skip
def test_the_database_knows_no_escalation_without_its_reason(send, columns):
    referral = send()
    with pytest.raises(DatabaseError, match="escalated_with_its_reason"), acting(Actor.system("test")):
        Referral.objects.filter(pk=referral.pk).update(version=9, **columns)


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_escalate_each_once(send):
    for _ in range(5):
        send(**URGENT)

    def sweep() -> int:
        with clock.frozen(at("2026-12-01T12:00")):
            return escalate_waiting()

    assert sum(at_once(sweep, sweep)) == 5
