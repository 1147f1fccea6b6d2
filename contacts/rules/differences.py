"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; `differs` where the other text has something else, or nothing, in its place."""

    text: str
    differs: bool


def differences(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, which make the texts again when put together."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, begins, ends, new_begins, new_ends in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, words in ((left, old[begins:ends]), (right, new[new_begins:new_ends])):
            if words:
                side.append(Piece("".join(words), tag != "equal"))
    return left, right
