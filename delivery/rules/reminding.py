"""When somebody is told again of what still waits: three times a day."""

from __future__ import annotations

from datetime import datetime, time

TIMES = (time(8), time(12), time(16))


def occasion(local: datetime) -> str | None:
    """The last of the day's times that has come, as a code such as "2026-11-25-12"; None before the first.

    `local` is the moment by Helsinki's clock.
    """
    come = [begin for begin in TIMES if begin <= local.time()]
    return f"{local:%Y-%m-%d}-{come[-1]:%H}" if come else None
