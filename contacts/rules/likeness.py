"""How far a text is from a name that may be meant by it."""

from __future__ import annotations

WHOLE, BUT_FOR_ONE, BEGINNING = 0.0, 0.4, 0.5
LATER_WORD = 0.25
SHORTEST_MISTYPED_BEGINNING = 4


def errors_allowed(text: str) -> int:
    """How many letters of `text` may be wrong: a short one means anything before long."""
    return 0 if len(text) < 2 else 1 if len(text) < 6 else 2 if len(text) < 9 else 3


def distance(text: str, name: str, *, tail: bool = False) -> float | None:
    """How many letters the `text` is away from `name`; None for too many.

    A wrong, a missing, an extra letter and two that are swapped count 1 each. The beginning of a name is 0.5 away, and
    0.4 when only the last letter is missing, so that a name comes while it is typed; with errors in it they count on
    top. A `tail`, which begins at a later word of a name, is 0.25 further. Both are folded already.
    """
    base = LATER_WORD if tail else 0
    if name.startswith(text):
        left = len(name) - len(text)
        return base + (WHOLE if left == 0 else BUT_FOR_ONE if left == 1 else BEGINNING)
    allowed = errors_allowed(text)
    to_beginnings = _distances(text, name[: len(text) + allowed], allowed)
    found: list[float] = [to_beginnings[-1]] if len(name) <= len(text) + allowed else []
    if len(text) >= SHORTEST_MISTYPED_BEGINNING:
        found.append(BEGINNING + min(to_beginnings[1:], default=allowed + 1))
    nearest = min(found, default=allowed + 1)
    return base + nearest if nearest <= allowed + BEGINNING else None


def _distances(text: str, name: str, allowed: int) -> list[int]:
    """Of `text` to each beginning of `name`: optimal string alignment; more than `allowed` is told as one more."""
    more = allowed + 1
    before: list[int] = []
    row = [min(length, more) for length in range(len(name) + 1)]
    for place, letter in enumerate(text, start=1):
        earlier, before = before, row
        row = [min(place, more)] + [more] * len(name)
        for at in range(max(1, place - allowed), min(len(name), place + allowed) + 1):
            other = name[at - 1]
            step = before[at - 1] if letter == other else min(before[at - 1], before[at], row[at - 1]) + 1
            if place > 1 and at > 1 and letter == name[at - 2] and text[place - 2] == other:
                step = min(step, earlier[at - 2] + 1)
            row[at] = min(step, more)
        if min(row) == min(before) == more:
            break
    return row
