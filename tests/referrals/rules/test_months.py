from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.rules.months import add_months, missing, months_between, runs, span_text, spell_text


def of(*months: str) -> list[date]:
    return [date.fromisoformat(f"{month}-01") for month in months]


def test_months_carry_over_the_turn_of_the_year():
    assert add_months(date(2016, 11, 1), 3) == date(2017, 2, 1)
    assert add_months(date(2017, 2, 1), -3) == date(2016, 11, 1)
    assert months_between(date(2016, 11, 1), date(2017, 2, 1)) == 4


def test_unordered_months_make_one_run():
    assert runs(of("2017-03", "2017-02", "2017-04")) == [tuple(of("2017-02", "2017-04"))]


def test_a_gap_is_named_and_ends_the_run():
    months = of("2016-11", "2017-02")
    assert len(runs(months)) == 2
    assert missing(months) == of("2016-12", "2017-01")


@pytest.mark.parametrize(
    ("months", "text"),
    [
        (("2017-03",), "3/2017"),
        (("2017-02", "2017-03", "2017-04"), "2–4/2017"),
        (("2016-12", "2017-01"), "12/2016–1/2017"),
        (("2017-02", "2017-03", "2017-06"), "2–3/2017, 6/2017"),
    ],
)
def test_months_are_told_in_few_signs(months, text):
    assert spell_text(of(*months)) == text


def test_one_month_is_no_span():
    assert span_text(date(2017, 3, 1), date(2017, 3, 1)) == "3/2017"


@given(st.sets(st.integers(min_value=0, max_value=60), min_size=1, max_size=20))
def test_runs_and_gaps_together_are_all_months_from_first_to_last(places):
    months = [add_months(date(2017, 1, 1), place) for place in places]
    in_runs = {add_months(first, step) for first, last in runs(months) for step in range(months_between(first, last))}
    assert in_runs == set(months)
    assert len(in_runs) + len(missing(months)) == months_between(min(months), max(months))
