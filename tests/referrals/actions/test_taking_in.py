"""Months of assistance are taken in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import NotAllowed
from referrals.actions.taking_in import take_in
from referrals.models import AssistanceImport, AssistanceMonth, Recipient, Watch
from referrals.rules.months import add_months, month_of
from tests.assistance import month_told, tell
from tests.builders import identity_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)
JOB = Actor.system("test")


def test_a_month_is_stored_with_its_person_whose_code_is_sealed():
    assert tell(month_told(JULY)) == 1
    with acting(JOB):
        person, month = Recipient.objects.get(), AssistanceMonth.objects.get()
        assert person.identity_code == identity_code(person.birth_date)
        assert identity_code(person.birth_date).encode() not in bytes(person.sealed_identity_code)
        assert (month.month, month.amount, month.unemployed) == (JULY, Decimal("587.71"), True)
        assert Watch.objects.get().from_day == clock.today()


def test_the_same_again_changes_nothing_and_asks_for_no_look():
    tell(month_told(JULY))
    with acting(JOB):
        Watch.objects.all().delete()
    assert tell(month_told(JULY)) == 0
    with acting(JOB):
        assert not Watch.objects.exists()


def test_a_correction_replaces_the_month_and_asks_for_a_look():
    tell(month_told(JULY))
    with acting(JOB):
        Watch.objects.all().delete()
    assert tell(month_told(JULY, amount="0.00")) == 1
    with acting(JOB):
        assert AssistanceMonth.objects.get().amount == 0
        assert Watch.objects.exists()


def test_a_month_remembers_the_last_import_that_changed_it():
    tell(month_told(JULY), month_told(AUGUST))
    tell(month_told(JULY), month_told(AUGUST, amount="0.00"), month_told(AUGUST, number=901))
    with acting(JOB):
        first, second = AssistanceImport.objects.order_by("told_at", "id")
        assert [(one.way, one.told, one.changed) for one in (first, second)] == [("api", 2, 2), ("api", 3, 2)]
        assert [one.month for one in first.months.all()] == [JULY]
        assert {one.month for one in second.months.all()} == {AUGUST}


def test_a_test_client_brings_nothing():
    with acting(JOB):
        assert take_in([], by=Actor("kela_system", "1", "Test", "kela").in_test) is None
        assert not AssistanceImport.objects.exists()


def test_of_two_rows_about_one_month_the_later_holds():
    assert tell(month_told(JULY, amount="100.00"), month_told(JULY, amount="200.00")) == 1
    with acting(JOB):
        assert AssistanceMonth.objects.get().amount == 200


def test_a_correction_of_an_earlier_month_changes_nobodys_home():
    tell(month_told(AUGUST, home_municipality="091", family_name="Uusinimi"))
    tell(month_told(JULY, home_municipality="837", family_name="Vanhanimi"))
    with acting(JOB):
        person = Recipient.objects.get()
        assert (person.home_municipality_id, person.family_name, person.told_of) == ("091", "Uusinimi", AUGUST)


def test_death_and_protection_hold_whichever_month_tells_them_until_a_later_one_ends_the_protection():
    tell(month_told(AUGUST))
    with acting(JOB):
        Watch.objects.all().delete()
    tell(month_told(JULY, died_on="2026-08-20", non_disclosure=True))
    with acting(JOB):
        person = Recipient.objects.get()
        assert (person.died_on, person.non_disclosure, person.told_of) == (date(2026, 8, 20), True, AUGUST)
        assert Watch.objects.exists()
    tell(month_told(add_months(AUGUST, 1)))
    with acting(JOB):
        person = Recipient.objects.get()
        assert (person.died_on, person.non_disclosure) == (None, False)


def test_five_thousand_months_take_as_many_statements_as_one(django_assert_max_num_queries):
    with acting(JOB), django_assert_max_num_queries(10):
        tell(
            *(month_told(JULY, number=900 + place % 100, born=date(1990, 1, 1 + place // 100)) for place in range(300))
        )


@pytest.mark.parametrize("role", ["handler", "worker", "authority_system"])
def test_only_kelas_systems_tell(role):
    with pytest.raises(NotAllowed):
        take_in([], by=Actor(role, "1", "Somebody", "kela"))


def test_months_show_to_kela_alone_and_those_of_the_protected_to_the_cleared():
    tell(month_told(JULY), month_told(JULY, number=901, non_disclosure=True))
    seen = {}
    for role, authority, cleared in [
        ("system", "", True), ("handler", "kela", False), ("supervisor", "kela", True), ("worker", "county-08", True),
        ("authority_system", "county-08", True), ("kela_system", "kela", True), ("analyst", "kela", True),
    ]:  # fmt: skip
        with acting(Actor(role, "1", "Somebody", authority, cleared)):
            seen[role] = (Recipient.objects.count(), AssistanceMonth.objects.count(), Watch.objects.count())
    assert seen == {
        "system": (2, 2, 2), "handler": (1, 1, 1), "supervisor": (2, 2, 2), "worker": (0, 0, 0),
        "authority_system": (0, 0, 0), "kela_system": (0, 0, 0), "analyst": (0, 0, 0),
    }  # fmt: skip


def test_a_handler_writes_no_month():
    tell(month_told(JULY))
    with acting(Actor("handler", "1", "Somebody", "kela")):
        assert AssistanceMonth.objects.update(amount=0) == 0
        assert AssistanceMonth.objects.all().delete()[0] == 0


def test_a_month_far_ahead_is_refused():
    with pytest.raises(Exception, match="invalid"):
        tell(month_told(add_months(month_of(clock.today()), 2)))


def test_a_death_that_is_told_of_later_asks_for_a_look_though_no_month_changed():
    tell(month_told(JULY))
    with acting(JOB):
        Watch.objects.all().delete()
    assert tell(month_told(JULY, died_on="2026-08-01")) == 0
    with acting(JOB):
        assert Watch.objects.exists()


def test_where_nothing_is_told_there_is_no_import():
    assert take_in([], by=JOB) is None
    with acting(JOB):
        assert not AssistanceImport.objects.exists()
