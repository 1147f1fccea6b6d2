from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation

from delivery.models import Event
from referrals import wording
from referrals.rules.lifecycle import (
    TRANSFER_BY_HAND,
    WITHDRAWAL_BY_HAND,
    Move,
    ReturnReason,
    Status,
    TransferReason,
    WithdrawalReason,
)  # fmt: skip

HOME = {"place": "837", "type": "under_25", "on": "2026-03-10", "authority": "county-08", "since": "2023-01-01"}
EVENTS = {
    "sent": {},
    "delivered": {"authority": "county-08", "routing": {"code": "home", "params": HOME}},
    "unroutable": {"authority": None, "routing": {"code": "U5", "params": {}}},
    "acknowledged": {},
    "started": {"assignee": "Maija Malli"},
    "assigned": {"assignee": "Maija Malli"},
    "returned": {"reason": "wrong_authority", "text": "Moved.", "proposed_authority": "county-21"},
    "transferred": {"reason": "moved", "text": ""},
    "succeeded": {"from": "municipality-837", "authority": "county-08"},
    "closed": {"outcome": "studying", "text": ""},
    "outcome_corrected": {"outcome": "working", "text": "", "former": "studying"},
    "withdrawn": {"reason": "replaced"},
    "rerouted": {"text": "As proposed."},
    "resolved": {"text": "Stays there."},
    "decision_attached": {"decision": 1},
    "decision_corrected": {"decision": 2},
    "urgency_raised": {"reason": "No food."},
    "urgency_lowered": {"reason": "Has food."},
}


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (wording.STATUSES, Status),
        (wording.RETURN_REASONS, ReturnReason),
        (wording.TRANSFER_REASONS, TransferReason),
        (wording.WITHDRAWAL_REASONS, WithdrawalReason),
        (wording.MOVES, set(Move) - {Move.DELIVER, Move.FAIL, Move.SUCCEED}),
    ],
)
def test_every_code_has_a_word(words, codes):
    assert set(words) == set(codes)


def test_what_a_person_may_say_is_among_the_words():
    assert set(TRANSFER_BY_HAND) <= set(wording.TRANSFER_REASONS)
    assert set(WITHDRAWAL_BY_HAND) <= set(wording.WITHDRAWAL_REASONS)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("kind", EVENTS)
def test_every_event_is_told_in_every_language(kind, language):
    with translation.override(language):
        told = wording.happened(Event(kind=kind, data=EVENTS[kind]), type="under_25")
    assert told
    assert told != kind
    assert "%(" not in told


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("home", "Home municipality Tampere → Pirkanmaa wellbeing services county, responsible since 1.1.2023"),
        ("urgent_stay", "Urgent: place of stay Tampere → Pirkanmaa wellbeing services county, responsible since 1.1.2023"),
        ("U1", "No municipality with code 837 is in force on 10.3.2026 in the register loaded here, and it names no successor."),
        ("U4", "No authority is recorded for 837 Tampere, Under 25, on 10.3.2026."),
        ("U5", "Neither home municipality nor place of stay is known."),
    ],
)  # fmt: skip
def test_routing_tells_its_reason(code, told):
    with translation.override("en"):
        assert wording.routing_text({"code": code, "params": HOME}) == told


@pytest.mark.django_db
def test_merged_municipality_is_told_with_its_successor():
    with translation.override("en"):
        told = wording.routing_text({"code": "home", "params": HOME | {"place": "099", "merged_into": "214"}})
    assert told.startswith("Home municipality Honkajoki (now Kankaanpää) → ")


def test_reason_names_no_place_to_those_who_may_not_know():
    with translation.override("en"):
        assert (
            wording.routing_text({"code": "home", "params": HOME}, names_places=False)
            == "Routed by protected residence data"
        )


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 11, 25, 22, tzinfo=UTC), "by the end of 25.11.2026"),
        (datetime(2026, 11, 26, 8, tzinfo=UTC), "26.11.2026 10.00"),
    ],
)
def test_midnight_is_the_end_of_the_day_before(moment, text):
    with translation.override("en"):
        assert wording.until_text(moment) == text
