"""The change feed: what happened to what an authority has received, in the order of commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from delivery.models import Event, FeedCounter
from delivery.rules import cursors
from delivery.rules.cursors import BadCursor, Place
from kela_kunta.base.actor import Actor, acting


@dataclass(frozen=True, slots=True)
class Change:
    """One event of a feed, without what was written in it."""

    number: int
    subject_id: UUID
    kind: str
    status: str
    version: int
    at: datetime

    @property
    def tag(self) -> str:
        return cursors.tag(self.subject_id, self.version)


_COLUMNS = ("number", "subject_id", "kind", "status", "version", "at")


def changes(by: Actor, *, after: Place, limit: int) -> list[Change]:
    """Up to `limit` events of the feed of `by`'s authority that come after the place.

    By number, which follows the order of commits, so that a later call never finds one before
    the last that was answered. The event at the place itself is read along, to see that it is the
    one that the cursor was taken from. One statement; two more where it does not show to `by`.

    Raises:
        BadCursor: the place is another authority's, or this feed never came so far.
    """
    if after.authority != by.authority:
        raise BadCursor
    rows = Event.objects.filter(authority=by.authority, number__gte=after.number).order_by("number")
    found = [Change(*row) for row in rows.values_list(*_COLUMNS)[: limit + 1]]
    if found and found[0].number == after.number:
        if found.pop(0).tag != after.tag:
            raise BadCursor
    elif after.number:
        _check_hidden(after)
    return found[:limit]


def _check_hidden(place: Place) -> None:
    """Whether the event at a place that does not show is the cursor's: its reader may have been cleared once.

    Raises:
        BadCursor: it is not, or the feed never came so far.
    """
    with acting(Actor.system("feed")):
        there = Event.objects.filter(authority=place.authority, number=place.number)
        event = there.values_list("subject_id", "version").first()
        reached = FeedCounter.objects.filter(authority=place.authority, last__gte=place.number).exists()
    if not reached or (event and cursors.tag(*event) != place.tag):
        raise BadCursor
