"""Waits double up to an hour, and after three days nobody tries any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from delivery.rules.backoff import FIRST_WAIT, GIVEN_UP_AFTER, LONGEST_WAIT, longest_wait, next_try

BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)
attempts = st.integers(1, 10_000)
chances = st.floats(0, 1, exclude_max=True)
moments = st.timedeltas(timedelta(0), GIVEN_UP_AFTER * 2).map(lambda since: BEGAN + since)


@given(attempts, moments, chances)
def test_it_is_tried_again_later_or_three_days_are_over(attempt, now, chance):
    at = next_try(attempt, began=BEGAN, now=now, chance=chance)
    assert (at is None) == (now >= BEGAN + GIVEN_UP_AFTER)
    assert at is None or now < at <= BEGAN + GIVEN_UP_AFTER


@given(attempts, moments, chances)
def test_a_wait_is_at_least_half_of_the_longest_unless_the_time_ends(attempt, now, chance):
    at = next_try(attempt, began=BEGAN, now=now, chance=chance)
    if at is not None and at != BEGAN + GIVEN_UP_AFTER:
        assert longest_wait(attempt) / 2 <= at - now <= longest_wait(attempt)


@given(attempts)
def test_waits_double_and_never_pass_an_hour(attempt):
    assert longest_wait(attempt + 1) == min(longest_wait(attempt) * 2, LONGEST_WAIT)


def test_the_first_wait_is_half_a_minute():
    assert longest_wait(1) == FIRST_WAIT == timedelta(seconds=30)


@given(attempts, st.lists(chances, min_size=2, max_size=2, unique=True))
def test_those_that_failed_together_do_not_come_back_together(attempt, two):
    first, second = (next_try(attempt, began=BEGAN, now=BEGAN, chance=chance) for chance in two)
    assert first is not None
    assert second is not None
    apart = longest_wait(attempt) * abs(two[0] - two[1]) / 2
    assert abs(abs(first - second) - apart) < timedelta(milliseconds=1)


@given(st.randoms(use_true_random=False))
def test_the_last_of_some_eighty_to_hundred_and_sixty_tries_falls_on_the_end_of_the_third_day(random):
    now, tries = BEGAN, 1
    while (at := next_try(tries, began=BEGAN, now=now, chance=random.random())) is not None:
        now, tries = at, tries + 1
    assert now == BEGAN + GIVEN_UP_AFTER
    assert 75 <= tries <= 160
