"""Deadlines in Finnish working days (arkipäivä): Act on Social Assistance, sections 14 a, 14 b and 14 d; Social Welfare
Act, section 36; Act on Rehabilitative Work, section 5; Acts 1386/2010, section 10, and 681/2023, section 14; arrival by
Act 13/2003, section 10."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import holidays

from referrals.rules.ages import months_after_clamped

HELSINKI = ZoneInfo("Europe/Helsinki")
FIRST_YEAR, LAST_YEAR = 2016, 2060

# Units
WORKING_DAYS = "working_days"
NEXT_WORKING_DAY = "next_working_day"
MONTHS = "months"
HOUR = "hour"

# Clocks
MEASURE = "measure"
DISCUSSION = "discussion"
ACKNOWLEDGE = "acknowledge"
ACKNOWLEDGE_SAME_DAY = "acknowledge_same_day"
ACKNOWLEDGE_MORNING = "acknowledge_morning"


@dataclass(frozen=True, slots=True)
class Rule:
    """How long the receiver has for `clock` in matters of `type`, for arrivals from `valid_from` to `valid_to` (both
    included, None for an open end). An empty `type` and `urgent` None hold for all; `amount` counts `unit`, or is the
    hour of the day where that is the unit; `basis` names the ground."""

    type: str
    clock: str
    urgent: bool | None
    valid_from: date | None
    valid_to: date | None
    unit: str
    amount: int
    basis: str


@dataclass(frozen=True, slots=True)
class Due:
    """By the end of `due_on` (Helsinki) the first decision or measure; by `acknowledge_by` (UTC) someone takes note."""

    due_on: date
    acknowledge_by: datetime
    basis: str


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a deadline: working days from today (negative when late), hours when it is today, of how many
    working days the law gave from the arrival."""

    working_days: int
    hours: int | None
    late: bool
    total: int


class NoRule(LookupError):
    """The parameters have no row for this type and day."""


@cache
def _working_days() -> Sequence[date]:
    """Every working day from 2016 to 2060, in order. The library counts both eves as public holidays; a test holds it
    to that."""
    off = holidays.country_holidays("FI", years=range(FIRST_YEAR, LAST_YEAR + 1), categories=("public",))
    ordinals = range(date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal() + 1)
    days = map(date.fromordinal, ordinals)
    return tuple(day for day in days if day.weekday() < 5 and day not in off)


def is_working_day(day: date) -> bool:
    """Monday to Friday, unless a public holiday, Midsummer Eve or Christmas Eve."""
    days = _working_days()
    place = bisect_left(days, day)
    return place < len(days) and days[place] == day


def first_working_day(day: date) -> date:
    """`day` itself, or the next working day when it is none."""
    days = _working_days()
    return days[bisect_left(days, day)]


def working_day_after(day: date, count: int) -> date:
    """The `count`th working day after `day` (1: the next one)."""
    days = _working_days()
    return days[bisect_right(days, day) + count - 1]


def working_days_between(first: date, last: date) -> int:
    """How many working days come after `first` up to and including `last`; negative when `last` is earlier."""
    days = _working_days()
    return bisect_right(days, last) - bisect_right(days, first)


def due(rules: Iterable[Rule], *, type: str, urgent: bool, arrived_at: datetime) -> Due:
    """The deadlines of a referral that arrived at `arrived_at` (aware).

    Ordinary: an arrival on a day off counts as the next working day, and the count starts
    the day after. Urgent: the first working day after the arrival date itself.

    Raises:
        NoRule: the parameters have no row for this.
    """
    local = arrived_at.astimezone(HELSINKI)
    day = local.date()
    rule = _rule(rules, MEASURE, type, urgent, day)
    return Due(_end(rule.unit, rule.amount, day), _acknowledge_by(rules, type, urgent, local), rule.basis)


def discussion_due_on(rules: Iterable[Rule], *, type: str, requested_on: date) -> date:
    """By when a personal discussion must be had (Act on Social Assistance, 14 d §): the 7th working day from the request.

    Raises:
        NoRule: the parameters have no row for this.
    """
    rule = _rule(rules, DISCUSSION, type, None, requested_on)
    return _end(rule.unit, rule.amount, requested_on)


def _rule(rules: Iterable[Rule], clock: str, type: str, urgent: bool | None, day: date) -> Rule:
    for rule in rules:
        if (
            rule.clock == clock
            and rule.type in ("", type)
            and (rule.urgent is None or rule.urgent == urgent)
            and (rule.valid_from is None or rule.valid_from <= day)
            and (rule.valid_to is None or day <= rule.valid_to)
        ):
            return rule
    raise NoRule(f"{clock} of {type} on {day}")


@lru_cache(maxsize=10_000)
def _end(unit: str, amount: int, day: date) -> date:
    """The last day of what began by an arrival on `day`. Kept, for a year's referrals arrive on a few hundred days."""
    if unit == NEXT_WORKING_DAY:
        return working_day_after(day, 1)
    if unit == MONTHS:
        return first_working_day(months_after_clamped(day, amount))
    return working_day_after(first_working_day(day), amount)


def _acknowledge_by(rules: Iterable[Rule], type: str, urgent: bool, arrived: datetime) -> datetime:
    """By when (UTC) someone must have taken note of what arrived at `arrived` (Helsinki).

    Ordinary: the end of a working day soon. Urgent: the end of the same working day when it
    came before an hour of that day, else an hour of the next working day's morning.
    """
    day = arrived.date()
    if not urgent:
        rule = _rule(rules, ACKNOWLEDGE, type, urgent, day)
        return _midnight_after(_end(rule.unit, rule.amount, day))
    latest = _rule(rules, ACKNOWLEDGE_SAME_DAY, type, urgent, day)
    if arrived.hour < latest.amount and is_working_day(day):
        return _midnight_after(day)
    morning = _rule(rules, ACKNOWLEDGE_MORNING, type, urgent, day)
    return datetime.combine(working_day_after(day, 1), time(morning.amount), HELSINKI).astimezone(UTC)


@lru_cache(maxsize=10_000)
def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), HELSINKI).astimezone(UTC)


def left(due_on: date, now: datetime, arrived_at: datetime | None = None) -> Left:
    """What is left at `now` (aware) of a deadline by the end of `due_on`, of what `arrived_at` (aware, else now) gave."""
    local = now.astimezone(HELSINKI)
    today = local.date()
    days = working_days_between(today, due_on)
    late = today > due_on
    if late and days == 0:
        days = -1
    hours = None
    if today == due_on:
        hours = int((_midnight_after(due_on) - now.astimezone(UTC)).total_seconds() // 3600)
    arrived_on = arrived_at.astimezone(HELSINKI).date() if arrived_at else today
    total = max(working_days_between(first_working_day(arrived_on), due_on), 1)
    return Left(days, hours, late, total)
