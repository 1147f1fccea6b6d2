"""Referrals that have just been sent: those of 2017, to the authorities of today."""

from __future__ import annotations

import gc
from collections.abc import Iterator

from contacts.queries import register
from kela_kunta.base import clock
from kela_kunta.base.actor import acting
from kela_kunta.demo import cast
from kela_kunta.demo.processes import side_by_side
from kela_kunta.demo.world import world
from referrals.actions.routing import route_batch
from referrals.actions.sending import send_referrals
from referrals.types.base import Draft
from tools.bench.stage import BASE, Stage

COUNT = 10_000
ROUTERS = 2
HANDLER = cast.handlers()[0]
_YEAR = 2017
_AT_ONCE = 1_000


def pending(stage: Stage) -> str:
    """The template with `COUNT` referrals that wait for the router."""
    return stage.template("pending", BASE, _send)


def drafts(*, only_for: str = "") -> Iterator[Draft]:
    """Up to `COUNT` drafts of all types and from all over the country, or those that go to one authority today."""
    year, duties, today = world(_YEAR, sample=COUNT), register(), clock.today()
    teller = year.teller()
    for one in year.plan:
        duty = duties.responsible(one.home.code, one.type, today)
        if not only_for or (duty and duty.authority == only_for):
            yield teller.story(one).draft


def _send() -> None:
    every = list(drafts())
    for start in range(0, len(every), _AT_ONCE):
        keyed = {f"bench-{place}": draft for place, draft in enumerate(every[start : start + _AT_ONCE], start)}
        with acting(HANDLER):
            send_referrals(keyed, by=HANDLER)


def route_all() -> int:
    """Route what waits, by `ROUTERS` processes; how many referrals it was."""
    return side_by_side(lambda place, told: _route(), ROUTERS, lambda count: None)


def _route() -> int:
    gc.enable()  # as in any worker
    done = 0
    while routed := route_batch():
        done += routed
    return done
