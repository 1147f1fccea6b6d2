"""When a referral may leave for its authority: what a person sends goes at once, what a system sends follows practice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from referrals.rules.deadlines import HELSINKI

AT_ONCE = "at_once"
DAY_AFTER_DECISION = "day_after_decision"


@dataclass(frozen=True, slots=True)
class Rule:
    """When referrals of `type` leave, for those sent from `valid_from` to `valid_to` (both included, None for an open
    end). `urgent` None holds for both."""

    type: str
    urgent: bool | None
    valid_from: date | None
    valid_to: date | None
    when: str
    basis: str


def release_at(
    rules: Iterable[Rule], *, type: str, urgent: bool, sent_at: datetime, decided_on: date | None
) -> datetime:
    """The moment (UTC) from which the router may deliver what a system sent at `sent_at` (aware).

    The day after the basic decision begins at midnight in Helsinki; without a decision, or
    when that day has come, it is now.
    """
    day = sent_at.astimezone(HELSINKI).date()
    rule = next(
        (
            rule
            for rule in rules
            if rule.type == type
            and (rule.urgent is None or rule.urgent == urgent)
            and (rule.valid_from is None or rule.valid_from <= day)
            and (rule.valid_to is None or day <= rule.valid_to)
        ),
        None,
    )
    if rule is None or rule.when == AT_ONCE or decided_on is None:
        return sent_at
    return max(sent_at, datetime.combine(decided_on + timedelta(days=1), time(), HELSINKI).astimezone(UTC))
