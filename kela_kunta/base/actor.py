"""Who acts, as a plain value, told to PostgreSQL for one transaction at a time.

Row-level security shows nothing to a connection on which nobody acts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection, transaction


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, an API client or one of our own jobs.

    `role` is a person's or client's role, or "system" for a job; `authority` is the
    code of the authority acted for ("" for none); `cleared` people and systems may see
    those under non-disclosure for personal safety (Act 661/2009, section 36). A `test` actor
    sees and writes test data alone, everybody else live data alone (docs/why/test-data.md).
    `call` is the X-Road-Id of the call that a system acts by, "" for none.
    """

    role: str
    id: str
    name: str
    authority: str = ""
    cleared: bool = False
    test: bool = False
    call: str = ""

    @classmethod
    def system(cls, job: str) -> Actor:
        """One of our own jobs, such as "router": sees all that its work needs."""
        return cls(role="system", id=job, name=job, cleared=True)

    @property
    def of_kela(self) -> bool:
        return self.authority == "kela"

    @property
    def in_test(self) -> Actor:
        """The same for test data."""
        return replace(self, test=True)


Flush = Callable[[list[Any]], None]


@dataclass(slots=True)
class _Acting:
    actor: Actor
    collected: list[tuple[Flush, Any]] = field(default_factory=list)


_acting: ContextVar[_Acting | None] = ContextVar("acting", default=None)

_SET = """
SELECT set_config('kela_kunta.role', %s, true), set_config('kela_kunta.actor', %s, true),
       set_config('kela_kunta.authority', %s, true), set_config('kela_kunta.cleared', %s, true),
       set_config('kela_kunta.test', %s, true)
"""


class NobodyActs(Exception):
    """Something that needs to know who acts ran outside `acting()`."""


class LiveActs(Exception):
    """A test actor was to act inside a transaction for live data."""


def current_actor() -> Actor:
    """Who acts now.

    Raises:
        NobodyActs: outside `acting()`.
    """
    acting_now = _acting.get()
    if acting_now is None:
        raise NobodyActs
    return acting_now.actor


def is_test() -> bool:
    """Whether who acts now does so for a test; no where nobody acts."""
    acting_now = _acting.get()
    return acting_now is not None and acting_now.actor.test


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """One transaction in which PostgreSQL knows `actor`.

    Inside another `acting()` it is a savepoint with, for its length, the inner actor, and what
    began for a test stays so. Read and render inside: what is read after leaving shows no rows.

    Raises:
        LiveActs: a test cannot begin where what is collected goes to live feeds.
    """
    outer = _acting.get()
    if outer is not None and actor.test != outer.actor.test:
        if actor.test:
            raise LiveActs
        actor = actor.in_test
    inner = _Acting(actor) if outer is None else _Acting(actor, outer.collected)
    already = len(inner.collected)
    with transaction.atomic():
        _tell(actor)
        token = _acting.set(inner)
        try:
            yield actor
            if transaction.get_rollback():
                del inner.collected[already:]
            if outer is None:
                _flush(inner.collected)
        except BaseException:
            del inner.collected[already:]
            raise
        finally:
            _acting.reset(token)
        # Only on success: after an error the rollback restores what was set before,
        # and another statement would hide the cause.
        if not transaction.get_rollback():
            _tell(outer.actor if outer else None)


def collect(flush: Flush, item: Any) -> None:
    """Hand `item`, with all others collected for `flush`, to it inside the transaction, just before it commits.

    What a block of `acting()` collected is forgotten when the block is rolled back.

    Raises:
        NobodyActs: outside `acting()`.
    """
    acting_now = _acting.get()
    if acting_now is None:
        raise NobodyActs
    acting_now.collected.append((flush, item))


def _flush(collected: list[tuple[Flush, Any]]) -> None:
    while collected:
        flush = collected[0][0]
        items = [item for wanted, item in collected if wanted is flush]
        collected[:] = [entry for entry in collected if entry[0] is not flush]
        flush(items)


def _tell(actor: Actor | None) -> None:
    values = ("",) * 5
    if actor is not None:
        cleared, test = ("t" if flag else "f" for flag in (actor.cleared, actor.test))
        values = (actor.role, actor.id, actor.authority, cleared, test)
    with connection.cursor() as cursor:
        cursor.execute(_SET, values)
