from datetime import date

import pytest

from referrals.types.under_25 import TYPE
from tests.builders import body, identity_code
from tests.referrals.reading import DAY, read, refused, sentence, warned


def of(*, on=DAY, born=None, **details):
    client = {"identity_code": identity_code(born)} if born else None
    return body("under_25", on=on, client=client, **details)


def test_it_is_not_for_a_person_of_26():
    assert refused(of(born=date(2000, 11, 24))) == {("client/identity_code", "too_old")}


def test_who_turns_25_on_the_sending_day_is_too_old_and_a_day_later_is_not():
    on = date(2017, 4, 3)
    assert refused(of(on=on, born=date(1992, 4, 3)), on=on) == {("client/identity_code", "too_old")}
    assert (
        sentence(of(on=on, born=date(1992, 4, 3)), on=on) == "Client turned 25 on 3.4.2017; this notice is for younger."
    )
    assert not refused(of(on=on, born=date(1992, 4, 4)), on=on)


def test_who_was_born_on_a_leap_day_is_24_to_the_end_of_february():
    for on, old in ((date(2017, 2, 28), False), (date(2017, 3, 1), True)):
        assert bool(refused(of(on=on, born=date(1992, 2, 29)), on=on)) is old


def test_age_is_told_by_the_date_of_birth_where_there_is_no_code():
    wrong = of()
    wrong["client"] |= {"identity_code": None, "no_identity_code_reason": "x", "birth_date": "2000-11-24"}
    assert refused(wrong) == {("client/birth_date", "too_old")}


def test_a_child_is_only_warned_of():
    assert warned(of(born=date(2010, 1, 1))) == {("client.identity_code", "not_yet_jobseeker")}


def test_fewer_than_four_months_are_refused():
    on = date(2017, 5, 3)
    wrong = of(on=on, months=["2017-02", "2017-03", "2017-04"])
    assert refused(wrong, on=on) == {("details/months", "too_few_months")}
    assert sentence(wrong, on=on) == "3 months found: 2–4/2017. This notice needs 4 in a row."


def test_a_gap_in_the_months_is_named():
    on = date(2017, 5, 30)
    wrong = of(on=on, months=["2017-05", "2017-01", "2017-02", "2017-04"])
    assert refused(wrong, on=on) == {("details/months", "gap")}
    assert sentence(wrong, on=on) == "3/2017 is missing."


def test_months_in_any_order_are_kept_in_order():
    written = ["2026-10", "2026-08", "2026-07", "2026-09"]
    assert read(of(months=written)).details["months"] == [date(2026, place, 1) for place in (7, 8, 9, 10)]


@pytest.mark.parametrize(
    ("months", "code"),
    [(["2026-07", "2026-08", "2026-09", "2026-09"], "repeated"), ([], "min_length"), ("2026-07", "not_a_list"),
     ({"2026-07": True}, "not_a_list"), (["2026-07"] * 241, "max_length"), (None, "required")],
)  # fmt: skip
def test_months_are_a_list_of_different_months(months, code):
    assert refused(of(months=months)) == {("details/months", code)}


@pytest.mark.parametrize("month", ["2026-13", "2026-7", "7/2026", 202607, None, "2026-00", "0000-01"])
def test_a_month_that_is_none_is_refused_where_it_stands(month):
    ((pointer, _),) = refused(of(months=["2026-07", "2026-08", "2026-09", month]))
    assert pointer == "details/months/3"


def test_a_month_still_to_come_is_refused_and_the_present_one_is_not():
    assert refused(of(months=["2026-09", "2026-10", "2026-11", "2026-12"])) == {("details/months", "future_month")}
    assert not refused(of(months=["2026-08", "2026-09", "2026-10", "2026-11"]))


def test_months_that_ended_before_last_month_are_warned_of():
    assert warned(of(months=["2026-06", "2026-07", "2026-08", "2026-09"])) == {("details.months", "not_current")}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("unemployed", False, "not_unemployed"), ("main_income", False, "not_main_income"),
     ("integration_plan", True, "has_integration_plan"), ("jobseeker_registered", "maybe", "invalid_choice"),
     ("found_by", "chance", "invalid_choice"), ("unemployed", None, "required")],
)  # fmt: skip
def test_whom_the_law_does_not_mean_is_refused_by_the_field_that_says_so(field, value, code):
    assert refused(of(**{field: value})) == {(f"details/{field}", code)}


def test_it_is_never_urgent_and_is_told_by_its_months():
    draft = read(of())
    assert not draft.urgent
    assert TYPE.matter(TYPE.model(**draft.details)) == "4 months: 7–10/2026"
