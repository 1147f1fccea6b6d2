"""How it went on with those alerted, and what of it may leave Kela."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from stats.rules.comparing import share
from stats.rules.comparing import whole as summed
from stats.rules.work import parts_told

STILL, ENDED = "still", "ended"


@dataclass(frozen=True, slots=True)
class Followed:
    """Of so many alerted, how many had assistance in the fourth month after, and how many had none; None is not told.
    Of the others nobody knows (yet)."""

    sent: int
    still: int | None
    ended: int | None

    @property
    def share(self) -> float | None:
        """Those still on assistance, in per cent of those of whom it is known."""
        return share(self.still, summed([self.still, self.ended]))


def together(parts: Iterable[Followed]) -> Followed:
    """The sum, told only where every part is: else the one that is not could be computed."""
    rows = list(parts)
    return Followed(
        sum(row.sent for row in rows), summed([row.still for row in rows]), summed([row.ended for row in rows])
    )


def told(followed: Followed) -> Followed:
    """No small count, nor what one could be computed from, when everybody knows how many were alerted."""
    parts = parts_told({STILL: followed.still or 0, ENDED: followed.ended or 0}, followed.sent)
    return replace(followed, still=parts[STILL], ended=parts[ENDED])


def told_beside(mine: Followed, country: Followed) -> Followed:
    """An authority's own for who reads the country's as well: not where a small count of the others could be computed.
    Both come with every count."""
    still, ended = (country.still or 0) - (mine.still or 0), (country.ended or 0) - (mine.ended or 0)
    others = Followed(country.sent - mine.sent, still, ended)
    return told(mine) if told(others) == others else replace(mine, still=None, ended=None)
