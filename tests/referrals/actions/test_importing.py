"""A table of payments becomes months of assistance."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kela_kunta.base.actor import Actor, acting
from referrals.actions.importing import import_months, read_table
from referrals.actions.taking_in import INTAKE
from referrals.models import AssistanceMonth, Recipient
from tests.assistance import BORN
from tests.builders import identity_code

pytestmark = pytest.mark.django_db
HEAD = "identity_code;family_name;given_names;month;amount;home_municipality;unemployed;main_income"


def table(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


def paid(month: str, amount: str, number: int = 900, rest: str = "837;yes;yes") -> str:
    return f"{identity_code(BORN, number)};Esimerkki;Oiva;{month};{amount};{rest}"


def test_payments_for_one_month_add_up_and_reclaims_are_taken_off():
    read = read_table(
        table(paid("2026-07", "500,00"), paid("2026-07", "87.71"), paid("2026-07", "-100.00"), paid("2026-08", "20"))
    )
    assert read.troubles == []
    made = import_months(read, by=INTAKE)
    assert (made.way, made.told, made.changed) == ("table", 2, 2)
    with acting(Actor.system("test")):
        months = dict(AssistanceMonth.objects.values_list("month", "amount"))
        assert [str(amount) for amount in months.values()] == ["487.71", "20.00"]
        assert Recipient.objects.get().home_municipality_id == "837"
        assert AssistanceMonth.objects.first().unemployed is True


def test_a_reclaim_that_tells_nothing_but_its_amount_leaves_the_facts_as_they_were():
    head = HEAD + ";non_disclosure"
    rows = paid("2026-07", "500", rest="837;yes;no;yes"), paid("2026-07", "-100", rest=";;;")
    for order in (rows, rows[::-1]):
        read = read_table(table(*order, head=head))
        assert read.troubles == []
        [row] = read.months
        facts = [row[name] for name in ("home_municipality_id", "unemployed", "main_income", "non_disclosure")]
        assert (str(row["amount"]), facts) == ("400.00", ["837", True, False, True])


def test_two_minuses_are_no_amount():
    assert [one.column for one in read_table(table(paid("2026-07", "--5"), paid("2026-07", "6"))).troubles] == [
        "amount"
    ]


def test_every_bad_row_is_named_and_a_good_one_is_not():
    read = read_table(
        table(
            paid("2026-07", "500"),
            paid("2026-13", "500"),
            paid("2026-07", "much", number=901),
            "110190-900X;A;B;2026-07;1;837;yes;yes",
            paid("2026-07", "1", number=902, rest="999;yes;yes"),
            paid("2026-07", "1", number=903, rest="837;maybe;yes"),
            paid("2026-08", "-10", number=904),
            "too;short",
        )
    )
    assert [(one.row, one.column) for one in read.troubles] == [
        (2, "month"), (3, "amount"), (4, "identity_code"), (5, "home_municipality"), (6, "unemployed"), (7, "amount"),
        (8, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unknown_field"),
        (b"\xff\xfe\x00", "not_a_table"),
        (table(head="identity_code,shoe_size"), "unknown_field"),
        (table(head="identity_code;amount;amount"), "repeated_column"),
        (table('"never closed'), "not_a_table"),
    ],
)
def test_what_is_no_table_is_told(content, code):
    assert {one.code for one in read_table(content).troubles} == {code}


def test_a_table_with_commas_reads_the_same():
    read = read_table(table(paid("2026-07", "5.00").replace(";", ","), head=HEAD.replace(";", ",")))
    assert [row["amount"] for row in read.months] == [Decimal("5.00")]


def test_a_minus_behind_the_amount_is_refused_and_not_taken_for_a_payment():
    assert [one.column for one in read_table(table(paid("2026-07", "500-"))).troubles] == ["amount"]


def test_payments_that_add_up_to_more_than_a_month_can_hold_are_refused():
    read = read_table(table(paid("2026-07", "9999999.99"), paid("2026-07", "9999999.99")))
    assert [(one.row, one.column) for one in read.troubles] == [(2, "amount")]
