"""Making deliveries from events: each subscription goes through its authority's feed by a cursor of its own."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery

from accounts.models import ApiClient
from delivery.actions.telling import tell_stopped
from delivery.models import Delivery, Event, FeedCounter, State, Subscription
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting

WEBHOOKS = Actor.system("webhooks")
INBOX = "inbox:read"  # without this scope a client is told nothing


def make_deliveries(*, by: Actor = WEBHOOKS, events: int = 500) -> int:
    """A delivery for each event that a subscription wants and has none for yet; how many it was.

    The feed's numbers follow the order of commits, so the cursor passes nothing that commits later; cursor
    and deliveries are written in one transaction, so each event becomes one delivery, whoever dies when. A
    subscription that is stopped keeps its place. Events that have been deleted meanwhile are passed over.
    """
    made = 0
    while batch := _make_batch(by=by, events=events):
        made += sum(batch)
    return made


def _make_batch(*, by: Actor, events: int) -> list[int]:
    """Go on with up to 20 subscriptions that are behind; how many deliveries each got."""
    with acting(by):
        ahead = FeedCounter.objects.filter(authority=OuterRef("authority"), last__gt=OuterRef("number"))
        behind = list(
            Subscription.objects.annotate(reached=Subquery(ahead.values("last")))
            .filter(reached__isnull=False, state=State.ACTIVE)
            .order_by("id")
            .select_for_update(of=("self",), no_key=True, skip_locked=True)[:20]
        )
        return [_fill(subscription, subscription.reached, events) for subscription in behind]


def _fill(subscription: Subscription, reached: int, events: int) -> int:
    """Deliveries for the next `events` of the feed, which had come to number `reached` before. What is protected, or no
    longer to be read, is passed over."""
    client = ApiClient.objects.filter(client_id=subscription.client_id.removeprefix("client:")).first()
    now = clock.now()
    if client is None or client.authority_id != subscription.authority_id or INBOX not in client.scopes.split():
        Subscription.objects.filter(pk=subscription.pk).update(state=State.PAUSED, stopped_at=now)
        tell_stopped(subscription, at=now)
        return 0
    feed = Event.objects.filter(authority=subscription.authority_id, number__gt=subscription.number)
    found = list(feed.order_by("number").values_list("number", "kind", "protected")[:events])
    wanted = [
        number
        for number, kind, protected in found
        if number is not None
        and (not subscription.kinds or kind in subscription.kinds)
        and (client.cleared or not protected)
    ]
    Delivery.objects.bulk_create(
        Delivery(subscription=subscription, number=number, created_at=now, next_attempt_at=now) for number in wanted
    )
    Subscription.objects.filter(pk=subscription.pk).update(number=found[-1][0] if found else reached)
    return len(wanted)
