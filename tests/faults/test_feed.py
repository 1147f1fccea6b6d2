"""The change feed where it is hardest: beside many writers, and after a move to another cluster."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from django.db import connection

from delivery.events import Happening, record
from delivery.models import Event
from kela_kunta.base.actor import Actor, acting
from tests.api import Caller
from tests.cast import LAPLAND, PIRKANMAA
from tests.conftest import QUICK, cluster
from tools import servers

pytestmark = pytest.mark.django_db(transaction=True)
WRITER = Actor.system("writer")
WRITERS = 8
SECONDS = float(os.environ.get("FEED_SECONDS", "2"))  # a minute of it is for the record


class ChangedMind(Exception):
    pass


@pytest.fixture
def connections() -> Iterator[None]:
    """One for each writer, and for the reader."""
    pool = connection.settings_dict["OPTIONS"]["pool"]
    before = dict(pool)
    connection.close()
    connection.close_pool()
    pool |= {"max_size": WRITERS + 2}
    yield
    connection.close()
    connection.close_pool()
    pool |= before


def write(seed: int, until: float) -> None:
    """Transactions into several feeds that commit, or do not, in another order than they began in."""
    random = Random(seed)
    try:
        while time.monotonic() < until:
            with suppress(ChangedMind), acting(WRITER):
                for authority in random.choices([PIRKANMAA, LAPLAND], k=random.randint(1, 4)):
                    event = ("test", uuid4(), 1, "delivered", "delivered", WRITER)
                    record(Happening(*event, protected=False, authority=authority))
                    time.sleep(random.random() / 200)
                if random.random() < 0.1:
                    raise ChangedMind
    finally:
        connection.close()


def read_on(caller: Caller, after: str | None, *, until: Callable[[], bool], limits: Random) -> list[dict]:
    """Page by page, until there is nothing more after `until()` was true."""
    read: list[dict] = []
    while True:
        was_last = until()
        place = f"&after={after}" if after else ""
        page = caller.get(f"inbox/changes/?limit={limits.randint(1, 50)}{place}").json()
        read, after = read + page["changes"], page["next"]
        if was_last and not page["changes"]:
            return read


def test_a_reader_beside_many_writers_gets_every_change_once_and_in_order(
    calls_as, county_pirkanmaa, connections, record_property
):
    caller, end = calls_as(county_pirkanmaa), time.monotonic() + SECONDS
    with ThreadPoolExecutor(WRITERS) as pool:
        writing = [pool.submit(write, seed, end) for seed in range(WRITERS)]
        read = read_on(caller, None, until=lambda: all(one.done() for one in writing), limits=Random(99))
        assert [one.result() for one in writing] == [None] * WRITERS
    with acting(WRITER):
        rows = Event.objects.filter(authority=PIRKANMAA).order_by("number").values_list("subject_id", "number")
        there = [(str(subject), number) for subject, number in rows]
    assert [change["referral"] for change in read] == [subject for subject, _ in there]
    assert [number for _, number in there] == list(range(1, len(there) + 1))
    assert len(read) > 10 * SECONDS
    record_property("changes read", len(read))


@contextmanager
def moved_to(other: servers.Postgres, database: str) -> Iterator[None]:
    """What is done inside is done on the other cluster."""
    here = dict(connection.settings_dict)
    connection.close()
    connection.close_pool()
    connection.settings_dict |= {"PORT": str(other.port), "PASSWORD": other.password, "NAME": database}
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()
        connection.settings_dict |= {name: here[name] for name in ("PORT", "PASSWORD", "NAME")}


@pytest.fixture
def another_cluster(tmp_path: Path) -> Iterator[servers.Postgres]:
    """Whose transactions are numbered from the beginning."""
    with servers.postgres(tmp_path / "postgres", settings=QUICK) as other:
        yield other


def test_a_cursor_goes_on_in_another_cluster_without_loss_or_repetition(
    calls_as, county_pirkanmaa, send, another_cluster
):
    caller, sent = calls_as(county_pirkanmaa), [send() for _ in range(6)]
    first = caller.get("inbox/changes/?limit=4").json()
    another_cluster.restore("restored", cluster().dump(connection.settings_dict["NAME"]))
    with moved_to(another_cluster, "restored"):
        sent += [send() for _ in range(3)]
        rest = read_on(caller, first["next"], until=lambda: True, limits=Random(1))
        whole = read_on(caller, None, until=lambda: True, limits=Random(2))
    assert [change["referral"] for change in first["changes"] + rest] == [str(referral.pk) for referral in sent]
    assert whole == first["changes"] + rest


def test_a_cursor_of_what_a_restored_cluster_has_lost_is_refused_also_when_it_went_on(
    calls_as, county_pirkanmaa, send, another_cluster
):
    """By numbers alone what came instead would be passed over without a word."""
    caller, _before = calls_as(county_pirkanmaa), [send() for _ in range(2)]
    kept = caller.get("inbox/changes/").json()["next"]
    dump = cluster().dump(connection.settings_dict["NAME"])
    send()
    lost = caller.get("inbox/changes/").json()["next"]
    another_cluster.restore("restored", dump)
    with moved_to(another_cluster, "restored"):
        for _ in range(3):
            refused = caller.get(f"inbox/changes/?after={lost}")
            assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "bad_cursor")
            send()
        assert len(caller.get(f"inbox/changes/?after={kept}").json()["changes"]) == 3
