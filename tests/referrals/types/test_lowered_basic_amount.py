from datetime import date
from types import SimpleNamespace

import pytest

from referrals.types.lowered_basic_amount import GROUNDS, TYPE
from tests.builders import body
from tests.referrals.reading import DAY, read, refused, sentence


def of(*, common=None, **details):
    return body("lowered_basic_amount", on=DAY, common=common, **details)


@pytest.mark.parametrize(
    ("percent", "first", "lawful"),
    [(20, "2026-01-31", True), (40, "2026-01-31", True), (50, "2026-01-31", False), (50, "2026-02-01", True),
     (60, "2026-02-01", False), (30, "2026-02-01", False)],
)  # fmt: skip
def test_the_per_cent_is_one_of_those_of_the_lowerings_first_day(percent, first, lawful):
    wanted = {"from": first, "to": first, "month": first[:7], "percent": percent}
    assert refused(of(**wanted)) == (set() if lawful else {("details/percent", "percent_not_allowed")})


def test_the_lawful_per_cents_are_named():
    first = {"from": "2025-05-01", "to": "2025-05-31", "month": "2025-05"}
    assert sentence(of(**first, percent=60)) == "A lowering that begins on 1.5.2025 can be 20, 40 per cent."


@pytest.mark.parametrize(("percent", "code"), [(0, "min_value"), (101, "max_value"), (-20, "min_value"), ("20 %", "invalid"),
                                               (20.5, "invalid"), (True, "invalid"), (None, "required"), ([20], "invalid")])  # fmt: skip
def test_the_per_cent_is_a_whole_number(percent, code):
    assert refused(of(percent=percent)) == {("details/percent", code)}


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [("2026-11-01", "2026-12-31", None), ("2026-10-15", "2026-12-14", None), ("2025-12-31", "2026-02-28", None),
     ("2026-11-01", "2027-01-01", "too_long"), ("2026-10-15", "2026-12-15", "too_long"), ("2026-11-01", "2027-03-31", "too_long"),
     ("2026-11-30", "2026-11-29", "backwards")],
)  # fmt: skip
def test_a_lowering_lasts_at_most_two_months(first, last, code):
    wanted = of(**{"from": first, "to": last, "month": first[:7]})
    assert refused(wanted) == ({("details/to", code)} if code else set())


def test_the_law_is_told_when_it_lasts_longer():
    assert sentence(of(**{"from": "2026-07-01", "to": "2026-11-30"})) == "The law allows two months at a time."


@pytest.mark.parametrize(
    ("month", "inside"), [("2026-09", False), ("2026-10", True), ("2026-11", True), ("2026-12", False)]
)
def test_the_month_is_one_of_the_lowerings(month, inside):
    wanted = of(**{"from": "2026-10-15", "to": "2026-11-30", "month": month})
    assert refused(wanted) == (set() if inside else {("details/month", "month_outside")})


def test_a_ground_is_needed_and_is_one_of_the_laws():
    assert refused(of(ground=None)) == {("details/ground", "required")}
    assert refused(of(ground="laziness")) == {("details/ground", "invalid_choice")}


@pytest.mark.parametrize("ground", sorted(set(GROUNDS) - {"other"}))
def test_every_ground_is_taken_today(ground):
    assert not refused(of(ground=ground))


def test_another_ground_is_told_in_words():
    assert refused(of(ground="other")) == {("additional_information", "ground_untold")}
    assert not refused(of(ground="other", common={"additional_information": "Left the course."}))


def test_a_ground_of_the_reform_does_not_reach_back():
    before = {"from": "2026-01-01", "to": "2026-01-31", "month": "2026-01"}
    assert refused(of(**before, ground="full_benefit_not_applied")) == {("details/ground", "ground_not_yet")}


def test_the_client_may_learn_of_it_by_the_decision():
    assert not refused(of(common={"client_informed_on": None}))


def test_a_new_notice_takes_the_place_of_the_same_months():
    assert TYPE.replaces == ("month",)
    assert read(of()).details["month"] == date(2026, 11, 1)


def test_it_is_told_by_per_cent_month_and_ground():
    details = SimpleNamespace(percent=20, month=date(2026, 3, 1), ground="refused_work")
    assert TYPE.matter(details) == "20 %, 3/2026: Refused work"
