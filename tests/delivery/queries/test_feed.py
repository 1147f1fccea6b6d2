"""What the feed's query costs, and what it shows to whom."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delivery.events import Happening, record
from delivery.models import Event
from delivery.queries.feed import Change, changes
from delivery.rules.cursors import BadCursor, Place
from kela_kunta.base.actor import Actor, acting
from tests.cast import LAPLAND, PIRKANMAA

pytestmark = pytest.mark.django_db
WRITER = Actor.system("writer")
SYSTEM = Actor("authority_system", "client:county-pirkanmaa", "County", PIRKANMAA)
CLEARED = Actor("authority_system", "client:county-pirkanmaa", "County", PIRKANMAA, cleared=True)
BEGINNING = Place.beginning(PIRKANMAA)


def happen(count: int = 1, *, authority: str = PIRKANMAA, protected: bool = False) -> None:
    with acting(WRITER):
        for _ in range(count):
            record(
                Happening(
                    "test", uuid4(), 1, "delivered", "delivered", WRITER, protected=protected, authority=authority
                )
            )


def read(after: Place = BEGINNING, *, by: Actor = SYSTEM, limit: int = 100) -> list[Change]:
    with acting(by):
        return changes(by, after=after, limit=limit)


def place(change: Change) -> Place:
    return Place(PIRKANMAA, change.number, change.tag)


def numbers(found: list[Change]) -> list[int]:
    return [change.number for change in found]


def test_every_page_goes_on_where_the_last_one_ended():
    happen(5)
    happen(3, authority=LAPLAND)
    first = read(limit=2)
    second = read(place(first[-1]), limit=2)
    third = read(place(second[-1]), limit=2)
    assert [numbers(page) for page in (first, second, third)] == [[1, 2], [3, 4], [5]]
    assert read(place(third[-1])) == []
    happen()
    assert numbers(read(place(third[-1]))) == [6]


def test_what_is_protected_shows_to_the_cleared_alone():
    happen()
    happen(protected=True)
    happen()
    assert numbers(read()) == [1, 3]
    assert numbers(read(by=CLEARED)) == [1, 2, 3]


def test_a_cursor_stays_good_for_who_is_not_cleared_any_more():
    happen()
    happen(protected=True)
    happen()
    behind = place(read(by=CLEARED)[1])
    assert numbers(read(behind)) == [3]
    with pytest.raises(BadCursor):
        read(Place(PIRKANMAA, 2, "00000000"))


def test_a_place_of_another_authority_or_one_never_reached_is_refused():
    happen(2)
    for wrong in (
        Place.beginning(LAPLAND),
        Place(LAPLAND, 1, read()[0].tag),
        Place(PIRKANMAA, 1, read()[1].tag),
        Place(PIRKANMAA, 3, "00000000"),
        Place(PIRKANMAA, 2**63 - 1, "00000000"),
    ):
        with pytest.raises(BadCursor):
            read(wrong)


def test_any_page_is_one_statement_and_one_more_to_say_who_reads(calls_as, county_pirkanmaa):
    caller = calls_as(county_pirkanmaa)

    def statements(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert caller.get(path).status_code == 200
        return len(queries)

    happen(3)
    few = statements("inbox/changes/?limit=1")
    happen(200)
    assert statements("inbox/changes/?limit=200") == few
    after = caller.get("inbox/changes/?limit=100").json()["next"]
    assert statements(f"inbox/changes/?after={after}") == few
    last = caller.get(f"inbox/changes/?after={after}").json()["next"]
    assert statements(f"inbox/changes/?after={last}") == few


@pytest.mark.parametrize("by", [SYSTEM, CLEARED])
def test_a_page_is_read_from_the_index_of_its_feed_in_order(by):
    """Whatever else the log holds, and in whatever place of it the reader stands."""
    for authority in (PIRKANMAA, LAPLAND):
        happen(600, authority=authority)
    with acting(by), connection.cursor() as cursor:
        rows = Event.objects.filter(authority=PIRKANMAA, number__gte=500).order_by("number")[:50]
        sql, values = rows.query.sql_with_params()
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS off, TIMING off, SUMMARY off) {sql}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Scan using feed_order" in plan
    assert "Index Cond" in plan.split("Filter")[0]
    assert "Sort" not in plan
    assert "never executed" in plan  # the referral is not looked at
