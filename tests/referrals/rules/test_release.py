"""When what a system sent may leave for its authority."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals import parameters
from referrals.rules.deadlines import HELSINKI
from referrals.rules.release import DAY_AFTER_DECISION, Rule, release_at
from referrals.types import TYPES
from tests.referrals.rules.law import RELEASES

TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
AT_ONCE = [
    ("supplementary_application", True),
    ("social_work_need", False),
    ("social_work_need", True),
    ("under_25", False),
    ("over_25", False),
    ("immigrant", False),
]
AFTER_THE_DECISION = [("supplementary_application", False), ("lowered_basic_amount", False)]


def released(type: str, urgent: bool, decided_on: date | None, sent_at: datetime = TUESDAY) -> datetime:
    return release_at(RELEASES, type=type, urgent=urgent, sent_at=sent_at, decided_on=decided_on)


@pytest.mark.parametrize(("type", "urgent"), AT_ONCE)
def test_what_cannot_wait_leaves_at_once(type, urgent):
    assert released(type, urgent, TUESDAY.date()) == TUESDAY


@pytest.mark.parametrize(("type", "urgent"), AFTER_THE_DECISION)
def test_the_rest_leaves_as_the_day_after_the_decision_begins_in_helsinki(type, urgent):
    assert released(type, urgent, date(2026, 11, 24)) == datetime(2026, 11, 25, tzinfo=HELSINKI)
    assert released(type, urgent, date(2026, 11, 24)).tzinfo is UTC


@pytest.mark.parametrize("decided_on", [None, date(2026, 11, 23), date(2017, 1, 2)])
def test_nothing_waits_without_a_decision_or_after_its_day(decided_on):
    assert released("supplementary_application", False, decided_on) == TUESDAY


def test_rules_are_dated():
    rules = [
        Rule("social_work_need", None, None, date(2026, 11, 24), DAY_AFTER_DECISION, "old"),
        Rule("social_work_need", None, date(2026, 11, 25), None, "at_once", "new"),
    ]
    facts = {"type": "social_work_need", "urgent": False}
    assert release_at(rules, sent_at=TUESDAY, decided_on=date(2026, 11, 24), **facts) > TUESDAY
    next_day = TUESDAY + timedelta(days=1)
    assert release_at(rules, sent_at=next_day, decided_on=date(2026, 11, 25), **facts) == next_day


@pytest.mark.django_db
def test_the_tables_first_rows_are_these_rules():
    assert parameters.load().release == RELEASES


@given(
    st.sampled_from(list(TYPES)),
    st.booleans(),
    st.datetimes(datetime(2017, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.none() | st.dates(date(2017, 1, 1), date(2050, 1, 1)),
)
def test_no_type_leaves_before_it_was_sent_or_later_than_the_day_after_its_decision(type, urgent, sent_at, decided_on):
    found = released(type, urgent, decided_on, sent_at)
    assert found >= sent_at
    assert found == sent_at or found.astimezone(HELSINKI).date() == decided_on + timedelta(days=1)
