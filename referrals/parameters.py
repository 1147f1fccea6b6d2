"""The dated parameters of law and practice, from their tables."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from referrals.models import AlertRule, DeadlineRule, ReleaseRule
from referrals.rules import deadlines, detection, release


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


def every_alert_rule() -> list[detection.Rule]:
    """Whom alerts mean, on all days. One statement."""
    names = [field.name for field in fields(detection.Rule)]
    return [detection.Rule(**row) for row in AlertRule.objects.order_by("id").values(*names)]


def alert_rules(on: date) -> dict[str, detection.Rule]:
    """Whom alerts mean that are sent on a day, by type; none for a type that is not sent then. One statement."""
    rules = every_alert_rule()
    return {type: rule for type in {rule.type for rule in rules} if (rule := detection.rule_of(rules, type, on))}
