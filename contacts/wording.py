"""What the directory tells, in the reader's language."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from contacts.rules.hours import ROUND_THE_CLOCK, Span, at, week
from kela_kunta.base import clock

ORDINARY = date(2026, 2, 2)  # a Monday in whose week no day is a holiday


def week_text(hours: str) -> str:
    """The hours of an ordinary week, such as "Mon–Thu 9–15, Fri 9–11.30"; "" where none are told."""
    if hours == ROUND_THE_CLOCK:
        return _("Round the clock")
    spans = week(hours, ORDINARY)
    days = [ORDINARY + timedelta(days=n) for n in range(7)]
    told = [", ".join(_span(span) for span in spans if span.day == day) for day in days]
    parts, first = [], 0
    while first < 7:
        last = first
        while last < 6 and told[last + 1] == told[first]:
            last += 1
        if told[first]:
            names = WEEKDAYS_ABBR[first] if first == last else f"{WEEKDAYS_ABBR[first]}–{WEEKDAYS_ABBR[last]}"
            parts.append(f"{names} {told[first]}")
        first = last + 1
    return "; ".join(parts)


def _span(span: Span) -> str:
    return f"{_clock(span.opens)}–{'24' if span.closes == time() else _clock(span.closes)}"


def _clock(moment: time) -> str:
    return f"{moment.hour}.{moment.minute:02}" if moment.minute else str(moment.hour)


def hours_now(hours: str, now: datetime) -> str:
    """Whether it is open at `now` (aware) and until when, such as "open until 15.00" or "closed, opens Mon 30.11. 9.00"; "" where
    no hours are told."""
    local = _local(now)
    state = at(hours, local)
    if state is None:
        return ""
    if hours == ROUND_THE_CLOCK:
        return _("open round the clock")
    if state.until is None:
        return _("open") if state.is_open else _("closed")
    when = _when(state.until, local)
    return _("open until %(time)s") % {"time": when} if state.is_open else _("closed, opens %(time)s") % {"time": when}


def is_open(hours: str, now: datetime) -> bool:
    """Whether it is told to be open at `now` (aware)."""
    state = at(hours, _local(now))
    return state is not None and state.is_open


def _local(moment: datetime) -> datetime:
    return moment.astimezone(clock.HELSINKI).replace(tzinfo=None)


def _when(moment: datetime, now: datetime) -> str:
    """The time of day, with the weekday tomorrow and the date too when it is later; midnight is the end of its day."""
    if moment.date() == now.date():
        return _time(moment)
    if moment == datetime.combine(now.date() + timedelta(days=1), datetime.min.time()):
        return "24.00"
    weekday = WEEKDAYS_ABBR[moment.weekday()]
    far = moment.date() > now.date() + timedelta(days=6)
    return f"{weekday} {moment.day}.{moment.month}. {_time(moment)}" if far else f"{weekday} {_time(moment)}"


def _time(moment: datetime) -> str:
    return f"{moment.hour}.{moment.minute:02}"


def end_text(moment: datetime) -> str:
    """Until when something lasts, inside a sentence; midnight is the end of the day before it."""
    local = _local(moment)
    if local.time() == time():
        return _("until the end of %(day)s") % {"day": _day(local - timedelta(days=1))}
    return _("until %(time)s") % {"time": f"{_day(local)} {_time(local)}"}


def _day(moment: datetime) -> str:
    return f"{moment.day}.{moment.month}.{moment.year}"
