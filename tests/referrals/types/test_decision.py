from datetime import date, timedelta
from decimal import Decimal

import pytest

from kela_kunta.base.problems import Invalid
from referrals.drafts import read_decision
from referrals.types.decision import balance_by_month, decision_faults
from tests.builders import decision, line

DAY = date(2026, 11, 24)


def refused(written):
    try:
        read_decision(written, on=DAY)
    except Invalid as problem:
        return {(error.pointer, error.code): str(error.detail) for error in problem.errors}
    return {}


def warned(written):
    faults = decision_faults(read_decision(written, on=DAY), on=DAY, path="")
    return {(fault.path, fault.code) for fault in faults if fault.warning}


def lines(*, income="0.00", expense="0.00", month="2026-11"):
    return [line(month, "income", income), line(month, "expense", expense)]


def test_a_decision_of_the_sending_day_is_taken_and_one_of_the_next_refused():
    assert not refused(decision(DAY))
    assert refused(decision(DAY + timedelta(days=1))) == {
        ("#/decided_on", "after_sending"): "The decision is dated after the sending, 24.11.2026."
    }


@pytest.mark.parametrize("result", ["granted", "partly"])
def test_lines_with_a_surplus_contradict_money_granted(result):
    wrong = decision(DAY, result=result, calculation_lines=lines(income="112.40", expense="100.00"))
    assert refused(wrong) == {
        ("#/calculation_lines", "sum_contradicts_result"):
            "The lines give a surplus of 12,40 €, the decision says deficit."
    }  # fmt: skip


@pytest.mark.parametrize("income", ["100.00", "99.99"])
def test_no_surplus_contradicts_nothing(income):
    assert not refused(decision(DAY, calculation_lines=lines(income=income, expense="100.00")))


def test_a_surplus_in_one_month_of_two_contradicts_nothing():
    both = lines(income="200.00", expense="100.00") + lines(income="90.00", expense="100.00", month="2026-12")
    assert not refused(decision(DAY, calculation_lines=both))


def test_a_deficit_only_casts_doubt_on_a_rejection():
    doubtful = decision(DAY, result="rejected", calculation_lines=lines(income="90.00", expense="100.00"))
    assert not refused(doubtful)
    assert warned(doubtful) == {("calculation_lines", "sum_contradicts_result")}


@pytest.mark.parametrize("kind", ["expense", "asset"])
def test_only_income_can_be_privileged(kind):
    wrong = decision(DAY, calculation_lines=[*lines(expense="1.00"), line("2026-11", kind, "1.00", privileged=True)])
    assert set(refused(wrong)) == {("#/calculation_lines/2/privileged", "privileged_not_income")}


@pytest.mark.parametrize(
    ("result", "needed"), [("granted", True), ("partly", True), ("rejected", False), ("pending", False)]
)
def test_money_granted_has_a_calculation(result, needed):
    assert bool(refused(decision(DAY, result=result, calculation_lines=[]))) is needed


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"number": "x" * 65}, "#/number"),
        ({"result": "approved"}, "#/result"),
        ({"period": {"from": "2026-11", "to": "2026-10"}}, "#/period/to"),
        ({"calculation_lines": {}}, "#/calculation_lines"),
        ({"calculation_lines": [line("2026-11", "gift", "1.00")]}, "#/calculation_lines/0/kind"),
        ({"calculation_lines": [line("11/2026", "income", "1.00")]}, "#/calculation_lines/0/month"),
        ({"calculation_lines": [line("2026-11", "income", "-1.00")]}, "#/calculation_lines/0/amount"),
        ({"calculation_lines": [line("2026-11", "income", "1.00", label="x" * 201)]}, "#/calculation_lines/0/label"),
        ({"calculation_lines": [line("2026-11", "income", "1.00", source="thl")]}, "#/calculation_lines/0/source"),
    ],
)
def test_each_fault_stands_by_its_field(fields, pointer):
    assert {found for found, _ in refused(decision(DAY, **fields))} == {pointer}


def test_privileged_income_is_left_out_of_account():
    written = [
        line("2026-12", "income", "500.00"),
        line("2026-11", "expense", "587.71"),
        line("2026-11", "income", "300.00"),
        line("2026-11", "asset", "20.00"),
        line("2026-11", "income", "108.00", privileged=True),
    ]
    assert balance_by_month(written) == {"2026-11": Decimal("-267.71"), "2026-12": Decimal("500.00")}


def test_a_month_of_privileged_income_alone_is_balanced():
    assert balance_by_month([line("2026-11", "income", "108.00", privileged=True)]) == {"2026-11": Decimal(0)}
