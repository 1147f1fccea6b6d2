"""What the directory lacks, municipality by municipality."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from contacts.actions.keeping import add_entry
from contacts.models import Contact
from contacts.queries.completeness import Area, Place, aland, completeness, counts_of, missing_kinds
from contacts.rules.completeness import REQUIRED, State
from kela_kunta.base.actor import Actor
from tests.cast import PIRKANMAA

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
TAMPERE, AKAA, CITY = "837", "020", "municipality-837"
PIRKANMAA_REGION = "06"


@pytest.fixture
def keep() -> Callable[..., Contact]:
    """Adds a contact of `kind` to Pirkanmaa's, or another owner's, confirmed `ago` days before."""

    def kept(kind: str, *, owner: str = PIRKANMAA, ago: int = 0, **values: Any) -> Contact:
        values = {"kind": kind, "phone": "+358401234567"} | values
        return add_entry(Contact, values, owner=owner, by=Actor.system("test"), on=TODAY - timedelta(days=ago))  # type: ignore[return-value]

    return kept


def place(code: str, areas: list[Area] | None = None) -> Place:
    areas = completeness(TODAY) if areas is None else areas
    (found,) = [place for area in areas for place in area.places if place.municipality.code == code]
    return found


def states(code: str) -> dict[str, str]:
    return {str(need.kind): str(need.state) for need in place(code).needs}


def test_an_empty_directory_lacks_everything_everywhere_but_on_aland():
    areas = completeness(TODAY)
    places = [place for area in areas for place in area.places]
    assert len(areas) == 18
    assert len({place.municipality.code for place in places}) == len(places) == 292
    assert len(aland(TODAY)) == 16
    counts = counts_of(places)
    assert counts.missing == counts.total == 292 * len(REQUIRED)
    assert (counts.share, counts.complete) == (0, False)


def test_the_whole_country_costs_three_statements(keep, django_assert_num_queries):
    keep("housing")
    with django_assert_num_queries(3):
        completeness(TODAY)


def test_a_contact_of_the_county_serves_all_of_its_municipalities_and_no_other(keep):
    keep("housing")
    assert states(TAMPERE)["housing"] == states(AKAA)["housing"] == "current"
    assert states("091")["housing"] == "missing"


def test_a_contact_of_one_municipality_serves_it_alone(keep):
    keep("housing", municipality_id=AKAA)
    assert states(AKAA)["housing"] == "current"
    assert states(TAMPERE)["housing"] == "missing"


@pytest.mark.parametrize(("ago", "state"), [(0, "current"), (175, "due"), (200, "stale")])
def test_what_is_not_confirmed_in_time_is_due_and_then_stale(keep, ago, state):
    keep("child_welfare", ago=ago)
    assert states(TAMPERE)["child_welfare"] == state


def test_immigrant_services_are_asked_of_whoever_receives_immigrant_notices(keep):
    keep("immigrant_services")
    assert states(TAMPERE)["immigrant_services"] == "missing"
    keep("immigrant_services", owner=CITY)
    assert states(TAMPERE)["immigrant_services"] == "current"
    owners = {need.kind: need.owner.code for need in place(TAMPERE).needs}
    assert owners["immigrant_services"] == CITY
    assert {owners[row.kind] for row in REQUIRED if row.kind != "immigrant_services"} == {PIRKANMAA}


def test_one_region_shows_alone():
    (area,) = completeness(TODAY, region=PIRKANMAA_REGION)
    assert area.region.name_en == "Pirkanmaa"
    assert "837" in {place.municipality.code for place in area.places}
    assert completeness(TODAY, region="99") == []


def test_counts_of_a_place_add_up_to_what_is_required(keep):
    keep("housing")
    keep("child_welfare", ago=175)
    keep("social_emergency", ago=200)
    counts = place(TAMPERE).counts
    assert (counts.reliable, counts.due, counts.stale, counts.missing, counts.total) == (2, 1, 1, 3, 6)
    assert counts.share == 33
    assert [need.kind for need in place(TAMPERE).lacking(State.STALE)] == ["social_emergency"]


def test_a_municipality_with_everything_is_complete(keep):
    for row in REQUIRED:
        keep(row.kind, owner=CITY if row.type == "immigrant" else PIRKANMAA)
    assert place(TAMPERE).counts.complete
    assert place(TAMPERE).counts.share == 100


def test_an_owner_is_told_what_it_lacks_and_where(keep, django_assert_num_queries):
    keep("housing")
    keep("child_welfare", municipality_id=AKAA)
    with django_assert_num_queries(2):
        lacking = {found.kind: found for found in missing_kinds(PIRKANMAA, TODAY)}
    assert set(lacking) == {"officials_line", "adult_social_work", "social_emergency", "child_welfare"}
    assert lacking["officials_line"].everywhere
    assert not lacking["child_welfare"].everywhere
    assert AKAA not in {place.code for place in lacking["child_welfare"].municipalities}
    assert TAMPERE in {place.code for place in lacking["child_welfare"].municipalities}


def test_who_receives_nothing_lacks_nothing():
    assert missing_kinds("kela", TODAY) == []
    assert {found.kind for found in missing_kinds(CITY, TODAY)} == {"immigrant_services"}
