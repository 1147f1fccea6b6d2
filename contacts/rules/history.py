"""How a newer version of dated facts meets what is recorded: it closes and opens validity, the past stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

BEGINNING = date.min
END = date.max
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`value` holds from `first` to `last`, both included; `BEGINNING` and `END` stand for open ends."""

    first: date
    last: date
    value: str
    note: str = ""


def merged(recorded: Iterable[Span], newer: Sequence[Span], *, today: date) -> list[Span]:
    """What is to be recorded of one subject after `newer` was loaded on `today`; neither has overlaps.

    Days before `today` keep what is recorded, except that a recorded span on whose first day the newer version says
    the same ends when that one says. Where nothing is recorded they take what the newer version says. From `today` on
    the newer version alone counts. Merging the same again, on that day or later, changes nothing.
    """
    newer = joined(newer)
    yesterday = today - DAY
    kept = [part for span in recorded if (part := _clip(_ended(span, newer), BEGINNING, yesterday))]
    filled = [part for span in newer for part in _without(_clip(span, BEGINNING, yesterday), sorted(kept))]
    later = [part for span in newer if (part := _clip(span, today, END))]
    return joined(kept + filled + later, unless_second_in=kept)


def joined(spans: Iterable[Span], *, unless_second_in: Sequence[Span] = ()) -> list[Span]:
    """`spans` in order, neighbours that say the same made one.

    What was recorded is not joined to what is put before it, or it would pass for a longer span next time.
    """
    found: list[Span] = []
    for span in sorted(spans):
        if found and _continues(found[-1], span) and span not in unless_second_in:
            found[-1] = replace(found[-1], last=span.last)
        else:
            found.append(span)
    return found


def contradicted(result: Sequence[Span], newer: Sequence[Span], *, today: date) -> list[Span]:
    """The days before `today` on which `newer` says one thing and `result`, which stays, another."""
    return [
        part
        for span in newer
        for kept in result
        if kept.value != span.value and (part := _clip(span, kept.first, min(kept.last, today - DAY)))
    ]


def _ended(span: Span, newer: Sequence[Span]) -> Span:
    for other in newer:
        if other.value == span.value and other.first <= span.first <= other.last:
            return replace(span, last=min(span.last, other.last), note=other.note)
    return span


def _clip(span: Span, first: date, last: date) -> Span | None:
    clipped = replace(span, first=max(span.first, first), last=min(span.last, last))
    return clipped if clipped.first <= clipped.last else None


def _without(span: Span | None, taken: list[Span]) -> list[Span]:
    """What is left of `span` outside the `taken` spans, which are in order."""
    left = []
    for other in taken:
        if span is None or other.first > span.last:
            break
        if other.last < span.first:
            continue
        if other.first > span.first:
            left.append(replace(span, last=other.first - DAY))
        span = replace(span, first=other.last + DAY) if other.last < span.last else None
    return [*left, span] if span else left


def _continues(one: Span, following: Span) -> bool:
    touches = one.last != END and one.last + DAY == following.first
    return touches and (one.value, one.note) == (following.value, following.note)
