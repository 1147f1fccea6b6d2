"""The service catalogue's service hours in OpenStreetMap's notation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from contacts.exchange.ptv_values import dicts, text
from contacts.rules.hours import ROUND_THE_CLOCK, read_hours

_DAYS = {
    "Monday": "Mo", "Tuesday": "Tu", "Wednesday": "We", "Thursday": "Th", "Friday": "Fr", "Saturday": "Sa",
    "Sunday": "Su",
}  # fmt: skip
_WEEK = list(_DAYS.values())
_CLOCK = re.compile(r"([0-2]?[0-9]):([0-5][0-9])(:[0-5][0-9])?")
_THROUGH = ("OverMidnight", "Special")  # from a moment of one day to a moment of another, not the same times on each
LONGEST = 200
Span = tuple[str, str]


def opening_hours(value: Any, *, on: date) -> tuple[str, int]:
    """The ordinary week as of day `on`, "" when none is told, and how many rows could not be said in it.

    Exceptional days, rows of other times and those by appointment are such rows.
    """
    week: dict[str, list[Span]] = {day: [] for day in _WEEK}
    always, odd = False, 0
    for row in dicts(value):
        if not _ordinary(row, on):
            odd += 1
        elif row.get("isAlwaysOpen") is True:
            always = True
        else:
            for hour in dicts(row.get("openingHour") or row.get("openingHours")):
                odd += not _put(week, hour, through=text(row.get("serviceHourType")) in _THROUGH)
    if always:
        return ROUND_THE_CLOCK, odd
    try:
        hours = read_hours(_notation(week))
    except ValueError:
        return "", odd + 1
    return (hours, odd) if len(hours) <= LONGEST else ("", odd + 1)


def _ordinary(row: Mapping[str, Any], on: date) -> bool:
    if text(row.get("serviceHourType")) not in ("", "DaysOfTheWeek", "Standard", *_THROUGH):
        return False
    if row.get("isClosed") is True or row.get("isReservation") is True:
        return False
    return text(row.get("validFrom"))[:10] <= on.isoformat() <= (text(row.get("validTo"))[:10] or "9999")


def _put(week: dict[str, list[Span]], hour: Mapping[str, Any], *, through: bool) -> bool:
    """Whether the row could be put into the week."""
    first = _DAYS.get(text(hour.get("dayFrom")).capitalize())
    last = _DAYS.get(text(hour.get("dayTo")).capitalize(), first)
    opens, closes = _clock(hour.get("from")), _clock(hour.get("to"))
    if first is None or last is None or not opens or not closes:
        return False
    if closes == "00:00":
        closes = "24:00"
    length = (_WEEK.index(last) - _WEEK.index(first)) % 7
    if closes <= opens and length == 1:
        length = 0  # from the evening of one day to the morning of the next
    elif opens == closes or (length and (through or closes < opens)):
        return False
    for place in range(length + 1):
        week[_WEEK[(_WEEK.index(first) + place) % 7]].append((opens, closes))
    return True


def _clock(value: Any) -> str:
    found = _CLOCK.fullmatch(text(value))
    return f"{int(found[1]):02}:{found[2]}" if found else ""


def _notation(week: Mapping[str, list[Span]]) -> str:
    days_of: dict[str, list[str]] = {}
    for day, spans in week.items():
        if spans:
            times = ",".join(f"{opens}-{closes}" for opens, closes in sorted(set(spans)))
            days_of.setdefault(times, []).append(day)
    return "; ".join(f"{','.join(days)} {times}" for times, days in days_of.items())
