"""When an urgent referral that nobody has taken note of is escalated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.rules.escalation import Because, escalation
from referrals.rules.lifecycle import Status

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(hours=1), NOW - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("paused", "acknowledge_by", "because"),
    [
        (False, LATER, None),
        (True, LATER, Because.RECEIVER_PAUSED),
        (False, NOW, Because.NOT_ACKNOWLEDGED),
        (False, EARLIER, Because.NOT_ACKNOWLEDGED),
        (True, EARLIER, Because.RECEIVER_PAUSED),
        (False, None, None),
    ],
)
def test_what_is_urgent_and_new_is_escalated_for_a_pause_before_a_lateness(paused, acknowledge_by, because):
    found = escalation(status=Status.DELIVERED, urgent=True, acknowledge_by=acknowledge_by, paused=paused, now=NOW)
    assert found == because


@given(
    status=st.sampled_from(Status), urgent=st.booleans(), paused=st.booleans(),
    acknowledge_by=st.sampled_from([None, EARLIER, LATER]),
)  # fmt: skip
def test_nothing_else_is_ever_escalated(status, urgent, paused, acknowledge_by):
    if status != Status.DELIVERED or not urgent:
        assert escalation(status=status, urgent=urgent, acknowledge_by=acknowledge_by, paused=paused, now=NOW) is None
