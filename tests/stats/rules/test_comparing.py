from __future__ import annotations

from stats.rules.comparing import Change, change, per_thousand, share, whole


def test_a_change_has_a_percentage_only_where_there_was_something_before():
    assert change(200, 150) == Change(-50, -25.0)
    assert change(0, 7) == Change(7, None)
    assert change(None, 7) is change(7, None) is None


def test_what_is_not_told_has_no_share_and_no_rate():
    assert share(20, 80) == 25.0
    assert share(None, 80) is share(1, None) is share(0, 0) is None
    assert per_thousand(19, 1000) == 19.0
    assert per_thousand(None, 1000) is per_thousand(19, None) is per_thousand(19, 0) is None


def test_a_whole_is_told_only_where_every_part_is():
    assert whole([1, 2, 0]) == 3
    assert whole([1, None]) is None
    assert whole([]) == 0
