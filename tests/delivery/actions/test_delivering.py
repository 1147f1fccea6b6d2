"""Every channel is emptied as far as it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from delivery.actions import delivering
from delivery.rules.outcomes import Tally


@pytest.fixture
def channels(monkeypatch) -> dict[str, Callable[[], Tally]]:
    own: dict[str, Callable[[], Tally]] = {}
    monkeypatch.setattr(delivering, "CHANNELS", own)
    return own


def batches(*tallies: Tally) -> Callable[[], Tally]:
    coming: Iterator[Tally] = iter(tallies)
    return lambda: next(coming)


def test_a_channel_works_on_while_something_gets_through(channels):
    channels["letters"] = batches(Tally(done=20), Tally(done=1, later=19), Tally(later=3), Tally(done=99))
    channels["others"] = batches(Tally(dead=2), Tally())
    assert delivering.deliver_pending() == {"letters": Tally(done=21, later=22), "others": Tally(dead=2)}
