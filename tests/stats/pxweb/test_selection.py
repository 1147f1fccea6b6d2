from __future__ import annotations

import pytest

from stats.pxweb.problems import NoExpression, NoValue
from stats.pxweb.selection import chosen, listed

CODES = ["01", "02", "12", "121", "unknown"]
YEARS = ["2015", "2016", "2017", "2018"]


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (["02", "01"], ["01", "02"]),
        (["*"], CODES),
        (["0*"], ["01", "02"]),
        (["*2"], ["02", "12"]),
        (["*2*"], ["02", "12", "121"]),
        (["??"], ["01", "02", "12"]),
        (["1?"], ["12"]),
        (["top(2)"], ["01", "02"]),
        (["TOP(2, 1)"], ["02", "12"]),
        (["bottom(1)"], ["unknown"]),
        (["bottom(2,1)"], ["12", "121"]),
        (["range(02,121)"], ["02", "12", "121"]),
        (["from(121)"], ["121", "unknown"]),
        (["to(02)", "unknown"], ["01", "02", "unknown"]),
    ],
)
def test_codes_and_expressions_mean_values_in_the_tables_own_order(wanted, codes):
    assert chosen(wanted, CODES) == codes


@pytest.mark.parametrize(
    ("wanted", "years"), [("top(1)", ["2018"]), ("top(2,1)", ["2016", "2017"]), ("bottom(1)", ["2015"])]
)
def test_the_top_of_a_time_is_the_latest(wanted, years):
    assert chosen([wanted], YEARS, is_time=True) == years


@pytest.mark.parametrize("wanted", ["03", "9*", "from(99)", "range(01,99)", "", "(", "***9"])
def test_a_value_that_is_not_there_is_named(wanted):
    with pytest.raises(NoValue):
        chosen([wanted], CODES)


@pytest.mark.parametrize("wanted", ["range(01)", "from(01,02)", "top(x)", "middle(1)"])
def test_an_expression_that_is_none_is_named(wanted):
    with pytest.raises(NoExpression):
        chosen([wanted], CODES)


def test_commas_within_brackets_part_nothing():
    assert listed("3,[1,2], top(5,1),from(2017)") == ["3", "1,2", "top(5,1)", "from(2017)"]
