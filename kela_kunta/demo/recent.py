"""The months of assistance of these days in the demo: who is coming, who lacks a fact, who is told of today, and who was in
summer and is on assistance still."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from accounts.models import Role, User
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.demo import people
from kela_kunta.demo.accounts import HELSINKI, LAPLAND, PIRKANMAA
from kela_kunta.demo.months import told_of
from referrals.actions.detecting import detect_alerts
from referrals.actions.releasing import release_alerts
from referrals.actions.routing import route_batch
from referrals.actions.taking_in import take_in
from referrals.actions.working import close, start
from referrals.models import Recipient, Referral
from referrals.rules.lifecycle import Status
from referrals.rules.months import add_months, month_of

DIRECTOR = Actor.system("demo")
_FIRST_PERSON = 190_000  # beyond all others
_HOMES = ("837", "091", "698", "980", "211", "604")  # of Pirkanmaa, Helsinki and Lapland
_EARLIER, _COMING, _DUE, _LACKING, _STILL = 18, 24, 9, 6, 2  # people; one of _STILL is still on assistance
Month = dict[str, Any]


def make_recent() -> int:
    """Tell the months of these days and find the alerts in them; how many people it was, 0 when they are there."""
    today = clock.today()
    with acting(DIRECTOR):
        if Recipient.objects.filter(told_of__gte=add_months(month_of(today), -2)).exists():
            return 0
    early = add_months(month_of(today), -4) + timedelta(days=8)
    with clock.frozen(_morning(early)):
        told = [month for number in range(_EARLIER) for month in _months(number, today.year, early, 4)]
        take_in(told, by=DIRECTOR)
        sent = _search(early)
    with clock.frozen(_morning(early + timedelta(days=12))):
        _work(sent)
    take_in(list(_lately(today)), by=DIRECTOR)
    _search(today)
    return _EARLIER + _COMING + _DUE + _LACKING


def _lately(today: date) -> Iterator[Month]:
    """What has become known since: some of those told of went on, others come close, are due or lack a fact."""
    for number in range(0, _EARLIER, _STILL):
        yield from _months(number, today.year, today, 5)
    first = _EARLIER
    for number in range(first, first + _COMING):
        yield from _months(number, today.year, today, 3 if number % 4 else 2, until=-1)
    first += _COMING
    for number in range(first, first + _DUE):
        yield from _months(number, today.year, today, 4 + number % 2)
    first += _DUE
    for number in range(first, first + _LACKING):
        yield from _months(number, today.year, today, 4, unemployed=None if number % 2 else True, main_income=None)


def _months(number: int, year: int, on: date, count: int, *, until: int = 0, **facts: Any) -> list[Month]:
    """`count` months of a person under 25 throughout `year`, the last one `until` months after that of day `on`."""
    person = people.person(_FIRST_PERSON + number, people.under_25(year), "fi")
    last = add_months(month_of(on), until)
    return [told_of(person, _HOMES[number % len(_HOMES)], add_months(last, -place), **facts) for place in range(count)]


def _search(on: date) -> list[Referral]:
    """Find what is due, send and route it; the referrals."""
    run = detect_alerts(on, by=DIRECTOR).run
    while release_alerts(on):
        pass
    while route_batch():
        pass
    with acting(DIRECTOR):
        return list(Referral.objects.filter(alert__run=run).order_by("id"))


def _work(sent: Sequence[Referral]) -> None:
    """The authorities have done their part."""
    with acting(DIRECTOR):
        workers = {
            user.authority_id: user.actor
            for user in User.objects.filter(role=Role.WORKER, cleared=True, authority__in=[PIRKANMAA, HELSINKI])
        }
        workers |= {user.authority_id: user.actor for user in User.objects.filter(role=Role.WORKER, authority=LAPLAND)}
        held = Referral.objects.filter(pk__in=[one.pk for one in sent], status=Status.DELIVERED)
        mine = [(one.pk, workers[one.receiving_authority_id or ""]) for one in held]
    for place, (pk, by) in enumerate(mine):
        start(pk, by=by, version=None)
        close(pk, by=by, version=None, outcome=("activation_plan_started", "existing_plan", "studying")[place % 3])


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), clock.HELSINKI).astimezone(UTC)
