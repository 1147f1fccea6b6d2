"""Opening hours, kept in OpenStreetMap's notation ("Mo-Fr 09:00-15:00; PH off"), read from what people write."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from opening_hours import OpeningHours, State
from opening_hours.opening_hours import ParserError

# Finnish and Swedish days besides the notation's own; "ti" and "to" are Finnish, "må" and "lö" Swedish.
_DAYS = {
    "ma": "Mo", "ti": "Tu", "ke": "We", "to": "Th", "pe": "Fr", "la": "Sa", "su": "Su",
    "må": "Mo", "on": "We", "fr": "Fr", "lö": "Sa", "sö": "Su",
    "mo": "Mo", "tu": "Tu", "we": "We", "th": "Th", "sa": "Sa",
}  # fmt: skip
_DAY = re.compile(r"\b(" + "|".join(_DAYS) + r")\b", re.IGNORECASE)
_LISTED = re.compile(
    r"\b(Mo|Tu|We|Th|Fr|Sa|Su),\s+(?=(?:Mo|Tu|We|Th|Fr|Sa|Su)\b)"
)  # "Tu, Th" is one list, not two rules
_CLOCK = re.compile(r"(?<![\d:./])(\d{1,2})(?:[.:](\d{2}))?(?![\d:./])")  # neither half of "24/7"
ROUND_THE_CLOCK = "24/7"
# Of hours that are over ("2020 Mo 09:00-15:00") the next change would be sought for thousands of years.
_LOOKED_AHEAD = timedelta(days=366)


def read_hours(text: str) -> str:
    """Hours in the notation, from themselves or from a Finnish or Swedish way to write them ("ma–pe klo 9–15.30").

    Nothing is open on public holidays unless the text says so ("PH"); "" stays "".

    Raises:
        ValueError: they cannot be understood.
    """
    text = " ".join(text.replace("–", "-").replace("—", "-").split())
    if not text or text == ROUND_THE_CLOCK:
        return text
    text = re.sub(r"\b(klo|kl\.?)\s*(?=\d)", "", text, flags=re.IGNORECASE)
    text = _DAY.sub(lambda found: _DAYS[found[0].lower()], text)
    text = _LISTED.sub(r"\1,", text)
    text = _CLOCK.sub(lambda found: f"{int(found[1]):02}:{found[2] or '00'}", text)
    if not re.search(r"\d", text):
        raise ValueError
    if "PH" not in text:
        text = f"{text}; PH off"
    try:
        return str(OpeningHours(text))
    except ParserError:
        raise ValueError from None


@dataclass(frozen=True, slots=True)
class Now:
    """Open or not, and until when (None where nothing changes for a year)."""

    is_open: bool
    until: datetime | None


def at(hours: str, moment: datetime) -> Now | None:
    """What stands at `moment` (in Helsinki, without a zone); None where no hours are told."""
    if not hours:
        return None
    told = OpeningHours(hours, country="FI")
    horizon = moment + _LOOKED_AHEAD
    _begins, changes, state, _comment = next(iter(told.intervals(moment, horizon)))
    return Now(state == State.OPEN, changes if changes < horizon else None)


@dataclass(frozen=True, slots=True)
class Span:
    """Open on `day` from `opens` to `closes` (00:00 for the end of the day)."""

    day: date
    opens: time
    closes: time


def week(hours: str, monday: date) -> list[Span]:
    """When it is open in the week of `monday`, day by day, in order."""
    if not hours:
        return []
    first, spans = datetime.combine(monday, time()), []
    for opens, closes, state, _comment in OpeningHours(hours, country="FI").intervals(first, first + timedelta(days=7)):
        if state != State.OPEN:
            continue
        while opens < closes:
            midnight = datetime.combine(opens.date() + timedelta(days=1), time())
            spans.append(Span(opens.date(), opens.time(), min(closes, midnight).time()))
            opens = midnight
    return spans


def covers_week(told: Iterable[str], monday: date) -> bool:
    """Whether somebody is there at every moment of the week of `monday`, by several hours together."""
    first = reached = datetime.combine(monday, time())
    spans = sorted((span for hours in told for span in week(hours, monday)), key=lambda span: (span.day, span.opens))
    for span in spans:
        if datetime.combine(span.day, span.opens) > reached:
            return False
        day = span.day + timedelta(days=span.closes == time())
        reached = max(reached, datetime.combine(day, span.closes))
    return reached == first + timedelta(days=7)
