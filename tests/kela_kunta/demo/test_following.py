"""Tests of kela_kunta.demo.following and loading: set by set or one by one, the same comes of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from accounts.models import User
from delivery.models import Event
from kela_kunta.base.actor import acting
from kela_kunta.demo import replay
from kela_kunta.demo.accounts import make_accounts
from kela_kunta.demo.lives import Step
from kela_kunta.demo.loading import REPLAYER, load
from kela_kunta.demo.plan import Planned
from kela_kunta.demo.scenes import scenes
from kela_kunta.demo.stories import Story, Teller
from kela_kunta.demo.today import Stage
from kela_kunta.demo.world import world
from referrals.actions.routing import route_batch
from referrals.actions.sending import send_referral
from referrals.models import BasicDecision, Client, Referral
from referrals.rules import deadlines
from referrals.types import TYPES
from tests.playing import Act, play, take

pytestmark = pytest.mark.django_db

RARE = {"return", "transfer", "reroute", "withdraw", "attach_decision"}
RANDOM = {"id", "referral_id", "subject_id", "sealed_identity_code", "number"}
Rows = dict[str, list[dict[str, Any]]]


class Undo(Exception):
    """Rolls back."""


def test_both_ways_agree_referral_by_referral() -> None:
    whole = world(2017, sample=1200)
    replay._hire(whole)
    User.objects.update(is_active=True)
    teller = whole.teller()
    chosen = _some_of_each(whole.plan, teller)
    _agree([teller.story(one) for one in chosen], teller.rules.deadlines)


def test_both_ways_agree_on_the_worklists_of_today() -> None:
    make_accounts()
    stage = Stage(datetime(2026, 11, 25, 10, tzinfo=UTC))
    wanted = dict(enumerate(scenes()))
    # All the particular ones, of all others each kind once, and each of those that leads hand out.
    kinds = {
        (scene.type, scene.status, scene.urgent, scene.person is None and number < 30): number
        for number, scene in reversed(wanted.items())
    }
    stories = [stage.story(number, wanted[number]) for number in sorted({*range(30), *kinds.values()})]
    assert {story.draft.type.code for story in stories} == set(TYPES)
    assert any(story.arrived is None for story in stories)
    assert any(step.assignee for story in stories for step in story.steps)
    _agree(stories, stage.rules.deadlines)


def _agree(stories: list[Story], rules: list[deadlines.Rule]) -> None:
    set_by_set = _set_by_set(stories, rules)
    _play(stories)
    with acting(REPLAYER):
        one_by_one = _rows()
    assert set(set_by_set) == set(one_by_one)
    assert len(set_by_set) == len(stories)
    for key, rows in set_by_set.items():
        assert rows == one_by_one[key], key


def _set_by_set(stories: list[Story], rules: list[deadlines.Rule]) -> dict[str, Rows]:
    """What the demo would write; nothing of it stays."""
    with suppress(Undo), transaction.atomic(), acting(REPLAYER):
        load(stories, rules)
        connection.check_constraints()
        rows = _rows()
        raise Undo
    return rows


def _some_of_each(plan: list[Planned], teller: Teller) -> list[Planned]:
    """Some plain referrals of each type, urgent and not, and of each rare move, from sent by whoever sends."""
    counts: Counter[object] = Counter()
    chosen = []
    for one in plan:
        story = teller.story(one)
        marks: set[object] = {(one.type, story.by.role, story.draft.urgent)}
        marks |= {(one.type == "immigrant", step.move) for step in story.steps if step.move in RARE}
        if any(counts[mark] < 3 for mark in marks):
            counts.update(marks)
            chosen.append(one)
    assert {mark[1] for mark in counts if isinstance(mark, tuple) and len(mark) == 2} == RARE
    return chosen


def _play(stories: list[Story]) -> None:
    """Everything through the actions, in the order of time."""
    ids: dict[str, UUID] = {}

    def send(story: Story) -> None:
        ids[story.key] = send_referral(story.draft, by=story.by, key=story.key)[0].pk

    def step(story: Story, taken: Step) -> None:
        take(ids[story.key], taken)

    acts = []
    for story in stories:
        acts.append(Act(story.sent["sent_at"], 0, partial(send, story)))
        if story.arrived is not None:
            acts.append(Act(story.routed_at, 1, route_batch))
        acts += [Act(taken.at, 2, partial(step, story, taken)) for taken in story.steps]
    play(acts)


def _rows() -> dict[str, Rows]:
    """By idempotency key, every column of every row of each referral, but for what is random."""
    keys = dict(Referral.objects.values_list("pk", "key"))
    found: defaultdict[str, Rows] = defaultdict(lambda: defaultdict(list))
    for model in (Referral, Client, BasicDecision, *(type.model for type in TYPES.values())):
        for row in model.objects.order_by(*(["version"] if model is BasicDecision else ["pk"])):
            columns = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
            key = keys[columns["id"] if model is Referral else columns["referral_id"]]
            if model is Client:
                columns["identity_code"] = row.identity_code
            found[key][model.__name__].append(_comparable(columns))
    _check_feeds()
    for event in Event.objects.order_by("version"):
        columns = {field.attname: getattr(event, field.attname) for field in Event._meta.concrete_fields}
        found[keys[event.subject_id]]["Event"].append(_comparable(columns))
    return found


def _comparable(columns: dict[str, Any]) -> dict[str, Any]:
    return {
        name: bytes(value) if isinstance(value, memoryview) else value
        for name, value in columns.items()
        if name not in RANDOM
    }


def _check_feeds() -> None:
    """Every feed is numbered without gaps, in the order of time."""
    feeds: defaultdict[str, list[tuple[int, datetime]]] = defaultdict(list)
    for event in Event.objects.exclude(authority=None).order_by("number"):
        feeds[event.authority_id].append((event.number, event.at))
    for entries in feeds.values():
        assert [number for number, _ in entries] == list(range(1, len(entries) + 1))
        assert [at for _, at in entries] == sorted(at for _, at in entries)
