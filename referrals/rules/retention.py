"""How long what is known about people is kept (säilytysaika; domain: privacy).

Counts, which name nobody, are kept for ever: the years that nobody can count again any more are known here too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from referrals.rules.ages import years_after
from referrals.rules.lifecycle import WithdrawalReason
from referrals.rules.months import add_months, month_of

REFERRAL_YEARS = 10  # from its end: the authority's case documents of working-age services (703/2023, annex)
MISTAKE_YEARS = 1  # from its end: sent by mistake, so that nobody has a ground to keep it
MESSAGE_YEARS = 3  # from the referral's end: case correspondence
MONTH_YEARS = 2  # from the last month of an unbroken run
LOOK_YEARS = 12  # the access log (703/2023, annex)
TRACE_YEARS = 2  # from a deletion: so far back the client may ask who looked (703/2023, annex)
MISTAKES = frozenset({WithdrawalReason.SENT_BY_MISTAKE, WithdrawalReason.WRONG_PERSON, WithdrawalReason.DUPLICATE})


@dataclass(frozen=True, slots=True)
class Limits:
    """What ended before these days is not kept any more; a run of months goes when its last month is before `months`."""

    referrals: date
    mistakes: date
    messages: date
    months: date
    looks: date
    traces: date


def limits(as_of: date) -> Limits:
    """As of a Helsinki day."""
    return Limits(
        referrals=years_after(as_of, -REFERRAL_YEARS),
        mistakes=years_after(as_of, -MISTAKE_YEARS),
        messages=years_after(as_of, -MESSAGE_YEARS),
        months=add_months(month_of(as_of), -12 * MONTH_YEARS),
        looks=years_after(as_of, -LOOK_YEARS),
        traces=years_after(as_of, -TRACE_YEARS),
    )


def can_be_counted(year: int, *, purged: date | None) -> bool:
    """Whether every referral that counts for `year` is still there, when the last purge was as of day `purged`.

    What was withdrawn as a mistake counts for no year.
    """
    return purged is None or year > limits(purged).referrals.year


def can_be_followed(year: int, months_after: int, *, purged: date | None) -> bool:
    """Whether every month that lies `months_after` one of `year` is still there."""
    return purged is None or add_months(date(year, 1, 1), months_after) >= limits(purged).months
