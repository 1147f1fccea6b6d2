"""The year 2017, to the unit, in every form in which its figures are told."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.models import ClientRole
from kela_kunta.base import clock
from kela_kunta.demo.plan import TOTALS
from stats.models import CountedYear, YearlyCount
from tests.api import api_client

YEAR = 2017
OFFICIAL = {"supplementary_application": 81_211, "social_work_need": 9_655, "under_25": 12_626, "immigrant": 1_799}
SUM = 105_291
AREAS = ("091", "837", "withheld", "unknown")


@pytest.fixture(autouse=True)
def year(db: None) -> None:
    """Counts of four areas and three months that make up the official totals."""
    YearlyCount.objects.bulk_create(
        YearlyCount(
            year=YEAR, month=1 + place % 3, type=type, area=area, receiver="", urgent=False, outcome="",
            count=total - 3 * (total // 4) if place == 0 else total // 4,
        )
        for type, total in OFFICIAL.items()
        for place, area in enumerate(AREAS)
    )  # fmt: skip
    CountedYear.objects.create(year=YEAR, built_at=clock.now(), referrals=SUM, seconds=1)


@pytest.fixture(params=["by hand", "by interface"])
def file(request: Any, as_: Any, handler: Any, calls_as: Any) -> Any:
    """A file of the year by type: from the page of exports, and from the API."""
    if request.param == "by hand":
        return lambda form: as_(handler).get(f"/stats/{YEAR}/export/?by=type&format={form}")
    statistics = api_client("statistics", ClientRole.STATISTICS_SYSTEM, "kela", "stats:read")
    return lambda form: calls_as(statistics).get(f"stats/yearly/?year={YEAR}&by=type&format={form}")


def numbers(text: str) -> Iterator[int]:
    """Numbers as people read them, the thousands apart."""
    for number in re.findall(r"\d{1,3}(?:[\s ,]\d{3})+|\d+", text):
        yield int(re.sub(r"\D", "", number))


def test_the_replayed_year_is_planned_to_the_same_totals() -> None:
    assert TOTALS[YEAR] == OFFICIAL
    assert sum(OFFICIAL.values()) == SUM


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_page_and_paper(as_: Any, handler: Any, language: str) -> None:
    browser = as_(handler)
    browser.cookies["language"] = language
    page = browser.get(f"/stats/{YEAR}/").content.decode()
    paper = PdfReader(io.BytesIO(browser.get(f"/stats/{YEAR}/report/").content))
    for told in (page, "\n".join(sheet.extract_text() for sheet in paper.pages)):
        assert {*OFFICIAL.values(), SUM} <= set(numbers(told))


def test_csv(file: Any) -> None:
    rows = csv.reader(io.StringIO(file("csv").content.decode("utf-8-sig")), delimiter=";")
    assert {code: int(count) for code, _label, count in list(rows)[1:]} == OFFICIAL


def test_xlsx(file: Any) -> None:
    sheet = load_workbook(io.BytesIO(file("xlsx").content)).worksheets[0]
    assert {row[0]: row[-1] for row in list(sheet.values)[1:]} == OFFICIAL


def test_jsonstat(file: Any) -> None:
    told = json.loads(file("jsonstat").content)
    assert {code: told["value"][place] for code, place in _index(told).items()} == OFFICIAL


def test_px(file: Any) -> None:
    text = file("px").content.decode("utf-8-sig")
    codes = re.findall(r'"(\w+)"', re.search(r"CODES\([^)]*\)=([^;]*);", text)[1])
    counts = re.search(r"DATA=\s*([^;]*);", text)[1].split()
    assert dict(zip(codes, map(int, counts), strict=True)) == OFFICIAL


def test_api(calls_as: Any) -> None:
    statistics = api_client("statistics", ClientRole.STATISTICS_SYSTEM, "kela", "stats:read")
    rows = calls_as(statistics).get(f"stats/yearly/?year={YEAR}&by=type").json()["rows"]
    assert {row["type"]: row["count"] for row in rows} == OFFICIAL


def test_pxweb(client: Client) -> None:
    asked = f"/api/pxweb/v2/tables/regions/data?valueCodes[year]={YEAR}&valueCodes[type]=*"
    told = client.get(asked).json()
    assert {code: told["value"][place] for code, place in _index(told).items() if code in OFFICIAL} == OFFICIAL


def _index(told: dict[str, Any]) -> dict[str, int]:
    """Where the count of each type stands; all other dimensions have but one value."""
    assert all(size == 1 for name, size in zip(told["id"], told["size"], strict=True) if name != "type")
    return dict(told["dimension"]["type"]["category"]["index"])
