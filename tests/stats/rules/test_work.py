from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.rules.disclosure import is_small
from stats.rules.work import (
    FEWEST,
    Times,
    handling,
    handling_told,
    parts_told,
    quantile,
    several_told,
    sum_told,
    without_remainders,
)
from tests.stats.rules.test_disclosure import interval

COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), max_size=6)


@given(st.lists(st.integers(0, 40), min_size=1), st.sampled_from([50, 90]))
def test_within_the_quantile_so_many_were_done_and_a_day_before_not_yet(days, hundredths):
    histogram = {str(day): days.count(day) for day in days}
    found = quantile(histogram, hundredths)
    assert 100 * sum(day <= found for day in days) >= hundredths * len(days)
    assert 100 * sum(day < found for day in days) < hundredths * len(days)


def test_days_are_ordered_as_numbers():
    assert quantile({"10": 1, "9": 1, "2": 1}, 50) == 9
    assert quantile({}, 50) is None


def test_shares_are_of_what_was_begun_and_of_what_was_delivered():
    found = handling(
        {"delivered": {"": 200}, "begun": {"in_time": 90, "late": 10}, "returned": {"moved": 5, "other": 5}}
    )
    assert (found.in_time, found.returned) == (90, 5)
    assert found.noted == Times(None, None)
    assert handling({}).in_time is handling({}).returned is None


def test_no_time_of_few_leaves_kela():
    few, enough = {"3": FEWEST - 1}, {"3": FEWEST}
    assert handling_told({"noted": few, "closed": enough}, 100).noted == Times(None, None)
    assert handling_told({"noted": few, "closed": enough}, 100).closed == Times(3, 3)


@pytest.mark.parametrize(
    ("measured", "sent"),
    [
        ({"delivered": {"": 100}, "returned": {"moved": 3}}, 100),  # three would be known
        ({"delivered": {"": 100}, "returned": {"moved": 97}}, 100),  # three were not returned
        ({"delivered": {"": 97}, "returned": {"moved": 20}}, 100),  # three were not delivered
    ],
)
def test_no_share_tells_a_small_count(measured, sent):
    assert handling(measured).returned is not None
    assert handling_told(measured, sent).returned is None


def test_a_share_is_told_though_its_small_parts_are_not():
    returned = {"moved": 3, "other": 20, "duplicate": 50}
    assert parts_told(returned, 1000) == {"moved": None, "other": None, "duplicate": 50}
    assert sum_told(returned, 1000) == 73
    assert handling_told({"delivered": {"": 1000}, "returned": returned}, 1000).returned == pytest.approx(7.3)


@given(COUNTS, st.integers(0, 60))
def test_what_is_told_of_parts_is_right_and_never_small(counts, rest):
    sent = sum(counts.values()) + rest
    for value, count in parts_told(counts, sent).items():
        assert count is None or (count == counts[value] and not 0 < count < 5)


@given(COUNTS, st.integers(0, 60))
def test_what_is_not_told_is_more_than_one_part_of_a_sum_that_is_not_small(counts, rest):
    parts = {**counts, "": rest}
    told = parts_told(counts, sum(parts.values()))
    hidden = [value for value in counts if told[value] is None]
    if hidden and sum_told(counts, sum(parts.values())) is None:
        hidden.append("")
    if any(parts[value] for value in hidden) and sum(1 for count in parts.values() if count) > 1:
        assert len(hidden) > 1
        assert sum(parts[value] for value in hidden) > 4 or sum(parts.values()) <= 4


def test_of_several_reasons_those_of_few_and_of_all_but_few_are_not_told():
    assert several_told({"housing": 4, "health": 50, "other": 97}, 100) == {
        "housing": None,
        "health": 50,
        "other": None,
    }


TYPES = st.lists(
    st.tuples(st.one_of(st.integers(0, 6), st.integers(0, 60)), st.integers(0, 60)), min_size=1, max_size=5
)


@settings(max_examples=100)
@given(TYPES)
def test_no_small_number_of_returns_can_be_computed_from_the_shares_of_types_and_of_all(types):
    """The attacker knows how many of each type were sent, that all were delivered, and every share to the last digit."""
    measured = [{"delivered": {"": back + rest}, "returned": {"moved": back} if back else {}} for back, rest in types]
    rows = [handling_told(one, back + rest) for one, (back, rest) in zip(measured, types, strict=True)]
    returned, sent = sum(back for back, _rest in types), sum(map(sum, types))
    whole = {"delivered": {"": sent}, "returned": {"moved": returned} if returned else {}}
    together = without_remainders(handling_told(whole, sent), rows)
    size = 2 * len(types)
    known = [({2 * place, 2 * place + 1}, sum(type)) for place, type in enumerate(types)]
    known += [({2 * place}, types[place][0]) for place, row in enumerate(rows) if row.returned is not None]
    if together.returned is not None:
        known.append((set(range(0, size, 2)), returned))
    for place, (back, rest) in enumerate(types):
        if is_small(back) or (is_small(rest) and back):
            least, most = interval(2 * place, size, known)
            assert most - least >= 1
