"""Ages and anniversaries by Helsinki dates."""

from __future__ import annotations

from datetime import date, timedelta

from referrals.rules.months import add_months, month_of


def years_after(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 1 March in common years."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def age_on(born: date, day: date) -> int:
    """Age in whole years on `day`; a year is full at 00:00 on the birthday. Negative before the birth."""
    years = day.year - born.year
    return years if years_after(born, years) <= day else years - 1


def months_after(day: date, months: int) -> date:
    """The same day `months` later; the first of the next month where that month has no such day."""
    month = add_months(month_of(day), months)
    try:
        return month.replace(day=day.day)
    except ValueError:
        return add_months(month, 1)


def months_after_clamped(day: date, months: int) -> date:
    """The same day `months` later; that month's last day where it has no such day (Act 150/1930, section 3)."""
    month = add_months(month_of(day), months)
    last = add_months(month, 1) - timedelta(days=1)
    return month.replace(day=min(day.day, last.day))
