from __future__ import annotations

import json

import pytest
from pyjstat import pyjstat

from stats.exports.jsonstat import jsonstat_of
from tests.stats.exports.sample import SAMPLE


def test_values_stand_in_the_order_of_the_dimensions_and_what_is_not_told_is_null_with_its_status():
    document = jsonstat_of(SAMPLE)
    assert document["id"] == ["year", "type", "region", "count"]
    assert document["size"] == [2, 2, 3, 1]
    assert document["value"] == [7, 0, 0, 0, None, 0, 1234, 0, None, 5, 0, 0]
    assert document["status"] == {"4": "..", "8": ".."}
    assert document["role"] == {"time": ["year"], "geo": ["region"], "metric": ["count"]}


@pytest.mark.filterwarnings("ignore:Shouldn't use:DeprecationWarning")
def test_a_reader_of_the_format_reads_it():
    frame = pyjstat.Dataset.read(json.dumps(jsonstat_of(SAMPLE))).write("dataframe")
    row = frame[(frame["Vuosi"] == "2017") & (frame["Tyyppi"] == "=Alle 25") & (frame["Maakunta"] == "Uusimaa")]
    assert list(row["value"]) == [1234]
    assert len(frame) == 12
