"""What a system does with its webhooks. Who acts already does so (`acting`); row security keeps to its authority's own."""

from __future__ import annotations

import base64
import secrets
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from delivery.models import Delivery, FeedCounter, State, Subscription
from kela_kunta.base import clock, sealed
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import FieldError, Invalid, NotFound
from kela_kunta.base.wake import wake

MOST = 20  # webhooks of an authority
FORMER_SIGNS_FOR = timedelta(hours=24)
SENDING = "delivery.deliver_pending"


def subscribe(url: str, kinds: list[str], *, by: Actor) -> tuple[Subscription, str]:
    """A new subscription, told of everything that happens from now on, and its secret, which is shown only now.

    Raises:
        Invalid: the authority has as many as it may have.
    """
    with acting(by):
        if Subscription.objects.filter(authority=by.authority).count() >= MOST:
            raise Invalid(errors=[FieldError("#/url", "too_many", _("An authority has at most 20 webhooks."))])
        # The counter's row is not locked: what commits a moment later has a larger number, and is told.
        last = FeedCounter.objects.filter(authority=by.authority).values_list("last", flat=True).first()
        secret = _new_secret()
        subscription = Subscription(
            authority_id=by.authority,
            client_id=by.id,
            url=url,
            kinds=kinds,
            sealed_secret=sealed.seal(secret),
            number=last or 0,
            created_at=clock.now(),
        )
        subscription.save()
        return subscription, secret


def unsubscribe(subscription_id: UUID, *, by: Actor) -> None:
    """End it, with its log.

    Raises:
        NotFound.
    """
    with acting(by):
        lock(subscription_id).delete()


def rotate(subscription_id: UUID, *, by: Actor) -> tuple[Subscription, str]:
    """A new secret; the former one signs too for 24 hours, so that no call goes unproved in between.

    Raises:
        NotFound.
    """
    with acting(by):
        subscription, secret = lock(subscription_id), _new_secret()
        subscription.sealed_former_secret = subscription.sealed_secret
        subscription.former_until = clock.now() + FORMER_SIGNS_FOR
        subscription.sealed_secret = sealed.seal(secret)
        subscription.save(update_fields=["sealed_former_secret", "former_until", "sealed_secret"])
        return subscription, secret


def resume(subscription_id: UUID, *, by: Actor) -> Subscription:
    """Call it again, beginning with all that it did not get: what waits, and what was given up since it failed.

    One that is called already is only called at once.

    Raises:
        NotFound.
    """
    with acting(by):
        subscription = lock(subscription_id)
        missed = Q(next_attempt_at__isnull=False)
        if subscription.failing_since:
            missed |= Q(dead_at__gte=subscription.failing_since)
        _again(Delivery.objects.filter(missed, subscription=subscription))
        subscription.state, subscription.stopped_at = State.ACTIVE, None
        subscription.failing_since, subscription.failures, subscription.quiet_until = None, 0, None
        subscription.client_id = by.id  # who resumes it answers for it
        subscription.save(
            update_fields=["state", "stopped_at", "failing_since", "failures", "quiet_until", "client_id"]
        )
        wake(SENDING)
        return subscription


def resend(subscription_id: UUID, delivery_id: UUID, *, by: Actor) -> Delivery:
    """Send one delivery again, whatever became of it; with the same id, by which the receiver can tell.

    Raises:
        NotFound.
    """
    with acting(by):
        subscription = lock(subscription_id)
        if not _again(Delivery.objects.filter(pk=delivery_id, subscription=subscription)):
            raise NotFound
        Subscription.objects.filter(pk=subscription.pk).update(quiet_until=None)
        wake(SENDING)
        return Delivery.objects.get(pk=delivery_id)


def lock(subscription_id: UUID) -> Subscription:
    """The subscription, locked until the transaction ends.

    Raises:
        NotFound: unknown, or another authority's.
    """
    found = Subscription.objects.select_for_update(of=("self",), no_key=True).filter(pk=subscription_id).first()
    if found is None:
        raise NotFound
    return found


def _again(deliveries: QuerySet[Delivery]) -> int:
    return deliveries.update(
        next_attempt_at=clock.now(), attempts=0, first_attempt_at=None, delivered_at=None, dead_at=None
    )


def _new_secret() -> str:
    """As Standard Webhooks has it: 32 random bytes."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
