"""Calling the webhooks whose deliveries are due.

Who sends takes a subscription by a lease in a short transaction, calls without any lock, and
writes down each answer in a short transaction that makes the lease longer. Who dies in between has
lost nothing: the delivery is still due when the lease is over, and may come twice.
"""

from __future__ import annotations

import logging
import random
import time
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from delivery.actions.filling import WEBHOOKS, make_deliveries
from delivery.actions.telling import tell_stopped
from delivery.channels.webhook import PATIENCE, Answer, Line, Message, signed
from delivery.models import Delivery, Event, State, Subscription
from delivery.rules import cursors
from delivery.rules.answering import error_of, put_off
from delivery.rules.backoff import GIVEN_UP_AFTER, longest_wait, next_try
from delivery.rules.cursors import Place
from delivery.rules.outcomes import Tally
from kela_kunta.base import clock, sealed
from kela_kunta.base.actor import Actor, acting

LEASE = 6 * PATIENCE
ROUND = 50  # deliveries that one subscription gets before another's turn
LONGEST_ROUND = 3 * PATIENCE
FAILURES_IN_A_ROW = 3  # after which a round is broken off
logger = logging.getLogger(__name__)


def deliver_webhooks(*, by: Actor = WEBHOOKS) -> Tally:
    """Make the deliveries that are missing, and call every subscription that has some due; what came of them."""
    make_deliveries(by=by)
    tally = Tally()
    while subscription := _claim(by=by):
        tally += _Round(subscription, by=by).run()
    return tally


def _due(now: datetime) -> Q:
    return Q(next_attempt_at__lte=now)


def _claim(*, by: Actor) -> Subscription | None:
    """The subscription that has waited longest for a round, leased to us."""
    with acting(by):
        now = clock.now()
        free = Q(sending_until=None) | Q(sending_until__lte=now)
        loud = Q(quiet_until=None) | Q(quiet_until__lte=now)
        due = Delivery.objects.filter(_due(now), subscription=OuterRef("pk"))
        subscription = (
            Subscription.objects.filter(free, loud, Exists(due), state=State.ACTIVE)
            .order_by(F("sending_until").asc(nulls_first=True), "id")
            .select_for_update(of=("self",), no_key=True, skip_locked=True)
            .first()
        )
        if subscription is not None:
            subscription.sending_until = now + LEASE
            subscription.save(update_fields=["sending_until"])
        return subscription


class _Round:
    """What one subscription is sent in one go, in the order of the feed."""

    def __init__(self, subscription: Subscription, *, by: Actor) -> None:
        self.subscription, self.by = subscription, by
        self.lease = subscription.sending_until
        self.secrets = _secrets(subscription)

    def run(self) -> Tally:
        """Send until nothing is due, the round is full or long, the receiver fails time and again, or the lease is lost."""
        tally, failures, end = Tally(), 0, time.monotonic() + LONGEST_ROUND.total_seconds()
        with Line() as line:
            for delivery, message in self._due():
                now = clock.now()
                answer = line.call(self.subscription.url, signed(message, self.secrets, now=now), message.body())
                error = answer.error or error_of(answer.status)
                came = self._settle(delivery, answer, error)
                if came is None:
                    return tally
                tally += came
                failures = failures + 1 if error else 0
                if error == "gone" or failures >= FAILURES_IN_A_ROW or time.monotonic() > end:
                    break
        self._let_go(broken_off=failures >= FAILURES_IN_A_ROW)
        return tally

    def _due(self) -> list[tuple[Delivery, Message]]:
        with acting(self.by):
            now = clock.now()
            due = Delivery.objects.filter(_due(now), subscription=self.subscription).order_by("number")[:ROUND]
            deliveries = {delivery.number: delivery for delivery in due}
            feed = Event.objects.filter(authority=self.subscription.authority_id, number__in=list(deliveries))
            events = list(feed.order_by("number"))
            lost = deliveries.keys() - {event.number for event in events}
            Delivery.objects.filter(subscription=self.subscription, number__in=lost).update(
                next_attempt_at=None, dead_at=now, last_error="event_gone"
            )
            return [(deliveries[event.number or 0], _message(event, deliveries)) for event in events]

    def _settle(self, delivery: Delivery, answer: Answer, error: str) -> Tally | None:
        """Write down what came of a call; None when somebody else has the subscription by now."""
        now = clock.now()
        began = delivery.first_attempt_at or now
        attempts = delivery.attempts + 1
        retry_at = next_try(attempts, began=began, now=now, chance=random.random()) if error else None
        asked = put_off(answer.retry_after, now=now)
        if retry_at and asked:
            retry_at = max(retry_at, asked)
        with acting(self.by):
            if not self._keep(now, error, quiet_until=asked if error == "busy" else None):
                return None
            Delivery.objects.filter(pk=delivery.pk, next_attempt_at__isnull=False).update(
                attempts=attempts,
                first_attempt_at=began,
                next_attempt_at=retry_at,
                last_status=answer.status or None,
                last_error=error,
                delivered_at=None if error else now,
                dead_at=now if error and retry_at is None else None,
            )
        if not error:
            return Tally(done=1)
        logger.info(
            "delivery %s, try %s: %s, %s", delivery.pk, attempts, error, "again later" if retry_at else "given up"
        )
        return Tally(later=1) if retry_at else Tally(dead=1)

    def _keep(self, now: datetime, error: str, *, quiet_until: datetime | None) -> bool:
        """Make the lease longer and note how the receiver does; False when the lease was lost, or there is no such
        subscription any more."""
        own = self.subscription
        own.failing_since = (own.failing_since or now) if error else None
        own.failures = own.failures if error else 0
        columns: dict[str, object] = {"failing_since": own.failing_since, "failures": own.failures}
        columns |= {"sending_until": now + LEASE, "quiet_until": quiet_until}
        if not error:
            columns["delivered_at"] = now
        stopped = _stopped(error, own.failing_since, now)
        if stopped:
            columns |= {"state": stopped, "stopped_at": now}
        held = Subscription.objects.filter(pk=own.pk, sending_until=self.lease, state=State.ACTIVE)
        if not held.update(**columns):
            return False
        self.lease = now + LEASE
        if stopped:
            tell_stopped(own, at=now)
        return True

    def _let_go(self, *, broken_off: bool) -> None:
        """End the lease. A receiver that failed time and again is let alone, longer each time."""
        now = clock.now()
        columns: dict[str, object] = {"sending_until": now}
        if broken_off:
            failures = self.subscription.failures + 1
            wait = longest_wait(failures) * (1 - random.random() / 2)
            columns |= {"failures": failures, "quiet_until": now + wait}
        with acting(self.by):
            Subscription.objects.filter(pk=self.subscription.pk, sending_until=self.lease).update(**columns)


def _stopped(error: str, failing_since: datetime | None, now: datetime) -> State | None:
    """What a failure makes of the subscription, if it stops it."""
    if error == "gone":
        return State.ENDED
    is_dead = failing_since is not None and now - failing_since >= GIVEN_UP_AFTER
    return State.PAUSED if is_dead else None


def _secrets(subscription: Subscription) -> list[str]:
    """The secret, and the former one as long as it signs too."""
    secrets = [sealed.unseal(bytes(subscription.sealed_secret))]
    if subscription.sealed_former_secret and subscription.former_until and clock.now() < subscription.former_until:
        secrets.append(sealed.unseal(bytes(subscription.sealed_former_secret)))
    return secrets


def _message(event: Event, deliveries: dict[int, Delivery]) -> Message:
    number = event.number or 0
    place = Place(event.authority_id or "", number, cursors.tag(event.subject_id, event.version))
    return Message(
        id=str(deliveries[number].pk),
        kind=event.kind,
        referral=str(event.subject_id),
        status=event.status,
        version=event.version,
        cursor=cursors.write(place),
        at=event.at,
    )
