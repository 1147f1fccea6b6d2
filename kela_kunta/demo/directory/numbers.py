"""Telephone numbers that nobody has."""

from __future__ import annotations

from itertools import count

PREFIX, DIGITS = "+35848000", 5
_STRIDE = 7_919  # a prime, so that neighbours in order do not look alike


class Numbers:
    """One after the other, none twice, in E.164. Why these: see kela_kunta.demo.directory.making."""

    def __init__(self) -> None:
        self._places = count(1)

    def next(self) -> str:
        return f"{PREFIX}{next(self._places) * _STRIDE % 10**DIGITS:0{DIGITS}}"
