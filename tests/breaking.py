"""A broker and workers of a test's own, to be killed, stopped and emptied."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kela_kunta.celery import app
from tests.conftest import cluster, environment
from tools import servers

QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


class Broker:
    """A Redis on a port that stays the same through its deaths."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, servers.free_port()
        self.process = servers.start_redis(folder, self.port)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def kill(self) -> None:
        """Away at once, with all it held."""
        servers.stop(self.process, signal.SIGKILL)

    def start(self) -> None:
        self.process = servers.start_redis(self.folder, self.port)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """The broker that this test's process and its workers use."""
    own, before = Broker(tmp_path), app.conf.broker_url
    app.conf.broker_url = own.url
    app._after_fork()  # forgets the connections to the other one
    yield own
    app.conf.broker_url = before
    app._after_fork()
    own.process.send_signal(signal.SIGCONT)
    servers.stop(own.process, signal.SIGKILL)


@pytest.fixture
def worker_settings() -> dict[str, str]:
    """What workers of this test are told beyond the usual; filled before they start."""
    return {}


@pytest.fixture
def start_celery(
    broker: Broker, transactional_db: None, tmp_path: Path, worker_settings: dict[str, str]
) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts a Celery worker or beat on the test's database, without the checks that `make check` makes."""
    url = cluster().url(connection.settings_dict["NAME"], servers.APPLICATION)
    usual = environment(url) | {"REDIS_URL": broker.url, "ROUTE_EVERY": "1", "DELIVER_EVERY": "1"}
    processes = []

    def started(what: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "--skip-checks", "-A", "kela_kunta", what, "--loglevel=INFO"]
        processes.append(
            servers.start([*command, *options], tmp_path / f"{what}.log", env=os.environ | usual | worker_settings)
        )
        return processes[-1]

    yield started
    for process in processes:
        servers.stop(process, signal.SIGKILL)


@pytest.fixture
def start_worker(start_celery: Callable[..., subprocess.Popen[bytes]]) -> Callable[[], subprocess.Popen[bytes]]:
    """Starts a worker and waits until it answers."""

    def started() -> subprocess.Popen[bytes]:
        process = start_celery("worker", "--concurrency", "1", *QUIET)
        until(lambda: app.control.ping(timeout=0.5, limit=1))
        return process

    return started


@pytest.fixture
def start_beat(
    start_celery: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> Callable[[], subprocess.Popen[bytes]]:
    """Starts a beat that sweeps every second."""
    return lambda: start_celery("beat", "--pidfile=", "--schedule", str(tmp_path / "beat"))


def until(met: Callable[[], Any], *, seconds: float = 40) -> float:
    """Wait until `met()` is true; how long that took."""
    began = time.monotonic()
    while not met():
        assert time.monotonic() - began < seconds, f"not within {seconds} s"
        time.sleep(0.05)
    return time.monotonic() - began
