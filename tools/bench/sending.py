"""From the handler's send to the authority's inbox, by a real worker and Redis, against routing in the very process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from uuid import UUID

from django.db import connection, transaction

from accounts.models import User
from kela_kunta.base.actor import Actor, acting
from kela_kunta.celery import app
from kela_kunta.demo.accounts import PIRKANMAA, make_accounts
from referrals.actions.routing import route_batch
from referrals.actions.sending import send_referral
from referrals.models import Referral
from tools import servers
from tools.bench.pending import HANDLER, drafts
from tools.bench.results import Result, percentile
from tools.bench.stage import BASE, Stage

BLOCKS, SENDS = 10, 20
RECEIVER = "worker.pirkanmaa"
_PAUSE = 0.002  # seconds between two looks into the inbox
_PATIENCE = 10  # seconds


def measure(stage: Stage) -> list[Result]:
    by_worker, in_process = [], []
    with stage.copy(BASE):
        make_accounts()
        post = _Post(User.objects.get(username=RECEIVER).actor)
        with _worker(stage) as worker:
            post.send()  # connected
            for _ in range(BLOCKS):
                by_worker += [post.send() for _ in range(SENDS)]
                with _held(worker):
                    in_process += [post.send(route_batch) for _ in range(SENDS)]
    return [
        Result(
            f"Send to inbox, p{wanted}",
            1000 * percentile(by_worker, wanted),
            "ms",
            1000 * percentile(in_process, wanted),
            "routed by the sender itself, nobody woken",
            goal=3,
        )
        for wanted in (50, 95, 99)
    ]


class _Post:
    """Sends one referral after the other to one authority, whose worker looks for it."""

    def __init__(self, receiver: Actor) -> None:
        self._receiver = receiver
        self._drafts = drafts(only_for=PIRKANMAA)
        self._numbers = count()

    def send(self, route: Callable[[], object] | None = None) -> float:
        """Seconds from the commit until the receiver sees the referral; `route` brings it there if no worker does."""
        committed: list[float] = []
        with acting(HANDLER):
            transaction.on_commit(lambda: committed.append(time.perf_counter()))
            referral, _ = send_referral(next(self._drafts), by=HANDLER, key=f"bench-{next(self._numbers)}")
        if route:
            route()
        while not self._arrived(referral.pk):
            if time.perf_counter() - committed[0] > _PATIENCE:
                raise RuntimeError(f"A referral did not come within {_PATIENCE} s.")
            time.sleep(_PAUSE)
        return time.perf_counter() - committed[0]

    def _arrived(self, referral_id: UUID) -> bool:
        with acting(self._receiver):
            return Referral.objects.filter(pk=referral_id, receiving_authority=self._receiver.authority).exists()


@contextmanager
def _worker(stage: Stage) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker on the database that Django is on, as the product starts it."""
    database = connection.settings_dict["NAME"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    process = servers.start(
        [sys.executable, "-m", "celery", "-A", "kela_kunta", "worker", "--concurrency", "2", *quiet],
        servers.ROOT / "var" / "bench" / "worker.log",
        env=os.environ | {"DATABASE_URL": stage.postgres.url(database, servers.APPLICATION)},
    )
    try:
        while not app.control.ping(timeout=0.5, limit=1):
            if process.poll() is not None:
                raise servers.ServerError("The worker did not start; its log is var/bench/worker.log.")
        yield process
    finally:
        servers.stop(process, signal.SIGTERM)


@contextmanager
def _held(worker: subprocess.Popen[bytes]) -> Iterator[None]:
    """The worker stands still, and what woke it meanwhile is forgotten."""
    os.killpg(worker.pid, signal.SIGSTOP)
    try:
        yield
        app.control.purge()
    finally:
        os.killpg(worker.pid, signal.SIGCONT)
        time.sleep(0.3)  # what it had received already
