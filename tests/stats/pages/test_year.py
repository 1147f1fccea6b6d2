from __future__ import annotations

from typing import Any

import pytest

from kela_kunta.base import clock
from stats.actions.counting import build_counts


@pytest.fixture
def counted(send: Any) -> int:
    """This year, with three referrals of two types from two regions."""
    send("supplementary_application")
    send("supplementary_application", client={"home_municipality": "091"})
    send("under_25")
    return build_counts(clock.today().year).year


def test_year_tells_its_types_their_sum_and_its_regions(as_: Any, analyst: Any, counted: int) -> None:
    page = as_(analyst).get(f"/stats/{counted}/")

    assert page.context["found"].total == 3
    assert page.context["found"].by_type == {"supplementary_application": 2, "under_25": 1}
    regions = {row.code: row.total for row in page.context["found"].regions}
    assert regions == {"06": 2, "01": 1}


def test_statistics_lead_to_the_latest_counted_year(as_: Any, analyst: Any, counted: int) -> None:
    assert as_(analyst).get("/stats/").url == f"/stats/{counted}/"


def test_statistics_say_so_when_no_year_is_counted(as_: Any, analyst: Any) -> None:
    assert "No year has been counted yet" in as_(analyst).get("/stats/").content.decode()


def test_year_without_counts_is_unknown(as_: Any, analyst: Any, counted: int) -> None:
    assert as_(analyst).get(f"/stats/{counted - 40}/").status_code == 404


def test_statistics_are_not_for_the_auditor(as_: Any, auditor: Any, counted: int) -> None:
    assert as_(auditor).get(f"/stats/{counted}/").status_code == 403


def test_person_under_non_disclosure_counts_without_an_area(as_: Any, analyst: Any, send: Any, counted: int) -> None:
    send("supplementary_application", client={"non_disclosure": True})
    build_counts(counted)

    found = as_(analyst).get(f"/stats/{counted}/").context["found"]

    assert {row.code: row.total for row in found.regions}["withheld"] == 1
    assert sum(row.total for row in found.regions) == found.total == 4


def test_definitions_name_every_type(as_: Any, analyst: Any) -> None:
    assert len(as_(analyst).get("/stats/definitions/").context["types"]) == 6
