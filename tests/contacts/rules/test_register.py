"""Who is responsible for what and when, as plain values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.rules.register import Authority, Duty, Municipality, Register

YEAR = date(2021, 6, 1)


def municipality(code: str, until: date | None = None, successor: str | None = None) -> Municipality:
    return Municipality(code, f"M{code}", f"K{code}", None, until, successor)


def authority(code: str) -> Authority:
    return Authority(code, "county", code, code, code)


@pytest.fixture
def register() -> Register:
    return Register(
        [
            municipality("099", date(2020, 12, 31), "214"),
            municipality("214", date(2022, 12, 31), "999"),
            municipality("999"),
            municipality("478"),
        ],
        [authority("county-06"), authority("joint-posa")],
        [
            ("214", "immigrant", Duty("joint-posa", date(2017, 1, 1), date(2020, 12, 31))),
            ("214", "immigrant", Duty("county-06", date(2021, 1, 1), None)),
            ("999", "immigrant", Duty("county-06", None, None)),
        ],
    )


def test_a_municipality_is_in_force_on_its_last_day_and_not_after(register):
    assert register.in_force("099", date(2020, 12, 31))
    assert not register.in_force("099", date(2021, 1, 1))
    assert not register.in_force("000", YEAR)


def test_a_merged_municipality_leads_to_its_successor_through_two_mergers(register):
    assert register.current("099", date(2020, 1, 1)) == "099"
    assert register.current("099", YEAR) == "214"
    assert register.current("099", date(2023, 1, 1)) == "999"
    assert register.lineage("099") == ["099", "214", "999"]


def test_an_unknown_code_leads_nowhere(register):
    assert register.current("507", YEAR) is None
    assert register.lineage("507") == []


def test_responsibility_changes_between_two_days(register):
    assert register.responsible("214", "immigrant", date(2020, 12, 31)).authority == "joint-posa"
    assert register.responsible("214", "immigrant", date(2021, 1, 1)).authority == "county-06"
    assert register.responsible("214", "immigrant", date(2016, 12, 31)) is None
    assert register.responsible("214", "under_25", YEAR) is None
    assert register.responsible("478", "immigrant", YEAR) is None


def test_who_receives_a_type_on_a_day_is_listed_once_by_code(register):
    assert [found.code for found in register.authorities_for("immigrant", YEAR)] == ["county-06"]
    assert [found.code for found in register.authorities_for("immigrant", date(2018, 1, 1))] == [
        "county-06",
        "joint-posa",
    ]
    assert register.serves("joint-posa", "immigrant", date(2018, 1, 1))
    assert not register.serves("joint-posa", "immigrant", YEAR)
    assert not register.serves("county-06", "under_25", YEAR)


CODES = [f"{number:03}" for number in range(6)]


@given(
    st.dictionaries(st.sampled_from(CODES), st.tuples(st.none() | st.dates(), st.none() | st.sampled_from(CODES))),
    st.sampled_from(CODES),
    st.dates(),
)
def test_following_successors_ends_even_in_a_circle_and_ends_in_force(ends, code, on):
    register = Register([municipality(one, until, successor) for one, (until, successor) in ends.items()], [], [])
    found = register.current(code, on)
    assert found is None or (register.in_force(found, on) and found in register.lineage(code))
    assert found is not None or not any(register.in_force(one, on) for one in register.lineage(code))
