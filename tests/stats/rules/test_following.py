from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.rules.disclosure import is_small
from stats.rules.following import Followed, together, told, told_beside

FEW = st.integers(0, 12)


@pytest.mark.parametrize(
    ("sent", "still", "ended", "shown"),
    [
        (40, 20, 10, Followed(40, 20, 10)),
        (40, 37, 3, Followed(40, None, None)),
        (40, 20, 18, Followed(40, 20, None)),  # the two of whom nobody knows could be told from both
        (40, 0, 40, Followed(40, 0, 40)),
        (0, 0, 0, Followed(0, 0, 0)),
    ],
)
def test_a_small_count_takes_with_it_what_it_could_be_computed_from(sent, still, ended, shown):
    assert told(Followed(sent, still, ended)) == shown


@given(FEW, FEW, FEW)
def test_what_is_told_leaves_no_small_remainder(still, ended, untold):
    shown = told(Followed(still + ended + untold, still, ended))
    parts = [part for part in (shown.still, shown.ended) if part is not None]
    assert not any(is_small(part) for part in parts)
    if len(parts) == 2:
        assert not is_small(untold)
    assert len(parts) != 1 or not is_small(shown.sent - parts[0])


def test_the_share_is_of_those_of_whom_it_is_known():
    assert Followed(100, 30, 10).share == 75
    assert Followed(100, 0, 0).share is None
    assert Followed(100, None, 10).share is None


def test_the_sum_is_told_only_where_every_part_is():
    assert together([Followed(10, 5, 5), Followed(20, 8, 6)]) == Followed(30, 13, 11)
    assert together([Followed(10, 5, 5), Followed(20, None, 6)]) == Followed(30, None, 11)


@pytest.mark.parametrize(
    ("mine", "shown"),
    [
        (Followed(50, 30, 15), Followed(50, 30, 15)),
        (Followed(50, 48, 0), Followed(50, None, None)),  # two of the others'
        (Followed(100, 50, 50), Followed(100, 50, 50)),  # there are no others
        (Followed(10, 7, 3), Followed(10, None, None)),
    ],
)
def test_an_authoritys_own_is_not_told_where_it_tells_a_small_count_of_the_others(mine, shown):
    assert told_beside(mine, Followed(100, 50, 50)) == shown
