"""What becomes of an alert when a correction takes its ground away: decided in docs/why/alerts.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from referrals.rules.detection import Month, Rule, sufficient
from referrals.rules.lifecycle import Status, withdrawable


class Remedy(StrEnum):
    """What is done: the alert ends, or those who work on it are told, or it is only noted."""

    WITHDRAW = "withdraw"
    TELL = "tell"
    NOTE = "note"


def stands(months: Sequence[Month], alerted: Iterable[date], rule: Rule) -> bool:
    """Whether an alert of the months `alerted` still has its ground: a sufficient spell shares a month with it.

    Where nothing is told of any of these months, as for one that a person found, nothing speaks against it.
    """
    alerted = set(alerted)
    if not any(month.month in alerted for month in months):
        return True
    return any(spell.overlaps(alerted) for spell in sufficient(months, rule))


def remedy(status: str) -> Remedy:
    """For an alert in `status` whose ground is gone."""
    if withdrawable(status):
        return Remedy.WITHDRAW
    return Remedy.TELL if status == Status.IN_PROGRESS else Remedy.NOTE
