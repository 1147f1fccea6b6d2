"""The statistics: pages beside a growing archive, what keeping the counts costs who sends, and building them anew."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from functools import partial
from itertools import islice
from statistics import median

from django.urls import reverse

from accounts.models import User
from kela_kunta.base import clock
from kela_kunta.base.actor import acting
from referrals.actions.routing import route_batch
from referrals.actions.sending import send_referral, send_referrals
from referrals.types.base import Draft
from stats.actions import counting
from stats.actions.counting import build_counts, build_year
from stats.models import CountedYear
from tools.bench.inbox import BIG, SMALL, WORKER, copy_past, logged_in, past_triggers, ten_thousand
from tools.bench.pending import HANDLER, drafts
from tools.bench.results import Result, seconds
from tools.bench.stage import BASE, Stage, say

BLOCKS, WARMING, CALLS = 18, 2, 4
ANALYST = "analyst"
YEARS, WEEKS = 10, 52  # the archive lies in so many years before, each so many weeks long
ROUNDS, SINGLE, BATCH = 9, 100, 1_000
REBUILDS = 7
KEPT_BY = {
    "referrals_referral": ("counts_added", "counts_moved", "work_added", "work_moved"),
    "referrals_socialworkneed": ("need_added",),
}
# A hundred of them in the years before, so that the pages of both archives have as many years to tell of.
_PUT_BACK = """
UPDATE referrals_referral AS referral SET
    sent_at = sent_at - back, delivered_at = delivered_at - back, updated_at = updated_at - back,
    first_delivered_at = first_delivered_at - back, closed_at = closed_at - back
FROM (
    SELECT id, make_interval(days => %s, weeks => CASE WHEN status = 'returned' THEN
        {weeks} * (1 + mod(row_number() OVER (PARTITION BY status ORDER BY id), {years}))::integer ELSE 0 END) AS back
    FROM referrals_referral
) place
WHERE referral.id = place.id
"""
_GROUPED = """
SELECT year, month, type, area, receiver, urgent, outcome, count(*) FROM stats_counted
WHERE sent_at >= %s AND sent_at < %s GROUP BY year, month, type, area, receiver, urgent, outcome
"""


def measure(stage: Stage) -> list[Result]:
    logging.getLogger(counting.__name__).disabled = True  # that what was never counted differs is no alarm here
    small = stage.template("counted", ten_thousand(stage), lambda: _put_back(stage))
    say(f"statistics: filling the archive up to {BIG} referrals ...")
    big = stage.template("counted_archive", small, lambda: _fill_years(stage))
    return [*_pages(stage, small, big), *_keeping(stage), _building(stage, big)]


def _year() -> int:
    return clock.today().year - 1


def _put_back(stage: Stage) -> None:
    """The referrals of the last weeks are those of the summer of last year, a few of the years before, and counted."""
    with past_triggers(stage) as session:
        session.execute(_PUT_BACK.format(weeks=WEEKS, years=YEARS), [(clock.today() - date(_year(), 7, 1)).days])
        session.execute("DELETE FROM stats_countchange; DELETE FROM stats_workchange")
    _build_all(stage)


def _fill_years(stage: Stage) -> None:
    """As many copies of the same in each of the years before."""
    with past_triggers(stage) as session:
        copy_past(session, BIG - SMALL, status="closed", weeks=f"{WEEKS} * (1 + mod(times, {YEARS}))")
    _build_all(stage)


def _build_all(stage: Stage) -> None:
    with stage.superuser() as session:
        session.execute("VACUUM ANALYZE")
        for before in range(YEARS + 2):
            build_year(_year() - before)
        session.execute("VACUUM ANALYZE")


def _pages(stage: Stage, small: str, big: str) -> list[Result]:
    """Whole pages as a person meets them, each on both archives in turn."""
    times: dict[str, dict[str, list[float]]] = {small: defaultdict(list), big: defaultdict(list)}
    calls: dict[str, dict[str, Callable[[], None]]] = {}
    for database in times:
        stage.use(database)
        calls[database] = _calls()
    for _ in range(BLOCKS):
        for name in calls[small]:
            for database, taken in times.items():
                stage.use(database)
                taken[name] += [seconds(calls[database][name]) for _ in range(WARMING + CALLS)][WARMING:]
    stage.use(BASE)
    return [
        Result(
            f"{name}, at {BIG}", 1000 * median(slow), "ms", 1000 * median(times[small][name]), f"at {SMALL}", goal=1.1
        )
        for name, slow in times[big].items()
    ]


def _calls() -> dict[str, Callable[[], None]]:
    analyst, worker = (logged_in(User.objects.get(username=name)) for name in (ANALYST, WORKER))

    def page(browser, name: str, *args: object, **query: object) -> None:
        answer = browser.get(reverse(f"stats:{name}", args=[_year(), *args]), query)
        if answer.status_code != 200:
            raise RuntimeError(f"The page {name} answered {answer.status_code}.")

    return {
        "The year's page": partial(page, analyst, "year"),
        "The same for a worker": partial(page, worker, "year"),
        "Types by region": partial(page, worker, "by_area", "region"),
        "One region": partial(page, worker, "one_area", "region", "06"),
        "Times and returns": partial(page, worker, "work"),
        "An authority's own": partial(page, worker, "own"),
    }


def _keeping(stage: Stage) -> list[Result]:
    """Sending and routing with the triggers that keep the counts, and without them, in turn."""
    every = list(drafts())
    alone, together = (defaultdict[str, list[float]](list) for _ in range(2))
    with ExitStack() as copies:
        for name in ("kept", "not_kept"):
            copies.enter_context(stage.copy(BASE, name))
        stage.use("not_kept")
        with stage.superuser() as session:
            for table, triggers in KEPT_BY.items():
                for trigger in triggers:
                    session.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        for place in range(ROUNDS):
            single = list(islice(every, place * SINGLE, (place + 1) * SINGLE))
            many = list(islice(every, ROUNDS * SINGLE + place * BATCH, ROUNDS * SINGLE + (place + 1) * BATCH))
            for name in ("kept", "not_kept") if place % 2 else ("not_kept", "kept"):
                stage.use(name)
                alone[name].append(seconds(partial(_send_each, single, f"one-{place}")))
                together[name].append(seconds(partial(_send_batch, many, f"many-{place}")))
        stage.use(BASE)
    return [
        Result(
            f"{what} sent and routed, counts kept",
            median(taken["kept"]),
            "s",
            median(taken["not_kept"]),
            "without the triggers that keep them",
            goal=1.1,
        )
        for what, taken in ((f"{SINGLE} one by one", alone), (f"A batch of {BATCH}", together))
    ]


def _send_each(some: Sequence[Draft], name: str) -> None:
    for place, draft in enumerate(some):
        with acting(HANDLER):
            send_referral(draft, by=HANDLER, key=f"{name}-{place}")
        route_batch()


def _send_batch(some: Sequence[Draft], name: str) -> None:
    with acting(HANDLER):
        send_referrals({f"{name}-{place}": draft for place, draft in enumerate(some)}, by=HANDLER)
    while route_batch():
        pass


def _building(stage: Stage, archive: str) -> Result:
    """One year of the archive, of some ninety thousand referrals, built anew where nothing has changed."""
    year = _year() - 1
    span = [datetime(one, 1, 1, tzinfo=clock.HELSINKI) for one in (year, year + 1)]
    built, grouped = [], []
    stage.use(archive)
    with stage.superuser() as session:
        for _ in range(REBUILDS):
            built.append(seconds(partial(build_counts, year)))
            grouped.append(seconds(lambda: session.execute(_GROUPED, span).fetchall()))
    referrals = CountedYear.objects.get(year=year).referrals
    stage.use(BASE)
    return Result(
        f"The counts of {referrals} referrals built",
        median(built),
        "s",
        median(grouped),
        "the bare GROUP BY of them",
        goal=1.2,
    )
