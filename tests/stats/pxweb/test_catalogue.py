from __future__ import annotations

import re

import pytest

from stats.pxweb.catalogue import CODELISTS, TABLES
from stats.queries.publishing import AREAS, ATTRIBUTES
from tests.stats.pages.counted import year_of
from tools.servers import ROOT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_no_table_is_by_more_than_may_be_told(table):
    areas, attributes = set(table.by) & set(AREAS), set(table.by) & set(ATTRIBUTES)
    assert len(areas) == 1
    assert not attributes or (len(attributes) == 1 and areas == {"region"} and not table.today)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_value_has_a_label_of_its_own(table):
    """Old clients choose by labels."""
    year_of(2017)
    for name in table.variables:
        labels = [label for _code, label in table.dimension(name).values]
        assert len(set(labels)) == len(labels)
        assert all(labels)


def test_values_do_not_depend_on_what_was_counted():
    before = TABLES["outcomes"].dimension("outcome").values
    year_of(2017)
    assert TABLES["outcomes"].dimension("outcome").values == before


def test_the_documents_name_every_table_and_list_of_codes():
    page = (ROOT / "docs" / "how-to" / "read-statistics.md").read_text()
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(TABLES)
    assert all(f"{codelist}`" in page for codelist in CODELISTS)
