"""What a newer version of dated facts does to what is recorded."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.rules.history import BEGINNING, END, Span, contradicted, joined, merged

DAY_ONE = date(2026, 1, 1)
TODAY = date(2026, 11, 25)


def span(first: str, last: str, value: str, note: str = "") -> Span:
    return Span(
        date.fromisoformat(first) if first else BEGINNING, date.fromisoformat(last) if last else END, value, note
    )


def day(number: int) -> date:
    return DAY_ONE + timedelta(days=number)


def value_on(spans: list[Span], on: date) -> str | None:
    return next((found.value for found in spans if found.first <= on <= found.last), None)


@st.composite
def timelines(draw: st.DrawFn) -> list[Span]:
    """Spans without overlaps within thirty days, the last one perhaps open."""
    cuts = sorted(draw(st.sets(st.integers(0, 30), max_size=8)))
    spans = [
        Span(day(first), day(following - 1), draw(st.sampled_from("AB")), draw(st.sampled_from("xy")))
        for first, following in itertools.pairwise(cuts)
        if draw(st.booleans())
    ]
    if cuts and draw(st.booleans()):
        spans.append(Span(day(cuts[-1]), END, draw(st.sampled_from("AB"))))
    return spans


class TestExamples:
    def test_nothing_recorded_takes_all_that_the_files_say(self):
        files = [span("2017-01-01", "2022-12-31", "joint"), span("2023-01-01", "", "county")]
        assert merged([], files, today=TODAY) == files

    def test_a_change_to_come_closes_the_old_span_the_day_before(self):
        recorded = [span("2023-01-01", "", "county")]
        files = [span("2023-01-01", "2026-12-31", "county"), span("2027-01-01", "", "municipality")]
        assert merged(recorded, files, today=TODAY) == files

    def test_a_change_loaded_late_counts_from_its_own_day(self):
        recorded = [span("2023-01-01", "", "county")]
        files = [span("2023-01-01", "2026-09-30", "county"), span("2026-10-01", "", "municipality")]
        assert merged(recorded, files, today=TODAY) == files
        assert contradicted(files, files, today=TODAY) == []

    def test_another_value_in_the_same_line_counts_from_today_and_is_told(self):
        files = [span("2023-01-01", "", "other")]
        found = merged([span("2023-01-01", "", "county")], files, today=TODAY)
        assert found == [span("2023-01-01", "2026-11-24", "county"), span("2026-11-25", "", "other")]
        assert contradicted(found, files, today=TODAY) == [span("2023-01-01", "2026-11-24", "other")]

    def test_what_the_files_no_longer_name_ends_yesterday(self):
        assert merged([span("2023-01-01", "", "county")], [], today=TODAY) == [
            span("2023-01-01", "2026-11-24", "county")
        ]

    def test_files_that_begin_today_keep_all_history(self):
        recorded = [span("2017-01-01", "2022-12-31", "joint"), span("2023-01-01", "", "county")]
        assert merged(recorded, [span("2026-11-25", "", "county")], today=TODAY) == recorded

    def test_a_planned_change_may_be_taken_back(self):
        planned = [span("2023-01-01", "2026-12-31", "county"), span("2027-01-01", "", "other")]
        assert merged(planned, [span("2023-01-01", "", "county")], today=TODAY) == [span("2023-01-01", "", "county")]

    def test_a_note_is_replaced_also_for_the_past(self):
        found = merged(
            [span("2017-01-01", "2022-12-31", "joint", "medium")],
            [span("2017-01-01", "2022-12-31", "joint", "high")],
            today=TODAY,
        )
        assert found == [span("2017-01-01", "2022-12-31", "joint", "high")]

    @pytest.mark.parametrize("second", ["2019-01-02", "2018-12-31"])
    def test_only_neighbouring_days_are_joined(self, second):
        spans = [span("2017-01-01", "2018-12-30", "A"), span(second, "", "A")]
        assert len(joined(spans)) == (1 if second == "2018-12-31" else 2)


@given(timelines(), timelines(), st.integers(0, 35), st.integers(0, 10))
def test_loading_the_same_again_changes_nothing(recorded, files, today, later):
    once = merged(recorded, files, today=day(today))
    assert merged(once, files, today=day(today + later)) == once


@given(timelines(), timelines(), st.integers(0, 35))
def test_spans_never_overlap(recorded, files, today):
    found = merged(recorded, files, today=day(today))
    assert all(one.last < following.first for one, following in itertools.pairwise(found))


@given(timelines(), timelines(), st.integers(0, 35))
def test_from_today_on_the_files_alone_count(recorded, files, today):
    found = merged(recorded, files, today=day(today))
    for number in range(today, 40):
        assert value_on(found, day(number)) == value_on(files, day(number))


@given(timelines(), timelines(), st.integers(0, 35))
def test_a_past_day_keeps_its_value_or_the_files_ended_it_or_it_had_none(recorded, files, today):
    found = merged(recorded, files, today=day(today))
    for number in range(today):
        was, says, now = (value_on(spans, day(number)) for spans in (recorded, files, found))
        if was is None:
            assert now == says
        elif now != was:
            begun = next(one.first for one in recorded if one.first <= day(number) <= one.last)
            assert value_on(files, begun) == was
            assert now == says


@given(timelines(), timelines(), st.integers(0, 35))
def test_every_contradiction_is_told(recorded, files, today):
    found = merged(recorded, files, today=day(today))
    told = contradicted(found, files, today=day(today))
    for number in range(40):
        says, now = value_on(files, day(number)), value_on(found, day(number))
        assert (value_on(told, day(number)) == says) == (says is None or says != now)
