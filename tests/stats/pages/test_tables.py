from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.utils.html import escape
from openpyxl import load_workbook
from pyjstat import pyjstat

from kela_kunta.base import clock
from stats.exports.dataset import HIDDEN
from tests.stats.pages.counted import year_of

pytestmark = pytest.mark.django_db
MUNICIPALITIES = "by=type,municipality"


@pytest.fixture(autouse=True)
def years() -> None:
    year_of(2018)
    year_of(2019, times=2)


@pytest.fixture
def ask(as_, handler):
    return lambda query, user=None, page="table": as_(user or handler).get(f"/stats/2018/{page}/?{query}")


def cells(page):
    return {values: count for values, count in page.context["data"].cells.items() if count != 0}


def test_without_a_question_the_table_is_by_type(ask):
    assert cells(ask("")) == {("supplementary_application",): 662, ("under_25",): 126}


def test_the_form_asks_the_same_as_a_list_with_commas(ask):
    by_form = ask("by=type&by=region&by=&division=")
    assert by_form.context["asked"] == ask("by=type,region").context["asked"]
    assert cells(by_form)["under_25", "06"] == 50


def test_small_counts_are_hidden_with_the_reason_and_the_analyst_sees_them(ask, analyst):
    told = ask(MUNICIPALITIES)
    assert told.context["data"].cells["supplementary_application", "562"] is None
    assert "Counts from 1 to 4 are not told" in told.content.decode()
    full = ask(MUNICIPALITIES, analyst)
    assert full.context["data"].cells["supplementary_application", "562"] == 3
    assert "Counts from 1 to 4 are not told" not in full.content.decode()


def test_what_is_too_fine_is_said_to_be(ask):
    page = ask("by=municipality,month")
    assert page.context["all_hidden"]
    assert "too fine" in page.content.decode()


def test_of_a_year_under_way_the_reason_is_another(as_, handler):
    year_of(clock.today().year)
    page = as_(handler).get(f"/stats/{clock.today().year}/table/?by=month").content.decode()
    assert "While a year is under way" in page


def test_limits_take_rows_away_and_stay_in_the_form(ask):
    page = ask("by=type,region&region=06")
    assert cells(page) == {("supplementary_application", "06"): 172, ("under_25", "06"): 50}
    assert '<option value="06" selected>' in page.content.decode()


def test_the_address_of_every_link_asks_for_the_same(ask, as_, handler):
    page = ask("by=region,type&type=under_25&division=today")
    query = page.context["asked"].query
    assert query == "by=region,type&type=under_25&division=today"
    links = re.findall(r'href="(/stats/\d+/(?:table|export)/\?[^"]+)"', page.content.decode())
    assert len(links) == 6
    assert all(escape(query) in link for link in links)
    again = as_(handler).get(f"/stats/2018/table/?{query}")
    assert again.context["data"].cells == page.context["data"].cells


def shown_on(page):
    """Every count that the page shows with the labels of its cell, as text."""
    grid = page.context["grid"]
    across = [label for _code, label in grid.across.values] if grid.across else [None]
    return {
        (*row.labels, *([column] if column else [])): HIDDEN if count is None else str(count)
        for row in grid.rows
        for column, count in zip(across, row.counts, strict=True)
    }


@pytest.mark.filterwarnings("ignore:Shouldn't use:DeprecationWarning")
@pytest.mark.parametrize("query", [MUNICIPALITIES, "by=type,region,urgent", "by=region,month&region=06", "by=month"])
def test_files_hold_exactly_what_the_page_shows(ask, query):
    shown = shown_on(ask(query))
    lines = list(
        csv.reader(io.StringIO(ask(f"{query}&format=csv", page="export").content.decode("utf-8-sig")), delimiter=";")
    )
    assert {tuple(line[1:-1:2]): line[-1] for line in lines[1:]} == shown
    book = load_workbook(io.BytesIO(ask(f"{query}&format=xlsx", page="export").content))
    sheet = list(book.worksheets[0].iter_rows(values_only=True))[1:]
    assert {tuple(line[1:-1:2]): str(line[-1]) for line in sheet} == shown
    document = ask(f"{query}&format=jsonstat", page="export").json()
    frame = pyjstat.Dataset.read(json.dumps(document)).write("dataframe")
    names = [name for name in frame.columns if name not in ("value", "Referrals", "count")]
    values = {
        tuple(row[name] for name in names[: len(lines[0]) // 2]): HIDDEN
        if row["value"] != row["value"]
        else str(int(row["value"]))
        for row in frame.to_dict("records")
    }
    assert values == shown
    data = ask(f"{query}&format=px", page="export").content.decode("utf-8-sig").partition("DATA=")[2]
    assert sorted(data.replace('"', "").replace(";", "").split()) == sorted(shown.values())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("by=moon", "There is no such dimension."),
        ("by=receiver", "There is no such dimension."),
        ("by=type,type", "Name each dimension once."),
        ("by=type,region,month,urgent", "Choose three dimensions at most."),
        ("by=type&type=moon", "There is no such value in this year."),
    ],
)
@pytest.mark.parametrize("page", ["table", "export"])
def test_what_cannot_be_understood_is_said_above_the_form(ask, query, said, page):
    answer = ask(query, page=page)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "<form" in answer.content.decode()


def test_an_unknown_format_is_said_so(ask):
    assert "There is no such format." in ask("by=type&format=exe", page="export").content.decode()


def test_receivers_leave_kela_in_no_file(ask, analyst):
    assert ask("by=receiver", analyst).status_code == 200
    assert ask("by=receiver", analyst, page="export").status_code == 200
    assert ask("by=receiver", page="export").status_code == 422


def test_a_table_too_large_for_the_page_says_what_is_left_for_the_files(ask, monkeypatch):
    monkeypatch.setattr("stats.pages.grids.MOST_ROWS", 3)
    page = ask("by=municipality")
    assert len(page.context["grid"].rows) == 3
    assert "more rows stand in the files" in page.content.decode()
