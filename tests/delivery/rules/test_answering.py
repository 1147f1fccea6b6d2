"""What answers mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.rules.answering import LONGEST_PUT_OFF, error_of, put_off

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "error"),
    [(200, ""), (204, ""), (299, ""), (301, "redirected"), (307, "redirected"), (400, "answered_error"),
     (404, "answered_error"), (410, "gone"), (429, "busy"), (500, "answered_error"), (503, "busy"), (100, "answered_error")],
)  # fmt: skip
def test_only_success_is_a_receipt(status, error):
    assert error_of(status) == error


def test_seconds_and_dates_are_understood():
    assert put_off("120", now=NOW) == NOW + timedelta(seconds=120)
    assert put_off(format_datetime(NOW + timedelta(minutes=5), usegmt=True), now=NOW) == NOW + timedelta(minutes=5)


def test_nobody_is_put_off_for_longer_than_six_hours_or_into_the_past():
    assert put_off("999999999", now=NOW) == NOW + LONGEST_PUT_OFF
    assert put_off("Wed, 01 Jan 2070 00:00:00 GMT", now=NOW) == NOW + LONGEST_PUT_OFF
    assert put_off("Wed, 01 Jan 2020 00:00:00 GMT", now=NOW) == NOW


@pytest.mark.parametrize("text", [None, "", "soon", "-5", "1.5", "9" * 20, "٣"])
def test_what_cannot_be_understood_puts_nothing_off(text):
    assert put_off(text, now=NOW) is None


@given(st.text(max_size=40))
def test_any_text_is_kept_within_bounds(text):
    until = put_off(text, now=NOW)
    assert until is None or NOW <= until <= NOW + LONGEST_PUT_OFF
