"""The dated parameters of law and practice, from their tables."""

from __future__ import annotations

from referrals.models import DeadlineRule, ReleaseRule
from referrals.rules import deadlines, release


def deadline_rules() -> list[deadlines.Rule]:
    """Every deadline rule there ever was, as the deadlines count them. One statement."""
    return [
        deadlines.Rule(
            type=row.type, clock=row.clock, urgent=row.urgent, valid_from=row.valid_from, valid_to=row.valid_to,
            unit=row.unit, amount=row.amount, basis=row.basis,
        )
        for row in DeadlineRule.objects.order_by("id")
    ]


def release_rules() -> list[release.Rule]:
    """Every release rule there ever was. One statement."""
    return [
        release.Rule(
            type=row.type, urgent=row.urgent, valid_from=row.valid_from, valid_to=row.valid_to, when=row.when,
            basis=row.basis,
        )
        for row in ReleaseRule.objects.order_by("id")
    ]
