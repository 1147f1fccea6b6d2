"""The page that shows what the directory lacks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import Role, User
from contacts.actions.keeping import add_entry
from contacts.asking import check_directory
from contacts.models import Contact
from contacts.rules.completeness import REQUIRED
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from tests.cast import PIRKANMAA

pytestmark = pytest.mark.django_db
URL = "/contacts/completeness/"
REGION = "06"
ADD_HOUSING = "/contacts/entries/new/contact/?kind=housing&amp;municipality=837"


@pytest.fixture
def keep() -> Callable[..., None]:
    def kept(kind: str, *, ago: int = 0, owner: str = PIRKANMAA, **values: Any) -> None:
        on = clock.today() - timedelta(days=ago)
        add_entry(
            Contact, {"kind": kind, "phone": "+358401234567"} | values, owner=owner, by=Actor.system("test"), on=on
        )

    return kept


@pytest.fixture
def keeper(db: None) -> User:
    return User.objects.create_user("directory.pirkanmaa", name="Keeper", role=Role.DIRECTORY, authority_id=PIRKANMAA)


def marks(page: str, municipality: str) -> list[str]:
    """The marks of a municipality's row, in the order of the columns."""
    (row,) = [row for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if f'municipalities/{municipality}/">' in row]
    return re.findall(r'class="standing (\w+)', row)


def test_the_country_is_shown_by_region_with_its_sum(as_, handler, keep):
    keep("housing")
    page = as_(handler).get(URL).content.decode()
    assert page.count(f"{URL}?region=") == 18
    assert "Pirkanmaa" in page
    assert 'class="standing' not in page
    assert "1,729" in page


def test_a_region_shows_each_municipality_and_kind(as_, handler, keep):
    keep("officials_line")
    keep("housing", ago=175)
    keep("child_welfare", ago=200)
    answer = as_(handler).get(URL, {"region": REGION})
    page = answer.content.decode()
    assert marks(page, "837") == ["current", "missing", "missing", "stale", "due", "missing"]
    assert "Tampere, Housing: to be confirmed soon" in page
    assert {block.region.code for block in answer.context["blocks"]} == {REGION}


def test_only_what_is_incomplete_can_be_shown(as_, handler, keep):
    for row in REQUIRED:
        keep(row.kind, owner="municipality-837" if row.type == "immigrant" else PIRKANMAA)
    for show, there in (("all", True), ("incomplete", False)):
        page = as_(handler).get(URL, {"region": REGION, "show": show}).content.decode()
        assert ("/contacts/municipalities/837/" in page) == there
        assert "/contacts/municipalities/020/" in page
    everywhere = as_(handler).get(URL, {"show": "incomplete"}).content.decode()
    assert "/contacts/municipalities/091/" in everywhere
    assert "/contacts/municipalities/837/" not in everywhere


def test_who_keeps_it_comes_from_a_gap_to_the_form_and_nobody_else_does(as_, keeper, lead, pirkanmaa, handler, lapland):
    for user, may in ((keeper, True), (lead, True), (pirkanmaa, False), (handler, False), (lapland, False)):
        page = as_(user).get(URL, {"region": REGION}).content.decode()
        assert (ADD_HOUSING in page) == may, user
        assert "kind=immigrant_services&amp;municipality=837" not in page


@pytest.mark.parametrize(
    "asked",
    [
        {"region": "99"},
        {"region": "06' OR 1"},
        {"show": "x"},
        {"region": "\0"},
        {"region": "21"},
        {"show": ["all", "x"]},
    ],
)
def test_what_is_not_to_choose_shows_the_country(as_, handler, asked):
    answer = as_(handler).get(URL, asked)
    assert (answer.status_code, answer.context["region"], answer.context["show"]) == (200, "", "")


def test_the_last_night_is_told_with_its_time(as_, handler, keep):
    assert "Owners have not been asked yet" in as_(handler).get(URL).content.decode()
    keep("housing", ago=400)
    check_directory()
    page = as_(handler).get(URL).content.decode()
    assert re.search(r"Owners were asked last on \d+\.\d+\.\d{4} \d+\.\d\d\. Entries not confirmed in time: 1,", page)


def test_aland_stands_apart(as_, handler):
    answer = as_(handler).get(URL, {"show": "all"})
    page = answer.content.decode()
    assert "the 16 municipalities of Åland" in page
    assert "/contacts/municipalities/478/" not in page
    assert answer.context["municipalities"] == 292


def test_a_fragment_equals_the_part_of_the_page(as_, handler, keep):
    keep("housing", ago=200)
    whole = as_(handler).get(URL, {"region": REGION}).content.decode()
    part = as_(handler).get(URL, {"region": REGION}, headers={"HX-Request": "true"}).content.decode()
    assert part.strip() in whole
    assert "<html" not in part


def test_the_page_costs_the_same_for_one_region_and_for_all(as_, handler, keep, django_assert_max_num_queries):
    keep("housing")
    browser = as_(handler)
    for asked in ({}, {"region": REGION}, {"show": "all"}):
        with django_assert_max_num_queries(16):
            browser.get(URL, asked)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN])
def test_who_does_not_use_the_directory_is_refused(as_, role):
    user = User.objects.create_user("other", name="Other", role=role, authority_id="kela")
    assert as_(user).get(URL).status_code == 403


@pytest.mark.parametrize("role", [Role.HANDLER, Role.SUPERVISOR, Role.EDITOR, Role.ANALYST])
def test_everybody_who_uses_the_directory_sees_it(as_, role, pirkanmaa, lead, keeper):
    user = User.objects.create_user("other", name="Other", role=role, authority_id="kela")
    for reader in (user, pirkanmaa, lead, keeper):
        assert as_(reader).get(URL).status_code == 200
