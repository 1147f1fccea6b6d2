"""The replay's alerts are found in months of assistance, not written."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from kela_kunta.base.actor import acting
from kela_kunta.demo.months import REPLAYER, found_alerts, searches, tell_months
from kela_kunta.demo.plan import TOTALS
from kela_kunta.demo.world import world
from referrals.models import Alert, AlertRun, AssistanceMonth

pytestmark = pytest.mark.django_db


def test_the_year_2017_has_exactly_the_alerts_that_kela_told_of():
    plan = world(2017).plan
    tell_months(plan, 2017)
    found = found_alerts(plan, 2017)
    types = {one.number: one.type for one in plan}
    assert Counter(types[number] for number in found) == {
        type: TOTALS[2017][type] for type in ("under_25", "immigrant")
    }
    with acting(REPLAYER):
        assert Alert.objects.exclude(state__in=["lacking", "coming"]).count() == 12_626 + 1_799
        assert AssistanceMonth.objects.count() > 4 * 12_626
        runs = AlertRun.objects.count()
    tell_months(plan, 2017)
    assert found_alerts(plan, 2017) == found
    with acting(REPLAYER):
        assert AlertRun.objects.count() == runs


def test_of_some_it_is_told_whether_they_were_still_on_assistance_four_months_after():
    plan = [one for one in world(2017, sample=800).plan if one.type == "under_25"]
    tell_months(plan, 2017)
    with acting(REPLAYER):
        afterwards = AssistanceMonth.objects.filter(month__gte=date(2018, 1, 1)).values_list("amount", flat=True)
        assert {amount > 0 for amount in afterwards} == {True, False}


def test_kela_looks_each_week_on_which_a_rule_holds():
    days = [
        date(2017, 4, 24),
        date(2017, 4, 25),
        date(2017, 5, 2),
        date(2017, 5, 3),
        date(2017, 10, 30),
        date(2018, 1, 2),
    ]
    assert searches(days) == {
        "under_25": [date(2017, 5, 2), date(2017, 10, 30), date(2018, 1, 2)],
        "immigrant": [date(2017, 10, 30), date(2018, 1, 2)],
        "over_25": [date(2018, 1, 2)],
    }


def test_without_the_last_month_nobody_is_found():
    plan = [one for one in world(2017, sample=300).plan if one.type == "under_25"]
    tell_months(plan, 2017)
    assert len(found_alerts(plan, 2017)) == len(plan) > 20
