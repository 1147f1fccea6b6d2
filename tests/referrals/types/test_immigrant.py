from datetime import date, timedelta

import pytest

from referrals.types.immigrant import RESIDENCE_GROUNDS, TYPE
from tests.builders import body, identity_code, months
from tests.referrals.reading import DAY, read, refused, sentence, warned


def of(*, on=DAY, **details):
    return body("immigrant", on=on, **details)


def test_one_month_is_refused():
    wrong = of(months=["2026-10"])
    assert refused(wrong) == {("details/months", "too_few_months")}
    assert sentence(wrong) == "One month found: 10/2026. This notice needs 2 in a row."


def test_two_months_apart_are_refused():
    assert refused(of(months=["2026-08", "2026-10"])) == {("details/months", "gap")}


@pytest.mark.parametrize("ground", sorted(set(RESIDENCE_GROUNDS) - {"none"}))
def test_every_right_of_residence_is_taken(ground):
    assert not refused(of(residence_ground=ground))


def test_without_a_right_of_residence_another_notice_is_meant():
    wrong = of(residence_ground="none")
    assert refused(wrong) == {("details/residence_ground", "no_right_of_residence")}
    assert sentence(wrong) == "No right of residence: use a social-work notice."


def test_three_years_after_the_first_permit_the_act_does_not_apply():
    assert not refused(of(first_permit_on="2023-11-24"))
    wrong = of(first_permit_on="2023-11-23")
    assert refused(wrong) == {("details/first_permit_on", "permit_too_old")}
    assert sentence(wrong) == "More than 3 years since 23.11.2023: the Act's assessment no longer applies."


def test_three_years_from_a_leap_day_end_on_the_first_of_march():
    for on, old in ((date(2027, 3, 1), False), (date(2027, 3, 2), True)):
        assert bool(refused(of(on=on, first_permit_on="2024-02-29"), on=on)) is old


def test_to_the_end_of_2024_the_permit_may_be_of_any_age():
    for on, old in ((date(2024, 12, 31), False), (date(2025, 1, 1), True)):
        assert bool(refused(of(on=on, first_permit_on="2010-02-02", months=months(on, 2)), on=on)) is old


def test_a_permit_of_unknown_date_is_only_warned_of_and_only_from_2025():
    assert warned(of(first_permit_on=None)) == {("details.first_permit_on", "permit_unknown")}
    on = date(2024, 12, 31)
    assert not warned(of(on=on, first_permit_on=None), on=on)


@pytest.mark.parametrize("field", ["first_permit_on", "arrived_on"])
def test_what_happened_did_not_happen_tomorrow(field):
    assert refused(of(**{field: (DAY + timedelta(days=1)).isoformat()})) == {(f"details/{field}", "future")}


def test_another_main_living_is_only_warned_of_and_only_since_kela_asks_for_it():
    assert warned(of(main_income=False)) == {("details.main_income", "not_main_income")}
    on = date(2017, 10, 27)
    assert not warned(of(on=on, main_income=False), on=on)


def test_a_child_is_only_warned_of():
    child = body("immigrant", on=DAY, client={"identity_code": identity_code(date(2015, 1, 1))})
    assert warned(child) == {("client.identity_code", "not_yet_jobseeker")}


def test_it_is_told_by_its_months_and_the_first_permit():
    draft = read(of(first_permit_on="2025-09-03"))
    assert TYPE.matter(TYPE.model(**draft.details)) == "2 months: 9–10/2026, first permit 3.9.2025"
    assert TYPE.matter(TYPE.model(**dict(draft.details) | {"first_permit_on": None})) == "2 months: 9–10/2026"
