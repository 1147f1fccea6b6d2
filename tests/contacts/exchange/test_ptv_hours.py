"""Service hours of the catalogue as opening hours."""

from __future__ import annotations

from datetime import date

import pytest

from contacts.exchange.ptv_hours import opening_hours
from tests.contacts.exchange.catalogue import hours

DAY = date(2026, 11, 25)


def read(*rows: dict) -> tuple[str, int]:
    return opening_hours(list(rows), on=DAY)


@pytest.mark.parametrize(
    ("opening", "told"),
    [
        (
            [("Wednesday", "", "08:00:00", "16:00:00"), ("Friday", "", "08:00:00", "14:00:00")],
            "We 08:00-16:00; Fr 08:00-14:00; PH closed",
        ),
        ([("Monday", "Friday", "9:00", "15:00")], "Mo,Tu,We,Th,Fr 09:00-15:00; PH closed"),
        ([("Monday", "", "09:00", "11:00"), ("Monday", "", "12:00", "16:00")], "Mo 09:00-11:00,12:00-16:00; PH closed"),
        ([("Saturday", "Monday", "10:00", "12:00")], "Mo,Sa,Su 10:00-12:00; PH closed"),
        ([("Monday", None, "08:00", "00:00")], "Mo 08:00-24:00; PH closed"),
    ],
)
def test_ordinary_weeks_are_understood(opening, told):
    assert read(hours(*opening)) == (told, 0)


def test_a_night_is_told_at_its_evening():
    night = hours(("Friday", "Saturday", "22:00:00", "04:00:00"), type="OverMidnight")
    assert read(night) == ("Fr 22:00-04:00; PH closed", 0)


def test_always_is_always():
    assert read(hours(isAlwaysOpen=True)) == ("24/7", 0)


def test_older_names_of_types_and_lists_are_understood():
    row = hours(("Monday", "", "09:00", "15:00"), type="Standard")
    row["openingHours"] = row.pop("openingHour")
    assert read(row) == ("Mo 09:00-15:00; PH closed", 0)


@pytest.mark.parametrize(
    "row",
    [
        hours(("Monday", "", "10:00", "12:00"), type="Exceptional"),
        hours(isClosed=True),
        hours(("Monday", "", "10:00", "12:00"), isReservation=True),
        hours(("Monday", "", "10:00", "12:00"), validTo="2026-11-24T00:00:00"),
        hours(("Monday", "", "10:00", "12:00"), validFrom="2026-11-26T00:00:00"),
        hours(("Friday", "Monday", "16:00", "08:00"), type="OverMidnight"),
        hours(("Someday", "", "16:00", "18:00")),
        hours(("Monday", "", "late", "18:00")),
    ],
)
def test_what_no_ordinary_week_can_say_is_counted(row):
    usual = hours(("Tuesday", "", "09:00", "15:00"), validFrom="2026-01-01T00:00:00", validTo="2026-12-31T00:00:00")
    assert read(usual, row) == ("Tu 09:00-15:00; PH closed", 1)


@pytest.mark.parametrize("value", [None, [], "x", [None], [{}], {}])
def test_none_are_none(value):
    assert opening_hours(value, on=DAY) == ("", 0)
