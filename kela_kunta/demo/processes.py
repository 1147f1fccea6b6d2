"""The same work side by side, in processes that know all that their parent knows."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from multiprocessing.queues import Queue
from queue import Empty
from typing import TypeVar

from django.db import connection

Told = Callable[[int], None]
Work = Callable[[int, Told], int]
Result = TypeVar("Result")


class Failed(RuntimeError):
    """A process ended before its work was done; it has said why on its own standard error."""


@dataclass(frozen=True, slots=True)
class _Word:
    """What a process says: how much further it has come, or at the end what came of it."""

    count: int
    is_last: bool = False


def side_by_side(work: Work, count: int, progress: Told) -> int:
    """The sum of what `work` gives for each of the places 0 to `count` - 1, each in a process forked off.

    `work` is handed a way to tell how far it has come, which goes to `progress`. Outside any
    transaction: a connection cannot be shared, so the present one is closed before. Whatever
    ends this call ends the processes.

    Raises:
        Failed: one of them did.
    """
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    context = get_context("fork")
    queue: Queue[_Word] = context.Queue()
    processes = [context.Process(target=_run, args=(work, place, queue)) for place in range(count)]
    for process in processes:
        process.start()
    try:
        return _listen(processes, queue, progress)
    finally:
        for process in processes:
            process.terminate()
            process.join()


@contextmanager
def beside(work: Callable[[], Result]) -> Iterator[list[Result]]:
    """While the block runs, `work` runs in a process forked off; both are done at the end, when the list that the block
    was given holds the result.

    Outside any transaction, as for `side_by_side`. Whatever ends the block ends the process.

    Raises:
        Failed: the process did.
    """
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    context = get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_run_alone, args=(work, writer))
    process.start()
    writer.close()  # so that the reader learns when the process ends without a word
    results: list[Result] = []
    try:
        yield results
        with suppress(EOFError):
            results.append(reader.recv())
        process.join()
    finally:
        process.terminate()
        process.join()
    if process.exitcode:
        raise Failed


def _run_alone(work: Callable[[], Result], writer: Connection[Result, None]) -> None:
    gc.disable()  # as in `_run`
    writer.send(work())


def _listen(processes: list[ForkProcess], queue: Queue[_Word], progress: Told) -> int:
    """Pass on what the processes say until each has said its last word."""
    waiting, total = len(processes), 0
    while waiting:
        try:
            word = queue.get(timeout=0.2)
        except Empty:
            if any(process.exitcode for process in processes):
                raise Failed from None
            continue
        if word.is_last:
            waiting -= 1
            total += word.count
        else:
            progress(word.count)
    return total


def _run(work: Work, place: int, queue: Queue[_Word]) -> None:
    gc.disable()  # what is made here is mostly kept: looking for cycles would take a tenth of the time
    queue.put(_Word(work(place, lambda count: queue.put(_Word(count))), is_last=True))
