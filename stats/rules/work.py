"""What is measured of the handling of referrals, and what of it may leave Kela (domain: statistics)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from stats.rules.comparing import share
from stats.rules.disclosure import atoms, is_small, told

# Measures, and what each counts a referral under.
DELIVERED = "delivered"  # nothing
NOTED = "noted"  # working days from the first delivery until it was first acknowledged
CLOSED = "closed"  # working days from the first delivery until it was closed
BEGUN = "begun"  # whether the work, or the decision, came by the first due day
RETURNED = "returned"  # why it was first returned
NEED = "need"  # each of the reasons of a need for social work
IN_TIME = "in_time"

FEWEST = 10  # of fewer no usual time leaves Kela
_REST = ""  # those of the whole that a measure does not count
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Times:
    """Working days in which half, and nine tenths, were done; None where nothing is told."""

    median: int | None
    ninetieth: int | None


@dataclass(frozen=True, slots=True)
class Handling:
    """How referrals were handled; shares are per cent. None is not told, or nothing there is."""

    noted: Times
    closed: Times
    in_time: float | None
    returned: float | None


def quantile(days: Counts, hundredths: int) -> int | None:
    """The fewest days in which at least so many hundredths of all were done; None where there are none."""
    wanted, seen = -(-sum(days.values()) * hundredths // 100), 0
    for number in sorted(days, key=int):
        seen += days[number]
        if seen >= wanted:
            return int(number)
    return None


def handling(measured: Mapping[str, Counts]) -> Handling:
    """From every count of every measure."""
    begun, delivered = measured.get(BEGUN, {}), sum(measured.get(DELIVERED, {}).values())
    return Handling(
        _times(measured.get(NOTED, {}), fewest=1),
        _times(measured.get(CLOSED, {}), fewest=1),
        share(begun.get(IN_TIME, 0), sum(begun.values())),
        share(sum(measured.get(RETURNED, {}).values()), delivered),
    )


def handling_told(measured: Mapping[str, Counts], sent: int) -> Handling:
    """The same as it may leave Kela: no time of fewer than `FEWEST`, no share from which a small count could be computed.
    `sent` is the whole, whose count everybody knows."""
    begun, returned = measured.get(BEGUN, {}), measured.get(RETURNED, {})
    delivered = sum(measured.get(DELIVERED, {}).values())
    return Handling(
        _times(measured.get(NOTED, {}), fewest=FEWEST),
        _times(measured.get(CLOSED, {}), fewest=FEWEST),
        share(parts_told(begun, sent).get(IN_TIME, 0), sum_told(begun, sent)),
        None if is_small(sent - delivered) else share(sum_told(returned, sent), delivered),
    )


def without_remainders(together: Handling, parts: Sequence[Handling]) -> Handling:
    """The whole's shares are told only where those of all its parts are: else the one that is not could be computed."""
    return replace(
        together,
        in_time=None if any(part.in_time is None for part in parts) else together.in_time,
        returned=None if any(part.returned is None for part in parts) else together.returned,
    )


def parts_told(counts: Counts, sent: int) -> dict[str, int | None]:
    """Parts of a whole that everybody knows, the rest of it being none of them: small ones are not told, nor what they
    could be computed from."""
    groups = _groups(counts, sent)
    return {value: count if told([value], groups) else None for value, count in counts.items()}


def sum_told(counts: Counts, sent: int) -> int | None:
    """The sum of these parts, where it may be told."""
    return sum(counts.values()) if told(counts, _groups(counts, sent)) else None


def _groups(counts: Counts, sent: int) -> list[frozenset[str]]:
    return atoms({**counts, _REST: sent - sum(counts.values())})


def several_told(counts: Counts, sent: int) -> dict[str, int | None]:
    """Counts of what one referral can have several of: they have no sum to compute from, but the whole has those without."""
    return {value: None if is_small(count) or is_small(sent - count) else count for value, count in counts.items()}


def _times(days: Counts, *, fewest: int) -> Times:
    if sum(days.values()) < fewest:
        return Times(None, None)
    return Times(quantile(days, 50), quantile(days, 90))
