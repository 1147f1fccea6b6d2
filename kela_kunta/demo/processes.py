"""The same work side by side, in processes that know all that their parent knows."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from multiprocessing.queues import Queue
from queue import Empty

from django.db import connection

Told = Callable[[int], None]
Work = Callable[[int, Told], int]

_work: Work
_queue: Queue[int]


def side_by_side(work: Work, count: int, progress: Told) -> int:
    """The sum of what `work` gives for each of the places 0 to `count` - 1, each in a process forked off.

    `work` is handed a way to tell how far it has come, which goes to `progress`. Outside any
    transaction: a connection cannot be shared, so the present one is closed before.
    """
    global _work, _queue
    context = get_context("fork")
    _work, _queue = work, context.Queue()
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    with ProcessPoolExecutor(count, context, gc.disable) as pool:  # looking for cycles would take a tenth of the time
        futures = [pool.submit(_call, place) for place in range(count)]
        _watch(futures, progress)
        return sum(future.result() for future in futures)


def _watch(futures: Iterable[Future[int]], progress: Told) -> None:
    pending = set(futures)
    while pending:
        _, pending = wait(pending, timeout=0.1, return_when=FIRST_COMPLETED)
        try:
            while True:
                progress(_queue.get_nowait())
        except Empty:
            continue


def _call(place: int) -> int:
    return _work(place, _queue.put)
