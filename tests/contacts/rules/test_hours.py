"""Opening hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contacts.rules.hours import Span, at, covers_week, read_hours, week

MONDAY = date(2026, 2, 2)
DAY = "Mo-Fr 08:00-16:00; PH off"
PIECES = (
    "ma", "ti", "to", "pe", "Mo", "lö", "PH", "off", "klo ", "9", "15.30", "24", "0:00", "-", "–", ",", ", ", "; ",
    " ", "Dec", "[1]", "+", '"',
)  # fmt: skip


@pytest.mark.parametrize(
    ("told", "covered"),
    [
        ([], False),
        ([""], False),
        ([DAY], False),
        (["24/7"], True),
        (["", "24/7"], True),
        ([DAY, "Mo-Su 16:00-08:00, Sa-Su 08:00-16:00"], True),
        (["Mo-Su 16:00-08:00, Sa-Su 08:00-16:00", DAY], True),
        ([DAY, "Mo-Su 16:00-08:00, Sa 08:00-16:00"], False),  # Sunday's day is left
        ([DAY, "Mo-Su 16:00-24:00, Sa-Su 08:00-16:00"], False),  # the small hours are left
        (["Mo-Su 00:00-24:00"], True),
    ],
)
def test_day_and_night_are_covered_by_several_together(told, covered):
    assert covers_week(told, MONDAY) is covered


class TestReading:
    @pytest.mark.parametrize(
        ("written", "kept"),
        [
            ("", ""),
            ("  ", ""),
            ("24/7", "24/7"),
            ("ma–pe klo 9–15.30", "Mo-Fr 09:00-15:30; PH closed"),
            ("ma-pe 9-15, la 10-14", "Mo-Fr 09:00-15:00, Sa 10:00-14:00; PH closed"),
            ("ma, ke, pe 9–11.30", "Mo,We,Fr 09:00-11:30; PH closed"),
            ("ti, to 12-14", "Tu,Th 12:00-14:00; PH closed"),
            ("må–on kl. 9–12", "Mo-We 09:00-12:00; PH closed"),
            ("lö-sö kl 10-14", "Sa-Su 10:00-14:00; PH closed"),
            ("9-15", "09:00-15:00; PH closed"),
            ("ma-pe 8.00-12.00, 12.30-16.00", "Mo-Fr 08:00-12:00,12:30-16:00; PH closed"),
            ("Mo-Su,PH 08:00-20:00", "Mo-Su,PH 08:00-20:00"),
            ('24/7 "vain puhelimitse", PH', '24/7 "vain puhelimitse", PH'),
            ('24/7 "vain puhelimitse"', '24/7 "vain puhelimitse"; PH closed'),
        ],
    )
    def test_the_ways_people_write_are_understood(self, written, kept):
        assert read_hours(written) == kept

    @pytest.mark.parametrize(
        "written",
        ["joskus", "arkisin 9-15", "maanantai 9-15", "ma-pe", "ma 26-30", "9", "ma 9-15 ja ti 9-12", "suljettu"],
    )
    def test_what_is_not_understood_is_refused_and_not_guessed(self, written):
        with pytest.raises(ValueError, match=r"^$"):
            read_hours(written)

    @given(written=st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
    @example(written='"9"')
    def test_it_is_understood_or_refused_and_what_is_kept_reads_as_itself(self, written):
        try:
            kept = read_hours(written)
        except ValueError:
            return
        assert read_hours(kept) == kept
        assert all(span.day - MONDAY < timedelta(days=7) for span in week(kept, MONDAY))


class TestNow:
    @pytest.mark.parametrize(
        ("moment", "is_open", "until"),
        [
            ("2026-02-02T07:59", False, "2026-02-02T08:00"),
            ("2026-02-02T08:00", True, "2026-02-02T16:00"),
            ("2026-02-02T16:00", False, "2026-02-03T08:00"),
            ("2026-02-06T16:00", False, "2026-02-09T08:00"),  # over the weekend
            ("2026-12-24T16:00", False, "2026-12-28T08:00"),  # over Christmas: the 25th is a Friday
        ],
    )
    def test_it_says_whether_it_is_open_and_when_that_changes(self, moment, is_open, until):
        now = at(DAY, datetime.fromisoformat(moment))
        assert now is not None
        assert (now.is_open, now.until) == (is_open, datetime.fromisoformat(until))

    def test_nothing_is_said_where_nothing_is_told_and_always_has_no_end(self):
        assert at("", datetime.fromisoformat("2026-02-02")) is None
        always = at("24/7", datetime.fromisoformat("2026-02-02"))
        assert always is not None
        assert (always.is_open, always.until) == (True, None)

    def test_hours_that_are_over_or_far_are_told_at_once(self):
        moment = datetime.fromisoformat("2026-02-02T12:00")
        for hours in ("2020 Mo 09:00-15:00; PH closed", "2026-9999easter Mo; PH closed", "2029 Mo 09:00-15:00"):
            began = perf_counter()
            now = at(hours, moment)
            assert now is not None
            assert (now.is_open, now.until) == (False, None)
            assert perf_counter() - began < 0.5


class TestWeek:
    def test_a_night_is_told_on_both_of_its_days(self):
        sunday = MONDAY + timedelta(days=6)
        assert week("Su 22:00-02:00", MONDAY) == [
            Span(MONDAY, time(), time(2)),  # from the Sunday before
            Span(sunday, time(22), time()),
        ]

    def test_always_is_seven_whole_days(self):
        assert week("24/7", MONDAY) == [Span(MONDAY + timedelta(days=n), time(), time()) for n in range(7)]

    def test_on_a_public_holiday_nothing_is_open(self):
        days = [span.day for span in week(DAY, date(2026, 1, 5))]
        assert days == [date(2026, 1, day) for day in (5, 7, 8, 9)]  # Epiphany is a Tuesday

    def test_what_is_not_told_is_no_week(self):
        assert week("", MONDAY) == []
