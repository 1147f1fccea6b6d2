"""Stories into the tables, set by set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from operator import itemgetter
from typing import Any

from delivery.events import Happening, reserve
from delivery.models import Event
from kela_kunta.base.actor import Actor
from kela_kunta.demo.cast import uuid7
from kela_kunta.demo.chance import Chance
from kela_kunta.demo.following import Followed
from kela_kunta.demo.staging import Stage
from kela_kunta.demo.stories import Story
from referrals.actions.sending import client_columns
from referrals.models import DETAIL_MODELS, BasicDecision, Client, Referral
from referrals.rules import deadlines

REPLAYER = Actor.system("replay")
_CHUNK = 5_000  # referrals, in between which progress is told


def load(
    stories: Iterable[Story], rules: list[deadlines.Rule], *, progress: Callable[[int], None] = lambda count: None
) -> int:
    """Write `stories` in the present transaction, their deadlines by `rules`; how many events it was.

    `progress` is told how many referrals have come to the tables since it was last called.
    """
    feed: list[tuple[datetime, int, Happening]] = []
    stage = Stage([Referral, Client, *DETAIL_MODELS, BasicDecision, Event])
    random = Chance()
    numbered = enumerate(stories)
    while chunk := list(islice(numbered, _CHUNK)):
        for place, story in chunk:
            feed += [(event.at, place, event) for event in _tell(story, rules, stage, random)]
        stage.empty()
        progress(len(chunk))
    _write_events(feed, stage)
    stage.close()
    return len(feed)


def _tell(story: Story, rules: list[deadlines.Rule], stage: Stage, random: Chance) -> list[Happening]:
    """Stage the rows of one story but for the events, and give these."""
    draft = story.draft
    followed = Followed(story, rules)
    stage.add(Referral, followed.columns)
    stage.add(Client, client_columns(draft) | {"referral_id": story.id})
    stage.add(draft.type.model, {**draft.details, "referral_id": story.id})
    for decision in followed.decisions:
        stage.add(BasicDecision, decision | {"id": uuid7(story.sent["sent_at"], random), "referral_id": story.id})
    return followed.events


def _write_events(feed: list[tuple[datetime, int, Happening]], stage: Stage) -> None:
    """Number the events of every authority's feed in the order of time, after those already there, and insert all."""
    feed.sort(key=itemgetter(0, 1))
    numbers = reserve(Counter(event.authority for _, _, event in feed if event.authority))
    for place, (_, _, event) in enumerate(feed, 1):
        stage.add(Event, _event_columns(event, next(numbers[event.authority]) if event.authority else None))
        if place % (4 * _CHUNK) == 0:
            stage.empty()
    stage.empty()


def _event_columns(event: Happening, number: int | None) -> dict[str, Any]:
    return {
        "subject_kind": event.subject_kind,
        "subject_id": event.subject_id,
        "version": event.version,
        "kind": event.kind,
        "status": event.status,
        "at": event.at,
        "role": event.by.role,
        "actor_id": event.by.id,
        "actor_name": event.by.name,
        "actor_authority": event.by.authority,
        "data": event.data,
        "call": "",
        "protected": event.protected,
        "authority_id": event.authority,
        "number": number,
        "test": False,
    }
