"""What becomes of an alert whose ground is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from referrals.rules.detection import Month
from referrals.rules.grounds import Remedy, remedy, stands
from tests.referrals.rules.test_detection import FIRST, IMMIGRANT, UNDER_25, month_at, paid

APRIL = date(2024, 4, 1)
UNPAID = Month(APRIL, Decimal(0))
ALERTED = [FIRST, month_at(1), month_at(2), APRIL]


def test_it_stands_while_a_sufficient_spell_shares_a_month():
    assert stands(paid(0, 1, 2, 3), ALERTED, UNDER_25)
    assert stands(paid(3, 4, 5, 6), ALERTED, UNDER_25)
    assert not stands([*paid(0, 1, 2), UNPAID], ALERTED, UNDER_25)
    assert not stands([*paid(0, 1, 2, *range(4, 9)), UNPAID], ALERTED, UNDER_25)


def test_where_nothing_is_told_of_these_months_nothing_speaks_against_it():
    assert stands([], ALERTED, UNDER_25)
    assert stands(paid(8, 9), ALERTED, UNDER_25)


def test_a_month_that_nobody_has_told_yet_speaks_for_an_alert_that_a_person_found():
    assert stands(paid(3), ALERTED, UNDER_25)
    assert stands(paid(2, 3), ALERTED, UNDER_25)
    assert not stands([UNPAID], ALERTED, UNDER_25)


def test_a_fact_that_nobody_has_told_does_not_speak_against_it():
    in_doubt = replace(paid(3)[0], unemployed=None)
    assert stands([*paid(0, 1, 2), in_doubt], ALERTED, UNDER_25)
    assert not stands([*paid(0, 1), UNPAID, replace(in_doubt, month=month_at(2))], ALERTED, UNDER_25)
    assert not stands([*paid(0, 1, 2), replace(in_doubt, integration_plan=True)], ALERTED, UNDER_25)
    without, none = (
        replace(month, residence_ground=ground) for month, ground in zip(paid(0, 0), ("", "none"), strict=True)
    )
    assert stands([without], ALERTED[:2], IMMIGRANT)
    assert not stands([none], ALERTED[:2], IMMIGRANT)


@pytest.mark.parametrize(
    ("status", "what"),
    [
        ("sent", Remedy.WITHDRAW), ("unroutable", Remedy.WITHDRAW), ("delivered", Remedy.WITHDRAW),
        ("acknowledged", Remedy.WITHDRAW), ("returned", Remedy.WITHDRAW), ("in_progress", Remedy.TELL),
        ("closed", Remedy.NOTE),
    ],
)  # fmt: skip
def test_what_is_done_depends_on_how_far_it_came(status, what):
    assert remedy(status) is what
