"""Limits, counted by many at once in a real Redis."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from redis import Redis

from kela_kunta.base import limits
from kela_kunta.base.limits import Limit, take


@pytest.fixture
def who():
    return f"somebody-{uuid4()}"


def test_many_at_once_get_no_more_than_there_is(who):
    limit = Limit("few", 10, 3600)
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: take(limit, who), range(40)))
    assert sorted(one.left for one in taken if not one.wait) == list(range(10))


def test_what_was_taken_comes_back_evenly(who):
    limit = Limit("quick", 2, 1)
    assert [bool(take(limit, who).wait) for _ in range(3)] == [False, False, True]
    time.sleep(0.55)
    assert [bool(take(limit, who).wait) for _ in range(2)] == [False, True]


def test_the_wait_told_is_long_enough(who):
    limit = Limit("quick", 1, 1)
    take(limit, who)
    time.sleep(take(limit, who).wait)
    assert not take(limit, who).wait


def test_being_refused_costs_nothing(who):
    limit = Limit("hour", 1, 3600)
    take(limit, who)
    assert {take(limit, who).wait for _ in range(5)} <= {3600, 3599}


def test_names_and_limits_are_counted_apart(who):
    assert not take(Limit("one", 1), who).wait
    assert not take(Limit("two", 1), who).wait
    assert not take(Limit("one", 1), who + "else").wait
    assert take(Limit("one", 1), who).wait


def test_redis_keeps_no_name_and_nothing_longer_than_the_limit_lasts(who, settings):
    take(Limit("few", 2, 60), who)
    with Redis.from_url(settings.REDIS_URL) as redis:
        assert not [key for key in redis.scan_iter("limit:*") if who.encode() in key]
        assert all(0 < redis.pttl(key) <= 60_000 for key in redis.scan_iter("limit:few:2:*"))


def test_a_redis_that_hangs_is_waited_for_once_and_briefly(who, settings, request):
    request.getfixturevalue("without_redis")
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        settings.REDIS_URL = f"redis://127.0.0.1:{deaf.getsockname()[1]}/0"
        limits._script.cache_clear()
        began = time.monotonic()
        assert [take(Limit("few", 2), who) for _ in range(50)] == [None] * 50
        assert time.monotonic() - began < 4 * limits.PATIENCE


def test_a_redis_that_comes_back_is_asked_again_after_a_rest(who, settings, monkeypatch, request):
    limit, there = Limit("few", 2), settings.REDIS_URL
    request.getfixturevalue("without_redis")
    assert take(limit, who) is None
    settings.REDIS_URL = there
    limits._script.cache_clear()
    assert take(limit, who) is None
    monkeypatch.setattr(limits._redis, "asked_again_at", 0.0)
    assert take(limit, who).left == 1
