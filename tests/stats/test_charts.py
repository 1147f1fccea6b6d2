from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stats.charts import BOTTOM, LEFT, MOST_TICKS, RIGHT, TOP, lengths, line_chart, shades, tick_step

COUNTS = st.lists(st.one_of(st.none(), st.integers(0, 200_000)), min_size=1, max_size=13)


@given(COUNTS)
def test_bars_keep_the_order_of_counts_and_only_what_is_told_has_one(counts):
    bars = lengths(counts)
    assert [bar is None for bar in bars] == [count is None for count in counts]
    told = [(count, bar) for count, bar in zip(counts, bars, strict=True) if count is not None]
    assert all(0 <= bar <= 100 and (bar > 0) == (count > 0) for count, bar in told)
    assert sorted(told) == sorted(told, key=lambda pair: (pair[1], pair[0]))


@given(COUNTS)
def test_a_line_stays_in_its_drawing_and_breaks_where_something_is_not_told(counts):
    chart = line_chart([counts])
    if all(count is None for count in counts):
        assert chart is None
        return
    [line] = chart.lines
    assert len(line.marks) == sum(count is not None for count in counts)
    assert all(LEFT <= x <= RIGHT and TOP <= y <= BOTTOM for x, y in line.marks)
    assert sum(len(run.split()) for run in line.runs) <= len(line.marks)
    assert line_chart([[1, None, 3]]).lines[0].runs == []
    assert len(line_chart([[1, 2, None, 3, 4]]).lines[0].runs) == 2


@given(COUNTS.filter(lambda counts: any(counts)))
def test_ticks_rise_from_nothing_to_what_holds_every_count(counts):
    ticks = line_chart([counts]).ticks if counts[0] is not None or any(counts) else []
    values = [value for _y, value in ticks]
    assert values[0] == 0
    assert values[-1] >= max(count or 0 for count in counts)
    assert 2 <= len(values) <= MOST_TICKS + 1


def test_steps_are_round():
    assert [tick_step(top) for top in (0, 4, 9, 60, 1_200, 9_000)] == [1, 1, 2, 20, 250, 2_000]


def test_what_is_not_told_has_no_shade():
    assert shades([None, 0, 10, 11, 99], [10, 50, 100]) == [0, 1, 1, 2, 3]
