"""Limits of a real web server with several processes, and with a Redis that dies."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from django.db import connection

from kela_kunta.base.limits import REST
from tests.api import access_token
from tests.breaking import until
from tests.conftest import cluster, environment
from tools import servers

pytestmark = pytest.mark.django_db(transaction=True)
LIMIT, PROCESSES, CALLS = 20, 3, 60


@pytest.fixture
def caller(broker, tmp_path, county_pirkanmaa) -> Iterator[httpx.Client]:
    """Pirkanmaa's system, calling a site with a low limit."""
    address = f"127.0.0.1:{servers.free_port()}"
    database = cluster().url(connection.settings_dict["NAME"], servers.APPLICATION)
    told = {
        "DJANGO_SETTINGS_MODULE": "kela_kunta.settings",
        "REDIS_URL": broker.url,
        "API_CALLS_PER_MINUTE": str(LIMIT),
    }
    command = [sys.executable, "-m", "gunicorn", "kela_kunta.wsgi", "--bind", address, "--workers", str(PROCESSES)]
    process = servers.start(command, tmp_path / "web.log", env=os.environ | environment(database) | told)
    headers = {"Authorization": f"Bearer {access_token(county_pirkanmaa)}"}
    with httpx.Client(base_url=f"http://{address}", headers=headers, timeout=60) as client:
        until(lambda: _is_alive(client))
        yield client
    servers.stop(process, signal.SIGKILL)


def _is_alive(client: httpx.Client) -> bool:
    try:
        return client.get("/healthz").status_code == 200
    except httpx.HTTPError:
        return False


def statuses(client: httpx.Client) -> Counter[int]:
    with ThreadPoolExecutor(8) as pool:
        return Counter(pool.map(lambda _: client.get("/api/v1/inbox/changes/").status_code, range(CALLS)))


def test_all_processes_count_together_and_go_on_without_redis(caller, broker):
    began = time.monotonic()
    counted = statuses(caller)
    came_back = (time.monotonic() - began) * LIMIT / 60
    assert counted.keys() == {200, 429}
    assert LIMIT <= counted[200] <= LIMIT + came_back + 1
    refused = caller.get("/api/v1/inbox/changes/")
    assert refused.json()["code"] == "too_many"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60 / LIMIT

    broker.kill()
    assert statuses(caller) == {200: CALLS}

    broker.start()
    until(lambda: "RateLimit" in caller.get("/api/v1/inbox/changes/").headers, seconds=REST + 15)
