"""Calendar months, written as their first days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise


def month_of(day: date) -> date:
    """The month in which `day` is."""
    return day.replace(day=1)


def add_months(month: date, count: int) -> date:
    """The month `count` months after `month` (before it, when negative)."""
    year, place = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(year, place + 1, 1)


def months_between(first: date, last: date) -> int:
    """How many months lie from `first` to `last`, both counted; zero or less when `last` is before `first`."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def runs(months: Iterable[date]) -> list[tuple[date, date]]:
    """The unbroken runs in `months`, each as its first and last month, in order."""
    found: list[tuple[date, date]] = []
    for month in sorted(set(months)):
        if found and add_months(found[-1][1], 1) == month:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    return found


def missing(months: Iterable[date]) -> list[date]:
    """The months that lie between others of `months` but are not there."""
    spells = runs(months)
    return [
        add_months(end, step)
        for (_, end), (start, _) in pairwise(spells)
        for step in range(1, months_between(end, start) - 1)
    ]


def month_text(month: date) -> str:
    """Such as "3/2017", the same in every language."""
    return f"{month.month}/{month.year}"


def span_text(first: date, last: date) -> str:
    """Such as "3/2017", "2–5/2017" or "11/2016–2/2017"."""
    if first == last:
        return month_text(first)
    if first.year == last.year:
        return f"{first.month}–{month_text(last)}"
    return f"{month_text(first)}–{month_text(last)}"


def spell_text(months: Iterable[date]) -> str:
    """All the runs of `months`, such as "2–4/2017, 6/2017"."""
    return ", ".join(span_text(first, last) for first, last in runs(months))
