"""Municipalities, authorities and who is responsible for what and when, as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality (kunta); its validity has both days included, None for an open end."""

    code: str
    name_fi: str
    name_sv: str
    valid_from: date | None
    valid_to: date | None
    successor: str | None
    aland: bool = False


@dataclass(frozen=True, slots=True)
class Authority:
    """Who receives referrals (viranomainen): a municipality, a joint authority or a wellbeing services county."""

    code: str
    kind: str
    name_fi: str
    name_sv: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Responsibility (järjestämisvastuu) of an authority; both days included, None for an open end."""

    authority: str
    valid_from: date | None
    valid_to: date | None


class Register:
    """All of it on all days. Built once, asked often."""

    def __init__(
        self,
        municipalities: Iterable[Municipality],
        authorities: Iterable[Authority],
        duties: Iterable[tuple[str, str, Duty]],
    ) -> None:
        """`duties` are (municipality code, referral type, duty)."""
        self._municipalities = {municipality.code: municipality for municipality in municipalities}
        self._authorities = {authority.code: authority for authority in authorities}
        self._duties: defaultdict[tuple[str, str], list[Duty]] = defaultdict(list)
        for code, type, duty in duties:
            self._duties[code, type].append(duty)

    def municipality(self, code: str) -> Municipality | None:
        return self._municipalities.get(code)

    def authority(self, code: str) -> Authority | None:
        return self._authorities.get(code)

    def in_force(self, code: str, on: date) -> bool:
        """Whether the municipality exists on that day."""
        found = self._municipalities.get(code)
        return found is not None and _covers(found.valid_from, found.valid_to, on)

    def lineage(self, code: str) -> list[str]:
        """The municipality and, one after the other, those it was merged into."""
        line: list[str] = []
        wanted: str | None = code
        while (found := self._municipalities.get(wanted or "")) and found.code not in line:
            line.append(found.code)
            wanted = found.successor
        return line

    def current(self, code: str, on: date) -> str | None:
        """The municipality itself, or the one in force on that day that it was merged into; None when there is none."""
        return next((found for found in self.lineage(code) if self.in_force(found, on)), None)

    def responsible(self, code: str, type: str, on: date) -> Duty | None:
        """Who serves the municipality in matters of `type` on that day."""
        return next(
            (duty for duty in self._duties.get((code, type), ()) if _covers(duty.valid_from, duty.valid_to, on)), None
        )

    def serves(self, authority: str, type: str, on: date) -> bool:
        """Whether the authority is responsible for some municipality in matters of `type` on that day."""
        return any(found.code == authority for found in self.authorities_for(type, on))

    def authorities_for(self, type: str, on: date) -> list[Authority]:
        """All that receive referrals of `type` on that day, by code."""
        codes = {
            duty.authority
            for (_, duty_type), duties in self._duties.items()
            if duty_type == type
            for duty in duties
            if _covers(duty.valid_from, duty.valid_to, on)
        }
        return [self._authorities[code] for code in sorted(codes)]


def _covers(first: date | None, last: date | None, on: date) -> bool:
    return (first is None or first <= on) and (last is None or on <= last)
