from __future__ import annotations

from dataclasses import replace

from stats.exports.dataset import Dimension
from stats.pages.grids import WIDEST, laid_out
from tests.stats.exports.sample import SAMPLE


def test_the_last_of_several_dimensions_goes_across():
    grid = laid_out(SAMPLE)
    assert grid.columns == ["Uusimaa", "Åland – Ahvenanmaa", "Salattu"]
    assert [(row.labels, row.counts) for row in grid.rows] == [
        (["2016", "=Alle 25"], [7, 0, 0]),
        (["2016", "Maahanmuuttaja"], [0, None, 0]),
        (["2017", "=Alle 25"], [1234, 0, None]),
        (["2017", "Maahanmuuttaja"], [5, 0, 0]),
    ]


def test_a_row_with_something_hidden_has_no_sum_and_no_bar():
    assert [(row.total, row.width) for row in laid_out(SAMPLE).rows] == [(7, 100), (None, None), (None, None), (5, 71)]


def test_one_dimension_and_one_too_wide_go_down():
    many = [(str(number), str(number)) for number in range(WIDEST + 1)]
    wide = replace(
        SAMPLE,
        dimensions=[SAMPLE.dimensions[0], Dimension("month", "Kuukausi", many)],
        cells={("2016", code): 9 for code, _label in many},
    )
    grid = laid_out(wide)
    assert grid.across is None
    assert len(grid.rows) == WIDEST + 1
    alone = replace(SAMPLE, dimensions=[SAMPLE.dimensions[0]], cells={("2016",): 3, ("2017",): None})
    assert [row.counts for row in laid_out(alone).rows] == [[3], [None]]
