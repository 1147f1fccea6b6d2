"""Office hours on working days, as invented people keep them."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta

from kela_kunta.base import clock
from kela_kunta.demo.chance import Chance
from referrals.rules.deadlines import is_working_day

_OPENS, _CLOSES = 8 * 3600, 16 * 3600 + 900  # seconds from midnight in Helsinki


class OfficeHours:
    """The working days from `first` to `last`, both included, with quick ways from one to another."""

    def __init__(self, first: date, last: date) -> None:
        every = (first + timedelta(days=step) for step in range((last - first).days + 1))
        self.days = [day for day in every if is_working_day(day)]
        self._midnights = [
            datetime.combine(day, time(), clock.HELSINKI).astimezone(UTC).replace(tzinfo=UTC) for day in self.days
        ]

    def within(self, day: date, random: Chance) -> datetime:
        """Some time in the office hours of a working `day`."""
        return self._at(bisect_left(self.days, day), random.randint(_OPENS, _CLOSES))

    def later(self, moment: datetime, days: int, random: Chance) -> datetime:
        """Some time in the office hours `days` working days after `moment`; always after it."""
        place = self._place(moment)
        if self._midnights[place] > moment:  # on a day off
            return self._at(place + days, random.randint(_OPENS, _CLOSES))
        if days == 0:
            earliest = max(int((moment - self._midnights[place]).total_seconds()) + 300, _OPENS)
            if earliest < _CLOSES:
                return self._at(place, random.randint(earliest, _CLOSES))
            days = 1
        return self._at(place + days, random.randint(_OPENS, _CLOSES))

    def until(self, moment: datetime, day: date) -> int:
        """How many working days after `moment` the working day `day` is."""
        return bisect_left(self.days, day) - self._place(moment)

    def _place(self, moment: datetime) -> int:
        return bisect_left(self.days, clock.helsinki_day(moment))

    def _at(self, place: int, seconds: int) -> datetime:
        return self._midnights[place] + timedelta(seconds=seconds)
