"""What PostgreSQL refuses, and names by language."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation

from contacts.models import (
    Authority,
    Municipality,
    MunicipalityCounty,
    MunicipalityDistrict,
    MunicipalityRegion,
    Region,
    Responsibility,
)

pytestmark = pytest.mark.django_db

LATER = DateRange(date(2026, 1, 1), None)
NO_DAY = DateRange(date(2026, 1, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("model", "facts"),
    [
        (Responsibility, {"type": "under_25", "authority_id": "county-21"}),
        (MunicipalityRegion, {"region_id": "19"}),
        (MunicipalityCounty, {"county_id": "21"}),
        (MunicipalityDistrict, {"district_id": "5"}),
    ],
)
class TestOneADay:
    def test_a_second_one_on_the_same_days_is_refused(self, model, facts):
        with pytest.raises(IntegrityError, match="one_a_day"), transaction.atomic():
            model.objects.create(municipality_id="837", valid=LATER, **facts)

    def test_days_that_are_none_are_refused(self, model, facts):
        with pytest.raises(IntegrityError, match="some_day"), transaction.atomic():
            model.objects.create(municipality_id="837", valid=NO_DAY, **facts)


def test_another_type_may_have_another_authority_on_the_same_day():
    Responsibility.objects.create(municipality_id="837", type="seventh", authority_id="municipality-837", valid=LATER)


def test_what_is_responsible_cannot_be_deleted():
    with pytest.raises(IntegrityError):
        Authority.objects.get(code="county-08").delete()


@pytest.mark.parametrize(
    ("language", "name"), [("fi", "Tampereen kaupunki"), ("sv", "Tammerfors stad"), ("en", "City of Tampere")]
)
def test_a_name_follows_the_language(language, name):
    with translation.override(language):
        assert Authority.objects.get(code="municipality-837").name == name
        assert Municipality.objects.get(code="837").name == ("Tammerfors" if language == "sv" else "Tampere")


def test_regions_are_in_finnish_order():
    names = list(Region.objects.order_by("sort_key").values_list("name_fi", flat=True))
    assert names[:2] == ["Ahvenanmaa", "Etelä-Karjala"]
    assert names[-2:] == ["Uusimaa", "Varsinais-Suomi"]
    assert names.index("Pohjois-Savo") < names.index("Päijät-Häme") < names.index("Satakunta")
