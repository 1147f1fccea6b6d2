from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation

from stats.figures import figures
from stats.models import CountedYear, YearlyCount
from stats.queries.publishing import TooManyCells

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def year() -> None:
    for area, count in (("837", 3), ("980", 7), ("091", 90), ("withheld", 2)):
        YearlyCount.objects.create(
            year=2020, month=3, type="under_25", area=area, receiver="", urgent=False, outcome="", count=count
        )
    CountedYear.objects.create(year=2020, built_at=datetime(2021, 1, 2, tzinfo=UTC), referrals=102, seconds=1)


def test_full_figures_tell_small_counts_and_others_do_not():
    assert figures(2020, ["municipality"], full=True).cells["837",] == 3
    told = figures(2020, ["municipality"], full=False)
    assert told.cells["837",] is told.cells["980",] is None
    assert "2 counts are not told, lest somebody be recognised." in told.notes


def test_words_are_in_the_readers_language_and_areas_in_finnish_order():
    with translation.override("fi"):
        found = figures(2020, ["type", "region"], full=True)
    assert [label for _code, label in found.dimensions[1].values] == ["Pirkanmaa", "Uusimaa", "Alue salattu"]
    assert found.language == "fi"
    assert found.updated == datetime(2021, 1, 2, tzinfo=UTC)


def test_title_names_the_dimensions():
    assert figures(2020, [], full=True).title == "Referrals from Kela, 2020"
    assert figures(2020, ["type", "month", "region"], full=False).title == (
        "Referrals from Kela by type, month and region, 2020"
    )


def test_a_cube_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("stats.figures.LARGEST", 2)
    with pytest.raises(TooManyCells):
        figures(2020, ["region"], full=True)
