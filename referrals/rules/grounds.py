"""What becomes of an alert when a correction takes its ground away: decided in docs/why/alerts.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from referrals.rules.detection import Month, Rule, counts, sufficient
from referrals.rules.lifecycle import Status, withdrawable


class Remedy(StrEnum):
    """What is done: the alert ends, or those who work on it are told, or it is only noted."""

    WITHDRAW = "withdraw"
    TELL = "tell"
    NOTE = "note"


def stands(months: Sequence[Month], alerted: Iterable[date], rule: Rule) -> bool:
    """Whether an alert of the months `alerted` still has its ground: a sufficient spell shares a month with it.

    Nothing speaks against a month of the alert of which nothing is told, or a fact is not: a person has seen it.
    """
    alerted = set(alerted)
    against = {
        one.month
        for one in months
        if counts(replace(one, residence_ground=one.residence_ground or "seen"), rule) is False
    }
    if not alerted & against:
        return True
    seen = [Month(month, Decimal(1), True, True, False, "seen") for month in alerted - against]
    others = [month for month in months if month.month not in alerted]
    return any(spell.overlaps(alerted) for spell in sufficient([*others, *seen], rule))


def remedy(status: str) -> Remedy:
    """For an alert in `status` whose ground is gone."""
    if withdrawable(status):
        return Remedy.WITHDRAW
    return Remedy.TELL if status == Status.IN_PROGRESS else Remedy.NOTE
