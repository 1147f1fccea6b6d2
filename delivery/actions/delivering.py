"""Everything that leaves this house and has not arrived yet, channel by channel."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from delivery.actions.calling import deliver_webhooks
from delivery.actions.filling import WEBHOOKS
from delivery.actions.mailing import deliver_letters
from delivery.rules.outcomes import Tally

# Each delivers one batch of what is due and tells what came of it; it commits what it has done by itself.
CHANNELS: dict[str, Callable[[], Tally]] = {
    "letters": deliver_letters,
    "webhooks": deliver_webhooks,
    "webhooks of tests": partial(deliver_webhooks, by=WEBHOOKS.in_test),
}


def deliver_pending() -> dict[str, Tally]:
    """Deliver by every channel until nothing is due, or nothing gets through any more; what came of it by channel."""
    return {name: _drain(deliver_batch) for name, deliver_batch in CHANNELS.items()}


def _drain(deliver_batch: Callable[[], Tally]) -> Tally:
    total = batch = deliver_batch()
    while batch.settled:
        batch = deliver_batch()
        total += batch
    return total
