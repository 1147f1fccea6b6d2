"""Whom alerts mean, against a second, slow and obvious reading of the same rules, and life stories with the law's outcome."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.rules.detection import (
    Found,
    Lacking,
    Month,
    NotYet,
    Rule,
    Spell,
    Unknown,
    coming,
    counts,
    detect,
    rule_of,
    spells,
    sufficient,
)

UNDER_25 = Rule(
    "under_25", date(2017, 5, 1), None, 4, full_months=False, main_income=True, unemployed=True, without_plan=True,
    residence_ground=False, age_at_least=17, age_below=25, years_since_first_permit=None, basis="189/2001 27 §",
)  # fmt: skip
OVER_25 = Rule(
    "over_25", date(2018, 1, 1), None, 12, full_months=False, main_income=True, unemployed=True, without_plan=True,
    residence_ground=False, age_at_least=25, age_below=None, years_since_first_permit=None, basis="189/2001 27 §",
)  # fmt: skip
IMMIGRANT = Rule(
    "immigrant", date(2025, 1, 1), None, 2, full_months=True, main_income=True, unemployed=False, without_plan=False,
    residence_ground=True, age_at_least=17, age_below=None, years_since_first_permit=3, basis="681/2023 84 §",
)  # fmt: skip
RULES = [UNDER_25, OVER_25, IMMIGRANT]
FIRST = date(2024, 1, 1)


def month_at(place: int) -> date:
    return date(2024 + place // 12, place % 12 + 1, 1)


def paid(*places: int, **facts: object) -> list[Month]:
    """Months of assistance, counted from January 2024, with all that an alert asks unless `facts` say otherwise."""
    known = {
        "main_income": True, "unemployed": True, "integration_plan": False, "residence_ground": "family_tie",
        "first_permit_on": date(2024, 1, 15),
    }  # fmt: skip
    return [
        Month(
            month_at(place),
            Decimal(facts.get("amount", 500)),
            **known | {k: v for k, v in facts.items() if k != "amount"},
        )
        for place in places
    ]


# Ten life stories


def test_four_months_in_a_row_at_twenty_three():
    found = detect(paid(0, 1, 2, 3), date(2001, 2, 10), UNDER_25, on=date(2024, 4, 20))
    assert found == Found(Spell(FIRST, date(2024, 4, 1)), 23, date(2024, 1, 15))


def test_three_months_a_gap_and_one_are_no_spell():
    assert detect(paid(0, 1, 2, 4), date(2001, 2, 10), UNDER_25, on=date(2024, 5, 20)) is None


def test_turning_twenty_five_before_the_job_runs_ends_it_on_the_birthday():
    months, born = paid(0, 1, 2, 3), date(1999, 4, 20)
    assert isinstance(detect(months, born, UNDER_25, on=date(2024, 4, 19)), Found)
    assert detect(months, born, UNDER_25, on=date(2024, 4, 20)) is None


def test_born_on_a_leap_day_is_twenty_five_on_the_first_of_march():
    months, born = paid(*range(9, 14)), date(2000, 2, 29)
    assert isinstance(detect(months, born, UNDER_25, on=date(2025, 2, 28)), Found)
    assert detect(months, born, UNDER_25, on=date(2025, 3, 1)) is None


def test_twelve_months_across_the_birthday_count_from_twenty_five_on():
    months, born = paid(*range(12)), date(1999, 12, 24)
    assert detect(months, born, OVER_25, on=date(2024, 12, 23)) == NotYet(date(2024, 12, 24))
    assert isinstance(detect(months, born, OVER_25, on=date(2024, 12, 24)), Found)


def test_who_has_stopped_getting_it_is_not_told_of():
    assert detect(paid(0, 1, 2, 3), date(2001, 2, 10), UNDER_25, on=date(2024, 5, 31)) is not None
    assert detect(paid(0, 1, 2, 3), date(2001, 2, 10), UNDER_25, on=date(2024, 6, 1)) is None


def test_a_month_paid_back_in_full_breaks_the_spell():
    months = [*paid(0, 1, 3, 4), *paid(2, amount="0.00")]
    assert detect(months, date(2001, 2, 10), UNDER_25, on=date(2024, 5, 20)) is None


def test_an_immigrant_of_two_months_is_told_of_when_the_second_is_over():
    months, born = paid(0, 1), date(1990, 5, 5)
    assert detect(months, born, IMMIGRANT, on=date(2024, 2, 20)) == NotYet(date(2024, 3, 1))
    assert isinstance(detect(months, born, IMMIGRANT, on=date(2024, 3, 1)), Found)


def test_three_years_after_the_first_permit_the_assessment_no_longer_applies():
    months, born = paid(0, 1, first_permit_on=date(2021, 3, 1)), date(1990, 5, 5)
    assert isinstance(detect(months, born, IMMIGRANT, on=date(2024, 3, 1)), Found)
    assert detect(months, born, IMMIGRANT, on=date(2024, 3, 2)) is None
    leap = paid(36, 37, first_permit_on=date(2024, 2, 29))
    assert isinstance(detect(leap, born, IMMIGRANT, on=date(2027, 3, 1)), Found)
    assert detect(leap, born, IMMIGRANT, on=date(2027, 3, 2)) is None
    assert detect(paid(0, 1, first_permit_on=None), born, IMMIGRANT, on=date(2024, 3, 1)) == Lacking(
        frozenset({Unknown.FIRST_PERMIT}), Spell(FIRST, date(2024, 2, 1))
    )


def test_a_fact_that_nobody_told_gives_no_alert_but_is_listed():
    months = [*paid(0, 1, 2), *paid(3, unemployed=None, integration_plan=None)]
    lacking = Lacking(frozenset({Unknown.UNEMPLOYED}), Spell(FIRST, date(2024, 4, 1)))
    assert detect(months, date(2001, 2, 10), UNDER_25, on=date(2024, 4, 20)) == lacking
    assert detect(months, date(1990, 2, 10), UNDER_25, on=date(2024, 4, 20)) is None
    assert detect(months, date(2001, 2, 10), UNDER_25, on=date(2024, 4, 20), alerted=[FIRST]) is None


def test_no_other_alert_for_a_spell_that_shares_a_month_with_one():
    months = paid(*range(8))
    assert detect(months, date(2001, 2, 10), UNDER_25, on=date(2024, 8, 20), alerted=[date(2024, 3, 1)]) is None
    again = [*months, *paid(*range(9, 13))]
    assert isinstance(
        detect(again, date(2001, 2, 10), UNDER_25, on=date(2025, 1, 20), alerted=[date(2024, 3, 1)]), Found
    )


def test_a_valid_integration_plan_and_no_right_of_residence_do_not_count():
    assert counts(paid(0, integration_plan=True)[0], UNDER_25) is False
    assert counts(paid(0, integration_plan=True)[0], IMMIGRANT) is True
    assert counts(paid(0, residence_ground="none")[0], IMMIGRANT) is False
    assert counts(paid(0, residence_ground=None)[0], IMMIGRANT) is False


@pytest.mark.parametrize(("day", "there"), [(date(2017, 4, 30), False), (date(2017, 5, 1), True)])
def test_no_alert_before_the_duty_began(day, there):
    assert (rule_of(RULES, "under_25", day) is not None) == there


# The same by another reading

FLAG = st.sampled_from([True, True, True, False, None])
MONTHS = st.lists(
    st.builds(
        Month,
        st.integers(0, 17).map(month_at),
        st.sampled_from([Decimal(0), Decimal(1), Decimal(400)]),
        FLAG,
        FLAG,
        st.sampled_from([False, False, False, True, None]),
        st.sampled_from(["family_tie", "none", None]),
        st.sampled_from([None, date(2022, 3, 1), date(2024, 2, 29)]),
    ),
    max_size=18,
    unique_by=lambda month: month.month,
)
BORN = st.dates(date(1997, 1, 1), date(2009, 12, 31))
DAY = st.dates(date(2024, 1, 1), date(2025, 9, 30))


def obviously_counts(month: Month, rule: Rule) -> bool:
    wanted = [month.amount > 0]
    if rule.main_income:
        wanted.append(month.main_income is True)
    if rule.unemployed:
        wanted.append(month.unemployed is True)
    if rule.without_plan:
        wanted.append(month.integration_plan is False)
    if rule.residence_ground:
        wanted.append(month.residence_ground not in (None, "", "none"))
    return all(wanted)


def obviously(months: list[Month], born: date, rule: Rule, on: date, alerted: list[date]) -> list[date] | None:
    """The months of the alert that is due on the day, by walking back month by month."""
    by_month = {month.month: month for month in months}
    here = on.replace(day=1)
    before = (here - timedelta(days=1)).replace(day=1)

    def is_counted(month: date) -> bool:
        return month in by_month and obviously_counts(by_month[month], rule)

    last = here if is_counted(here) else before
    run: list[date] = []
    while is_counted(last):
        run.insert(0, last)
        last = (last - timedelta(days=1)).replace(day=1)
    if len(run) < rule.min_months or set(run) & set(alerted):
        return None
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if rule.age_below is not None and age >= rule.age_below:
        return None
    if rule.age_at_least is not None and age < rule.age_at_least:
        return None
    if rule.full_months and here <= run[rule.min_months - 1]:
        return None
    if rule.years_since_first_permit is not None:
        permits = [
            one.first_permit_on
            for one in sorted(months, key=lambda one: one.month)
            if one.first_permit_on and one.month <= here
        ]
        if not permits:
            return None
        permit = permits[-1]
        try:
            limit = permit.replace(year=permit.year + rule.years_since_first_permit)
        except ValueError:
            limit = date(permit.year + rule.years_since_first_permit, 3, 1)
        if on > limit:
            return None
    return run


@given(MONTHS, BORN, DAY, st.sampled_from(RULES), st.lists(st.integers(0, 17).map(month_at), max_size=2))
def test_detection_equals_the_obvious_reading(months, born, on, rule, alerted):
    found = detect(months, born, rule, on=on, alerted=alerted)
    assert (found.spell.months if isinstance(found, Found) else None) == obviously(months, born, rule, on, alerted)


@given(MONTHS, BORN, DAY, st.sampled_from(RULES))
def test_not_yet_means_a_later_day_and_nothing_before_it(months, born, on, rule):
    found = detect(months, born, rule, on=on)
    if isinstance(found, NotYet):
        assert found.on > on
        assert not isinstance(detect(months, born, rule, on=found.on - timedelta(days=1)), Found)


@given(MONTHS, st.sampled_from(RULES))
def test_spells_are_maximal_runs_of_counted_months(months, rule):
    found = spells(months, rule)
    counted = sorted(one.month for one in months if obviously_counts(one, rule))
    assert [month for spell in found for month in spell.months] == counted
    assert all(spell.length >= rule.min_months for spell in sufficient(months, rule))


def test_coming_is_who_reaches_the_limit_this_month_or_next():
    born, on = date(2001, 2, 10), date(2024, 4, 20)
    assert coming(paid(1, 2), born, UNDER_25, on=on) == Spell(
        month_at(1), month_at(2)
    )  # April and May are the 3rd and 4th
    assert coming(paid(2, 3), born, UNDER_25, on=on) is None
    assert coming(paid(0, 1, 2, 3), born, UNDER_25, on=on) is None
    assert coming(paid(0, 1, 2), date(1999, 5, 20), UNDER_25, on=on) is None  # turns 25 in May
    assert coming(paid(1, 2), born, UNDER_25, on=on, alerted=[month_at(1)]) is None


@given(MONTHS, BORN, DAY, st.sampled_from(RULES))
def test_whoever_is_coming_is_found_next_month_if_all_goes_on(months, born, on, rule):
    if coming(months, born, rule, on=on) is None:
        return
    known = sorted((one for one in months if one.month <= on.replace(day=1)), key=lambda one: one.month)
    here = on.replace(day=1)
    after = (here + timedelta(days=32)).replace(day=1)
    on_and_on = known + [replace(known[-1], month=month) for month in (here, after) if month > known[-1].month]
    last_day = (after + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    assert obviously(on_and_on, born, rule, last_day, []) is not None
