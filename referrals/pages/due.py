"""How long is left, as the ruler and the words beside it show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from kela_kunta.base import clock
from referrals.models import Referral
from referrals.rules.deadlines import Left, left

MOST_MARKS = 7  # A longer time is measured in working weeks.
WEEK = 5


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: `state` is "late", "soon" or ""; `left` of `marks` on the ruler are still there."""

    on: date
    state: str
    marks: int
    left: int
    words: str


def due_of(referral: Referral) -> Due | None:
    """The deadline of a referral, None while nobody has one."""
    if referral.due_on is None:
        return None
    time_left = left(referral.due_on, clock.now(), referral.delivered_at)
    days = max(0, time_left.working_days)
    in_weeks = time_left.total > MOST_MARKS
    return Due(
        on=referral.due_on,
        state="late" if time_left.late else "soon" if days <= 1 else "",
        marks=_weeks(time_left.total) if in_weeks else time_left.total,
        left=_weeks(days) if in_weeks else min(days, time_left.total),
        words=_words(time_left),
    )


def _weeks(days: int) -> int:
    return -(-days // WEEK)


def _words(time_left: Left) -> str:
    if time_left.late:
        days = -time_left.working_days
        return ngettext("%(days)s working day late", "%(days)s working days late", days) % {"days": days}
    if time_left.hours is not None:
        return ngettext("today, %(hours)s hour left", "today, %(hours)s hours left", time_left.hours) % {
            "hours": time_left.hours
        }
    days = time_left.working_days
    return ngettext("%(days)s working day left", "%(days)s working days left", days) % {"days": days}
