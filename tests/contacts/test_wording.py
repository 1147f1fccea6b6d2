"""What the directory tells, in words."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import translation

from contacts.wording import end_text, hours_now, is_open, week_text
from kela_kunta.base import clock

OFFICE = "Mo-Fr 09:00-15:30; PH off"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.HELSINKI)


@pytest.mark.parametrize(
    ("hours", "moment", "words"),
    [
        ("", "2026-11-24T10:00", ""),
        ("24/7", "2026-11-24T03:00", "open round the clock"),
        (OFFICE, "2026-11-24T10:00", "open until 15.30"),
        (OFFICE, "2026-11-24T08:59", "closed, opens 9.00"),
        (OFFICE, "2026-11-24T15:30", "closed, opens Wed 9.00"),
        (OFFICE, "2026-11-27T16:00", "closed, opens Mon 9.00"),
        (OFFICE, "2026-12-24T16:00", "closed, opens Mon 9.00"),  # Christmas lies between
        ("Mo-Su 09:00-24:00", "2026-11-24T10:00", "open until 24.00"),
        ("2027 Jun 01-30 09:00-15:00", "2026-11-24T10:00", "closed, opens Tue 1.6. 9.00"),
        ("off", "2026-11-24T10:00", "closed"),
    ],
)
def test_it_says_whether_it_is_open_and_until_when(hours, moment, words):
    assert hours_now(hours, at(moment)) == words


def test_the_time_is_helsinkis_and_the_words_are_the_readers():
    with translation.override("fi"):
        assert hours_now(OFFICE, datetime.fromisoformat("2026-11-24T13:00+00:00")).endswith("15.30")
        assert "9.00" in hours_now(OFFICE, datetime.fromisoformat("2026-11-24T14:00+00:00"))


@pytest.mark.parametrize(
    ("hours", "moment", "is_it"),
    [
        ("", "2026-11-24T10:00", False),
        ("24/7", "2026-12-25T03:00", True),
        (OFFICE, "2026-11-24T09:00", True),
        (OFFICE, "2026-11-24T15:30", False),
        (OFFICE, "2026-12-25T10:00", False),
    ],
)
def test_it_is_open_from_the_opening_minute_and_on_no_holiday(hours, moment, is_it):
    assert is_open(hours, at(moment)) is is_it


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("", ""),
        ("24/7", "Round the clock"),
        (OFFICE, "Mon–Fri 9–15.30"),
        ("Mo-Th 09:00-15:00; Fr 09:00-11:30; PH off", "Mon–Thu 9–15; Fri 9–11.30"),
        ("Tu,Th 12:00-14:00; PH off", "Tue 12–14; Thu 12–14"),
        ("Mo-Fr 08:00-11:00,12:00-16:00; PH off", "Mon–Fri 8–11, 12–16"),
        ("Mo-Su 00:00-24:00", "Mon–Sun 0–24"),
    ],
)
def test_an_ordinary_week_is_told_by_days_that_are_alike(hours, words):
    assert week_text(hours) == words


def test_midnight_is_told_as_the_end_of_the_day_before():
    assert end_text(at("2026-12-03T00:00")) == "until the end of 2.12.2026"
    assert end_text(at("2026-12-02T08:00")) == "until 2.12.2026 8.00"
