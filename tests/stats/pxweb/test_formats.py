from __future__ import annotations

import io
import json

import pandas
import pytest
from pyaxis import pyaxis
from pyjstat import pyjstat

from stats.exports.px import px_of
from stats.pxweb.answering import Question, answer
from stats.pxweb.catalogue import TABLES
from stats.pxweb.formats import ANSWERS, Layout, csv_of, json_px_of, json_stat_1_of
from tests.stats.exports.sample import SAMPLE
from tests.stats.pages.counted import year_of


def test_csv_has_a_column_for_each_value_that_goes_across_and_reads_as_text_and_numbers():
    frame = pandas.read_csv(io.BytesIO(csv_of(SAMPLE, Layout(["region"]))), encoding="utf-8-sig", na_values="..")
    assert list(frame.columns) == [
        "Vuosi", "Tyyppi", "Lähetteitä Uusimaa", "Lähetteitä Åland – Ahvenanmaa", "Lähetteitä Salattu",
    ]  # fmt: skip
    assert list(frame["Lähetteitä Uusimaa"]) == [7, 0, 1234, 5]
    assert frame["Lähetteitä Salattu"].isna().tolist() == [False, False, True, False]


def test_variables_go_across_in_the_tables_order():
    lines = csv_of(SAMPLE, Layout(["type", "year"], show="usecodes")).decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"region","Referrals 2016 under_25"'.replace("Referrals", "Lähetteitä"))
    assert lines[1] == '"01",7,0,1234,5'


def test_json_of_version_1_says_two_points_for_what_is_not_told():
    told = json_px_of(SAMPLE)
    assert {"key": ["2017", "under_25", "withheld"], "values": [".."]} in told["data"]
    assert len(told["data"]) == 12


@pytest.mark.filterwarnings("ignore")
def test_the_older_json_stat_is_read():
    [frame] = pyjstat.from_json_stat(json.loads(json.dumps(json_stat_1_of(SAMPLE))))
    assert frame["value"].sum() == 7 + 1234 + 5


@pytest.mark.django_db
def test_px_files_of_months_are_read(tmp_path):
    year_of(2017)
    found = answer(TABLES["months"], Question({"month": ["2017M01", "2017M02"], "region": ["01"]}))
    file = tmp_path / "months.px"
    file.write_bytes(px_of(found))
    read = pyaxis.parse(str(file), encoding="utf-8-sig")
    assert 'TIMEVAL("Month")=TLIST(M1),"201701","201702";' in file.read_text("utf-8-sig")
    assert list(read["DATA"]["DATA"]) == ["400", "90"]


def test_every_form_that_is_promised_is_written():
    assert {name for name, write in ANSWERS.items() if write(SAMPLE, Layout([])).content} == set(ANSWERS)
