from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from kela_kunta.base import clock
from stats.models import CountedYear, YearlyCount
from tests.stats.pages.counted import year_of

ADDRESS = "/stats/2017/report/"


@pytest.fixture(autouse=True)
def year(db: None) -> None:
    year_of(2017)


def read(answer: Any) -> PdfReader:
    assert answer.headers["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content))


def text(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def test_report_tells_types_regions_months_urgency_and_outcomes(as_: Any, handler: Any) -> None:
    told = text(read(as_(handler).get(f"{ADDRESS}?language=fi")))
    for line in ("TH 662 84,0", "788", "Pirkanmaa 172 50 222", "1/2017 512", "150 22,7"):
        assert line in told


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_is_in_the_language_asked_for_with_a_title_and_a_map(as_: Any, handler: Any, language: str) -> None:
    answer = as_(handler).get(f"{ADDRESS}?language={language}")
    reader = read(answer)
    assert reader.trailer["/Root"]["/Lang"] == language
    assert "2017" in reader.metadata.title
    roles = [child.get_object()["/S"] for child in reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0]["/K"]]
    assert roles[0] == "/H1"
    assert {"/H2", "/Figure", "/Table", "/P"} <= set(roles)
    assert f"kela_kunta_2017_{language}.pdf" in answer.headers["Content-Disposition"]


def test_an_unknown_language_is_the_readers_own(as_: Any, handler: Any) -> None:
    browser = as_(handler)
    browser.cookies["language"] = "sv"
    assert read(browser.get(f"{ADDRESS}?language=xx")).trailer["/Root"]["/Lang"] == "sv"


def test_small_counts_leave_kela_on_no_paper(as_: Any, handler: Any, analyst: Any) -> None:
    YearlyCount.objects.create(
        year=2017, month=7, type="under_25", area="091", receiver="", urgent=False, outcome="", count=3
    )
    assert "7/2017 3\n" not in text(read(as_(handler).get(ADDRESS)))
    assert "7/2017 3\n" in text(read(as_(analyst).get(ADDRESS)))


def test_a_year_under_way_tells_no_months(as_: Any, handler: Any) -> None:
    this = clock.today().year
    YearlyCount.objects.create(
        year=this, month=1, type="under_25", area="837", receiver="", urgent=False, outcome="", count=50
    )
    CountedYear.objects.create(year=this, built_at=clock.now(), referrals=50, seconds=1)
    assert f"1/{this}" not in text(read(as_(handler).get(f"/stats/{this}/report/")))


def test_it_is_for_readers_of_statistics_and_of_counted_years(as_: Any, handler: Any, auditor: Any) -> None:
    assert as_(auditor).get(ADDRESS).status_code == 403
    assert as_(handler).get("/stats/2016/report/").status_code == 404


def test_the_page_of_the_year_leads_to_it(as_: Any, handler: Any) -> None:
    assert f'href="{ADDRESS}"' in as_(handler).get("/stats/2017/").content.decode()
