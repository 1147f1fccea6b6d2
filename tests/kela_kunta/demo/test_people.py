"""Tests of kela_kunta.demo.people."""

from __future__ import annotations

from datetime import date

import phonenumbers
import pytest

from kela_kunta.demo import people
from referrals.rules.ages import age_on
from referrals.rules.identity import birth_date, identity_code

COHORTS = {"adults": people.adults(2017), "young": people.under_25(2026), "immigrants": people.immigrants(2017)}


@pytest.mark.parametrize("cohort", COHORTS.values(), ids=COHORTS)
def test_every_code_is_valid_artificial_and_of_the_birth_date(cohort: people.Cohort) -> None:
    for number in range(0, 200_000, 173):
        person = people.person(number, cohort, "fi-sv")
        assert identity_code(person.identity_code, artificial=True) == person.identity_code
        assert person.identity_code[7] == "9"
        assert birth_date(person.identity_code) == person.birth_date


def test_no_two_people_share_a_code() -> None:
    codes = {people.person(number, COHORTS["young"], "fi").identity_code for number in range(30_000)}
    assert len(codes) == 30_000


def test_the_same_number_is_the_same_person() -> None:
    assert people.person(7, COHORTS["adults"], "fi") == people.person(7, COHORTS["adults"], "fi")


def test_the_young_are_under_25_and_of_age_all_year() -> None:
    for number in range(0, 20_000, 7):
        born = people.person(number, COHORTS["young"], "fi").birth_date
        assert age_on(born, date(2026, 1, 1)) >= 18 - 1
        assert age_on(born, date(2026, 12, 31)) < 25


def test_telephone_numbers_are_valid_or_their_absence_is_explained() -> None:
    for number in range(500):
        person = people.person(number, COHORTS["adults"], "fi")
        if person.phone:
            assert phonenumbers.is_valid_number(phonenumbers.parse(person.phone))
        assert bool(person.phone) != bool(person.phone_missing_reason)


def test_swedish_is_spoken_where_the_municipality_speaks_it() -> None:
    def swedes(languages: str) -> int:
        return sum(people.person(n, COHORTS["adults"], languages).contact_language == "sv" for n in range(1000))

    assert swedes("fi") == 0
    assert 50 < swedes("fi-sv") < 200
    assert 550 < swedes("sv-fi") < 750


def test_who_speaks_neither_national_language_has_an_interpreter_or_needs_none() -> None:
    for number in range(500):
        person = people.person(number, COHORTS["immigrants"], "fi")
        assert person.contact_language not in ("fi", "sv")
        assert bool(person.interpreter_language) != person.interpreter_not_needed
