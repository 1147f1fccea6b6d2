from __future__ import annotations

import pytest

from kela_kunta.base import clock
from stats.models import CountChange, CountedYear, YearlyCount
from stats.tasks import build_counts, fold_counts
from tests.referrals.actions.moves import at

pytestmark = pytest.mark.django_db


def counted() -> set[int]:
    return set(CountedYear.objects.values_list("year", flat=True))


def test_every_night_this_year_and_the_one_before_are_counted_by_helsinkis_calendar():
    with clock.frozen(at("2027-01-01T00:30")):
        build_counts()
    assert counted() == {2026, 2027}


def test_any_year_can_be_asked_for():
    build_counts(2017)
    assert counted() == {2017}


def test_every_minute_what_has_changed_comes_to_the_kept_counts(send):
    send()
    assert CountChange.objects.exists()
    fold_counts()
    assert YearlyCount.objects.exists()
    assert not CountChange.objects.exists()
