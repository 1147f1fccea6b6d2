"""Pages begin after a row: whoever reads on misses nothing and sees nothing twice."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AccessLog
from kela_kunta.base.paging import BadCursor, Page, keyset_page
from stats.models import CountedYear

pytestmark = pytest.mark.django_db
ASCENDING, DESCENDING = ("referrals", "year"), ("-referrals", "-year")
ORDERS = st.sampled_from([ASCENDING, DESCENDING, ("year",), ("-referrals", "-built_at", "-year")])
SIZES = st.integers(min_value=1, max_value=8)


@st.composite
def years(draw) -> list[CountedYear]:
    """Rows with many equal values in all columns but the last of an order."""
    few = st.integers(min_value=0, max_value=3)
    codes = draw(st.sets(st.integers(min_value=0, max_value=400), max_size=20))
    return [year(code, draw(few), draw(few)) for code in codes]


def year(code: int, referrals: int, minute: int = 0) -> CountedYear:
    built_at = datetime(2026, 1, 1, 0, minute, tzinfo=UTC)
    return CountedYear(year=code, referrals=referrals, built_at=built_at, seconds=0)


def fill(rows: list[CountedYear]) -> None:
    CountedYear.objects.all().delete()
    CountedYear.objects.bulk_create(rows)


def page(order: tuple[str, ...], size: int, cursor: str | None = None) -> Page[CountedYear]:
    return keyset_page(CountedYear.objects.all(), order=order, cursor=cursor, size=size)


def whole(order: tuple[str, ...]) -> list[int]:
    return [row.year for row in CountedYear.objects.order_by(*order)]


def walk(order: tuple[str, ...], size: int, *, backwards_from: str | None = None) -> list[list[int]]:
    """The pages to one end, in the order in which they come."""
    found, cursor, forwards = [], backwards_from, backwards_from is None
    while True:
        here = page(order, size, cursor)
        found.append([row.year for row in here])
        cursor = here.next if forwards else here.previous
        if cursor is None:
            return found


@given(years(), ORDERS, SIZES)
def test_reading_on_gives_every_row_once_in_order(rows, order, size):
    fill(rows)
    pages = walk(order, size)
    assert list(chain(*pages)) == whole(order)
    assert all(len(part) == size for part in pages[:-1])


@given(years(), ORDERS, SIZES)
def test_reading_back_from_the_end_gives_every_row_once(rows, order, size):
    fill(rows)
    here = page(order, size)
    while here.next:
        here = page(order, size, here.next)
    back = walk(order, size, backwards_from=here.previous) if here.previous else []
    assert [*chain(*reversed(back)), *(row.year for row in here)] == whole(order)


@given(years(), ORDERS, SIZES)
def test_the_page_after_and_back_again_is_the_same_page(rows, order, size):
    fill(rows)
    first = page(order, size)
    if first.next:
        again = page(order, size, page(order, size, first.next).previous)
        assert again.rows == first.rows
        assert again.previous is None


@given(years(), years(), SIZES)
def test_what_comes_and_goes_meanwhile_hides_nothing_that_stays(rows, others, size):
    fill(rows)
    staying = {row.year for row in rows} - {row.year for row in others}
    first = page(ASCENDING, size)
    CountedYear.objects.filter(year__in=[row.year for row in others]).delete()
    CountedYear.objects.bulk_create(others)
    read = [row.year for row in first]
    while first.next:
        first = page(ASCENDING, size, first.next)
        read += [row.year for row in first]
    assert staying <= set(read)
    assert len([code for code in read if code in staying]) == len(staying)


def test_an_empty_list_has_one_page_without_neighbours():
    here = page(ASCENDING, 5)
    assert (len(here), list(here), here.previous, here.next) == (0, [], None, None)


def test_a_page_is_one_statement(django_assert_num_queries):
    fill([year(code, 1) for code in range(9)])
    after = page(ASCENDING, 3).next
    with django_assert_num_queries(1):
        page(ASCENDING, 3, after)


def forged(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    ["x", "%%%", "å", "\x00", "W10", forged(), forged(">"), forged(">", "1"), forged(">", "1", "2", "3"), forged("!", "1", "2"),
     forged(">", 1, 2), forged(">", None, "1"), forged(">", "one", "2"), forged(">", "1.5", "2"), forged(">", "\ud800", "1"),
     base64.urlsafe_b64encode(b"[" * 100_000).decode()],
)  # fmt: skip
def test_a_cursor_of_somebody_elses_making_is_refused(cursor):
    with pytest.raises(BadCursor):
        page(ASCENDING, 3, cursor)


@pytest.mark.parametrize("value", ["9" * 30, "-5", "0"])
def test_a_number_out_of_range_is_a_place_like_any_other(value):
    fill([year(1, 1)])
    for direction in "<>":
        assert len(page(ASCENDING, 3, forged(direction, value, value))) <= 1


@given(st.text() | st.tuples(st.sampled_from("<>"), st.text(), st.text()).map(lambda parts: forged(*parts)))
def test_any_text_is_a_cursor_or_is_refused(cursor):
    """By the columns of the worklists and the access log: a time and an identifier."""
    with suppress(BadCursor):
        keyset_page(AccessLog.objects.all(), order=("-at", "-id"), cursor=cursor or None)


@pytest.mark.parametrize(
    "at",
    ["2026-01-01", "2026-01-01T00:00", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00+14:00", "2026-13-01", "٢٠٢٦"],
)
@pytest.mark.parametrize("direction", "<>")
def test_any_time_is_a_place_or_is_refused(direction, at):
    with suppress(BadCursor):
        keyset_page(AccessLog.objects.all(), order=("-at", "-id"), cursor=forged(direction, at, str(UUID(int=1))))
