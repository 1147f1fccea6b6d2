"""The event log: numbers in the order of commits, without gaps, whoever writes at the same time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from random import Random
from threading import Event as Signal
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError

from delivery.events import Happening, record
from delivery.models import Event, FeedCounter
from kela_kunta.base.actor import Actor, NobodyActs, acting
from tests.together import PATIENCE, at_once

WRITER = Actor.system("writer")
TAMPERE, LAPLAND = "county-08", "county-21"


class Refused(Exception):
    pass


def happening(
    authority: str | None = TAMPERE, *, subject: UUID | None = None, version: int = 1, by: Actor = WRITER, **facts
) -> Happening:
    told = {"authority": authority, "protected": False} | facts
    return Happening("test", subject or uuid4(), version, "happened", "sent", by, **told)


def numbers(authority: str = TAMPERE) -> list[int]:
    with acting(WRITER):
        return list(Event.objects.filter(authority=authority).order_by("number").values_list("number", flat=True))


@pytest.mark.django_db
def test_an_event_is_written_whole_when_the_transaction_ends():
    written = happening(data={"reason": "moved", "text": "Muutti Rovaniemelle 🏠"})
    with acting(WRITER):
        record(written)
        assert not Event.objects.exists()
    with acting(WRITER):
        event = Event.objects.get()
    assert (event.subject_id, event.version, event.kind, event.at) == (written.subject_id, 1, "happened", written.at)
    assert event.data == written.data
    assert (event.role, event.actor_id, event.actor_name, event.actor_authority) == ("system", "writer", "writer", "")
    assert (event.authority_id, event.number) == (TAMPERE, 1)


@pytest.mark.django_db
def test_each_feed_is_numbered_by_itself_in_the_order_of_happening():
    with acting(WRITER):
        kept = [happening(LAPLAND), happening(TAMPERE), happening(None), happening(LAPLAND)]
        for one in kept:
            record(one)
    with acting(WRITER):
        found = {event.subject_id: event.number for event in Event.objects.all()}
    assert [found[one.subject_id] for one in kept] == [1, 1, None, 2]


@pytest.mark.django_db
def test_what_a_rolled_back_savepoint_recorded_is_forgotten_and_takes_no_number():
    def fail() -> None:
        with acting(WRITER):
            record(happening())
            raise Refused

    with acting(WRITER):
        record(happening())
        with suppress(Refused):
            fail()
        record(happening())
    assert numbers() == [1, 2]


@pytest.mark.django_db
def test_a_transaction_that_failed_leaves_no_gap():
    def fail() -> None:
        with acting(WRITER):
            record(happening(subject=taken))

    taken = uuid4()
    with acting(WRITER):
        record(happening(subject=taken))
    with pytest.raises(IntegrityError):
        fail()  # one version of a subject is written once, whoever writes
    with acting(WRITER):
        record(happening())
    assert numbers() == [1, 2]


@pytest.mark.django_db
def test_nothing_is_recorded_where_nobody_acts():
    with pytest.raises(NobodyActs):
        record(happening())


@pytest.mark.django_db
def test_the_writer_need_not_be_one_who_may_read():
    """Who hands a referral over does not see it any more."""
    worker = Actor("worker", "1", "Worker", LAPLAND)
    with acting(worker):
        record(happening(TAMPERE, by=worker))
    with acting(worker):
        assert not Event.objects.exists()
    assert numbers(TAMPERE) == [1]


@pytest.mark.django_db(transaction=True)
def test_who_commits_first_has_the_smaller_number():
    """However early the other one began and recorded."""
    early, late = happening(), happening()
    recorded, committed = Signal(), Signal()

    def begin_early() -> None:
        with acting(WRITER):
            record(early)
            recorded.set()
            assert committed.wait(PATIENCE)

    def commit_first() -> None:
        assert recorded.wait(PATIENCE)
        with acting(WRITER):
            record(late)
        committed.set()

    assert at_once(begin_early, commit_first) == [None, None]
    with acting(WRITER):
        found = {event.subject_id: event.number for event in Event.objects.all()}
    assert (found[late.subject_id], found[early.subject_id]) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_a_reader_beside_many_writers_misses_no_number():
    """Writers into two feeds, some of whom change their mind, and a reader who goes by the last number seen."""
    writing = 4
    ended: list[int] = []
    writers = [partial(write_many, Random(seed), ended) for seed in range(writing)]
    *_, read = at_once(*writers, partial(read_on, lambda: len(ended) == writing))
    assert len(ended) == writing, ended
    for authority in (TAMPERE, LAPLAND):
        found = numbers(authority)
        assert found == list(range(1, len(found) + 1))
        assert FeedCounter.objects.get(authority=authority).last == len(found)
    assert read == numbers(TAMPERE)
    assert len(read) > 50


def write_many(random: Random, ended: list[int]) -> None:
    for _ in range(30):
        with suppress(Refused), acting(WRITER):
            for authority in random.choices([TAMPERE, LAPLAND], k=random.randint(1, 4)):
                record(happening(authority))
            if random.random() < 0.2:
                raise Refused
    ended.append(1)


def read_on(all_written: Callable[[], bool]) -> list[int]:
    """What a system reads that asks again and again for what comes after the last number it saw."""
    read: list[int] = []
    while True:
        was_last = all_written()
        last = read[-1] if read else 0
        with acting(WRITER):
            read += (
                Event.objects.filter(authority=TAMPERE, number__gt=last)
                .order_by("number")
                .values_list("number", flat=True)
            )
        if was_last:
            return read
