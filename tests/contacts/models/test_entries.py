"""What PostgreSQL refuses of entries, whoever writes them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation

from contacts.models import Contact, LocalPractice, ServicePoint
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from tests.cast import PIRKANMAA
from tests.directory import PHONE

pytestmark = pytest.mark.django_db
DAY, LATER = date(2026, 1, 1), date(2026, 6, 1)
AGREED = {"owner_agreed_on": DAY, "kela_agreed_on": DAY}


def written(model: type, **facts: Any) -> Any:
    """A row of `model` that holds, but for `facts`, written straight into the table."""
    usual: dict[type, dict[str, Any]] = {
        Contact: {"kind": "housing", "phone": PHONE},
        ServicePoint: {"name_fi": "Kela", "street_fi": "Katu 1", "postal_code": "33100", "municipality_id": "837"},
        LocalPractice: {"topic": "urgent", "text_fi": "Soita.", "valid": DateRange(DAY, None)},
    }
    kept = {"owner_id": PIRKANMAA, "confirmed_on": DAY, "confirmed_by": "Kaisa", "updated_at": clock.now()}
    with acting(Actor.system("test")):
        return model.objects.create(**kept | usual[model] | facts)


@pytest.mark.parametrize(
    ("model", "facts", "constraint"),
    [
        (Contact, {"kind": "friend"}, "contact_known_kind"),
        (Contact, {"phone": ""}, "contact_reachable"),
        (Contact, {"district_id": "1"}, "contact_district_of_kela"),
        (Contact, {"owner_id": "kela", "district_id": "1", "municipality_id": "837"}, "contact_district_of_kela"),
        (Contact, {"review_months": 0}, "contact_reviewed_within_two_years"),
        (Contact, {"review_months": 25}, "contact_reviewed_within_two_years"),
        (ServicePoint, {"kind": "kiosk"}, "point_known_kind"),
        (ServicePoint, {"municipality_id": None}, "point_somewhere"),
        (ServicePoint, {"review_months": 25}, "servicepoint_reviewed_within_two_years"),
        (LocalPractice, {"topic": "weather"}, "practice_known_topic"),
        (LocalPractice, {"valid": DateRange(DAY, DAY)}, "practice_some_day"),
        (LocalPractice, {"owner_id": "kela"}, "practice_not_kelas_own"),
        (LocalPractice, {"review_months": 0}, "localpractice_reviewed_within_two_years"),
    ],
)
def test_what_cannot_be_is_refused_and_the_same_without_it_is_kept(model, facts, constraint):
    written(model)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        written(model, **facts)
    assert model.objects.count() == 1


@pytest.mark.parametrize("way", [{"email": "a@b.example"}, {"link": "https://video.example/"}, {"phone": PHONE}])
def test_one_way_to_reach_a_contact_is_enough(way):
    assert written(Contact, **{"phone": ""} | way).version == 1


@pytest.mark.parametrize("model", [Contact, ServicePoint])
def test_an_owner_has_what_came_from_elsewhere_once(model):
    written(model, source_id="ptv:1")
    written(model, source_id="ptv:1", owner_id="kela")
    written(model)
    written(model)
    with pytest.raises(IntegrityError, match="one_of_a_source"), transaction.atomic():
        written(model, source_id="ptv:1")


class TestOneAgreedPracticeADay:
    @pytest.mark.parametrize("place", [None, "837"])
    def test_a_second_one_about_the_same_on_the_same_day_is_refused(self, place):
        written(LocalPractice, municipality_id=place, **AGREED)
        with pytest.raises(IntegrityError, match="one_agreed_practice_a_day"), transaction.atomic():
            written(LocalPractice, municipality_id=place, valid=DateRange(LATER, None), **AGREED)

    @pytest.mark.parametrize(
        "facts",
        [
            {"municipality_id": "837"},
            {"topic": "deposits"},
            {"owner_id": "county-21"},
            {"valid": DateRange(date(2025, 1, 1), DAY)},
            {"kela_agreed_on": None},
            {"owner_agreed_on": None},
        ],
    )
    def test_another_matter_place_time_or_a_proposal_may_stand_beside_it(self, facts):
        written(LocalPractice, **AGREED)
        written(LocalPractice, **AGREED | facts)
        assert LocalPractice.objects.count() == 2


@pytest.mark.parametrize(
    ("language", "both", "finnish", "swedish"),
    [("fi", "Soita.", "Soita.", "Ring."), ("sv", "Ring.", "Soita.", "Ring."), ("en", "Soita.", "Soita.", "Ring.")],
)
def test_a_text_is_in_the_readers_language_or_in_the_one_that_is_written(language, both, finnish, swedish):
    with translation.override(language):
        assert LocalPractice(text_fi="Soita.", text_sv="Ring.").text == both
        assert LocalPractice(text_fi="Soita.").text == finnish
        assert ServicePoint(name_sv="Ring.").name == swedish


def test_a_contact_without_a_title_is_called_by_what_it_is_for():
    with translation.override("en"):
        assert Contact(kind="housing").title == "Housing"
        assert Contact(kind="housing", title_sv="Boende").title == "Boende"


def test_it_is_agreed_when_both_sides_have():
    assert LocalPractice(**AGREED).agreed
    assert not LocalPractice(owner_agreed_on=DAY).agreed
    assert not LocalPractice(kela_agreed_on=DAY).agreed
