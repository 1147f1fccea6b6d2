"""The dated parameters of law and practice, from their tables."""

from __future__ import annotations

from dataclasses import dataclass

from referrals.models import DeadlineRule, ReleaseRule
from referrals.rules import deadlines, release


@dataclass(frozen=True, slots=True)
class Parameters:
    """Every deadline and release rule there ever was."""

    deadlines: list[deadlines.Rule]
    release: list[release.Rule]


def load() -> Parameters:
    """Two statements."""
    return Parameters(
        deadlines=[
            deadlines.Rule(
                row.type, row.clock, row.urgent, row.valid_from, row.valid_to, row.unit, row.amount, row.basis
            )
            for row in DeadlineRule.objects.order_by("id")
        ],
        release=[
            release.Rule(row.type, row.urgent, row.valid_from, row.valid_to, row.when, row.basis)
            for row in ReleaseRule.objects.order_by("id")
        ],
    )
