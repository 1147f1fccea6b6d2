"""How a newer version of dated facts meets what is recorded: the past stays, today and later follow the newer one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

BEGINNING = date.min
END = date.max


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`value` holds from `first` to `last`, both included; `BEGINNING` and `END` stand for open ends."""

    first: date
    last: date
    value: str
    note: str = ""


def merged(recorded: Iterable[Span], newer: Iterable[Span], *, today: date) -> list[Span]:
    """What is to be recorded of one subject after `newer` was loaded on `today`.

    Days before `today` keep what is recorded; where nothing is recorded they take what the newer version says.
    From `today` on the newer version alone counts. Neighbours with the same value are one span.
    """
    recorded, newer = sorted(recorded), sorted(newer)
    yesterday = today - timedelta(days=1)
    past = [kept for span in recorded if (kept := _clip(span, BEGINNING, yesterday))]
    filled = [part for span in newer for part in _without(_clip(span, BEGINNING, yesterday), past)]
    later = [kept for span in newer if (kept := _clip(span, today, END))]
    joined: list[Span] = []
    for span in sorted(past + filled + later):
        if joined and joined[-1].value == span.value and _touch(joined[-1], span):
            joined[-1] = replace(joined[-1], last=span.last, note=span.note)
        else:
            joined.append(span)
    return joined


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
            left.append(replace(span, last=other.first - timedelta(days=1)))
        span = replace(span, first=other.last + timedelta(days=1)) if other.last < span.last else None
    return [*left, span] if span else left


def _touch(one: Span, next_one: Span) -> bool:
    return one.last != END and one.last + timedelta(days=1) == next_one.first
