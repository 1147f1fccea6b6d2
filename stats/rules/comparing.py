"""How two counts differ, and what a count is of so many people."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """From one count to another; `percent` is None where there was nothing before."""

    absolute: int
    percent: float | None


def change(before: int | None, after: int | None) -> Change | None:
    """None where one of the two is not told."""
    if before is None or after is None:
        return None
    return Change(after - before, 100 * (after - before) / before if before else None)


def share(part: int | None, whole: int | None) -> float | None:
    """Per cent of the whole; None where one of the two is not told, or there is no whole."""
    return 100 * part / whole if part is not None and whole else None


def per_thousand(count: int | None, people: int | None) -> float | None:
    """Per 1 000 inhabitants; None where the count is not told or nobody is known to live there."""
    return 1000 * count / people if count is not None and people else None


def whole(parts: list[int | None]) -> int | None:
    """The sum, told only where every part is."""
    return None if None in parts else sum(part or 0 for part in parts)
