"""What comes of trying to deliver something."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something did not get through, as a code; `final` when trying again makes no sense."""

    code: str
    final: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were delivered, are to be tried again later, and were given up."""

    done: int = 0
    later: int = 0
    dead: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.done + other.done, self.later + other.later, self.dead + other.dead)

    @property
    def settled(self) -> int:
        """How many need no further try."""
        return self.done + self.dead
