"""What systems read of their webhooks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from delivery.models import Delivery, Event, Subscription
from kela_kunta.base.actor import Actor
from kela_kunta.base.paging import Page, keyset_page
from kela_kunta.base.problems import NotFound


def subscriptions(by: Actor, *, cursor: str | None, size: int) -> Page[Subscription]:
    """The webhooks of `by`'s authority, oldest first. One statement.

    Raises:
        BadCursor.
    """
    return keyset_page(
        Subscription.objects.filter(authority=by.authority), order=("created_at", "id"), cursor=cursor, size=size
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A delivery with the event that it tells of, None where there is no such event any more."""

    delivery: Delivery
    event: Event | None


def deliveries(by: Actor, subscription_id: UUID, *, cursor: str | None, size: int) -> Page[Delivery]:
    """The deliveries of one of the authority's webhooks, latest event first. Two statements.

    Raises:
        NotFound: no such webhook, or another authority's.
        BadCursor.
    """
    if not Subscription.objects.filter(authority=by.authority, pk=subscription_id).exists():
        raise NotFound
    return keyset_page(
        Delivery.objects.filter(subscription=subscription_id), order=("-number",), cursor=cursor, size=size
    )


def told(by: Actor, found: list[Delivery]) -> list[Told]:
    """The deliveries with their events. One statement."""
    numbers = [delivery.number for delivery in found]
    events = {event.number: event for event in Event.objects.filter(authority=by.authority, number__in=numbers)}
    return [Told(delivery, events.get(delivery.number)) for delivery in found]
