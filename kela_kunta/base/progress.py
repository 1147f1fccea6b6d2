"""How far long work has come: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import time
from typing import TextIO

_WIDTH = 40  # characters
_LINE_EVERY = 5  # seconds, where there is no terminal


class Progress:
    """Tells on `out` how many of `total` are done; says nothing when `out` is None."""

    def __init__(self, total: int, what: str, out: TextIO | None) -> None:
        self._total = max(total, 1)
        self._what = what
        self._out = out
        self._done = 0
        self._told_at = time.monotonic()

    def add(self, count: int) -> None:
        """`count` more are done."""
        self._done += count
        if self._out is None:
            return
        if self._out.isatty():
            filled = _WIDTH * self._done // self._total
            end = "\n" if self._done >= self._total else ""
            self._out.write(f"\r{'█' * filled}{'·' * (_WIDTH - filled)} {self._done} / {self._total} {self._what}{end}")
        elif time.monotonic() - self._told_at >= _LINE_EVERY:
            self._told_at = time.monotonic()
            self._out.write(f"{self._done} / {self._total} {self._what}\n")
        self._out.flush()
