import json

import pytest

from tools.bench.results import Result, percentile, table

KEPT = Result("Quick", 1.2, "ms", 1.0, "the same in C", goal=1.3)
MISSED = Result("Slow", 30.0, "s", 10.0, "COPY", goal=2, why="It thinks.")


def test_a_goal_is_met_by_the_ratio_to_the_limit():
    assert KEPT.met
    assert not MISSED.met


def test_only_what_misses_its_goal_is_told_with_the_number_and_the_reason():
    told = table([KEPT, MISSED])
    assert "missed by 1.00" in told
    assert "Slow: It thinks." in told
    assert told.count("missed") == 1


def test_programs_read_ratio_and_verdict_too():
    assert json.loads(json.dumps(MISSED.as_json())) == {
        "name": "Slow",
        "value": 30.0,
        "unit": "s",
        "limit": 10.0,
        "against": "COPY",
        "goal": 2,
        "why": "It thinks.",
        "ratio": 3.0,
        "met": False,
    }


@pytest.mark.parametrize(("wanted", "value"), [(50, 100), (95, 190), (99, 198)])
def test_a_percentile_is_not_below_so_many_of_the_values(wanted, value):
    assert percentile(range(201), wanted) == pytest.approx(value)
