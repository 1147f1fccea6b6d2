from datetime import timedelta
from types import SimpleNamespace

import pytest

from referrals.types.supplementary_application import BASIC_FIRST, EXPENSES, TYPE
from tests.builders import body, decision
from tests.referrals.reading import DAY, read, refused, sentence, warned


def of(**details):
    return body("supplementary_application", on=DAY, **details)


def expense(code="home_furnishing", amount="250.00", text=""):
    return {"code": code, "amount": amount, "text": text}


def test_it_is_sent_only_at_the_clients_request():
    wrong = of(requested_by_client=False)
    assert refused(wrong) == {("details/requested_by_client", "not_requested")}
    assert sentence(wrong) == "The law lets Kela forward only at the client's request."


def test_the_client_has_been_told():
    wrong = body("supplementary_application", on=DAY, common={"client_informed_on": None})
    assert refused(wrong) == {("client_informed_on", "client_not_informed")}


def test_the_application_came_before_it_was_sent():
    assert refused(of(application_received_on=(DAY + timedelta(days=1)).isoformat())) == {
        ("details/application_received_on", "future")
    }


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [("2027-01", "2026-12", "backwards"), ("2026-01", "2027-01", "too_long"), ("2026-01", "2026-13", "invalid")],
)
def test_the_period_is_at_most_twelve_months_in_order(first, last, code):
    assert refused(of(application_period={"from": first, "to": last})) == {("details/application_period/to", code)}


def test_a_period_of_twelve_months_is_taken():
    assert not refused(of(application_period={"from": "2026-01", "to": "2026-12"}))


@pytest.mark.parametrize("period", ["2026-11", ["2026-11", "2026-12"], {}, None])
def test_a_period_has_two_ends(period):
    assert all(
        pointer.startswith("details/application_period") for pointer, _ in refused(of(application_period=period))
    )
    assert refused(of(application_period=period))


@pytest.mark.parametrize("name", ["urgent_supplementary", "urgent_basic"])
def test_each_urgency_has_its_own_reason(name):
    assert refused(of(**{name: True})) == {(f"details/{name}_reason", "urgency_untold")}
    assert refused(of(**{name: True, f"{name}_reason": "x" * 501})) == {(f"details/{name}_reason", "max_length")}
    assert not refused(of(**{name: True, f"{name}_reason": "No food."}))


def test_only_the_urgency_of_the_supplementary_counts():
    assert read(of(urgent_supplementary=True, urgent_supplementary_reason="No food.")).urgent
    assert not read(of(urgent_basic=True, urgent_basic_reason="No food.")).urgent


def test_an_urgent_supplementary_without_an_urgent_basic_is_only_warned_of():
    urgent = of(urgent_supplementary=True, urgent_supplementary_reason="No food.")
    assert warned(urgent) == {("details.urgent_basic", "basic_urgent_too"), ("client.place_of_stay", "stay_untold")}
    urgent["details"]["basic_decision"] = decision(DAY)
    urgent["client"]["place_of_stay"] = "091"
    assert not warned(urgent)


def test_at_least_one_expense_is_named():
    assert refused(of(expenses=[])) == {("details/expenses", "empty")}
    assert refused(of(expenses=None)) == {("details/expenses", "required")}


@pytest.mark.parametrize("expenses", ["bed", {"code": "other"}, [[]], ["bed"], [None], [expense()] * 101])
def test_expenses_are_a_short_list_of_objects(expenses):
    assert all(pointer.startswith("details/expenses") for pointer, _ in refused(of(expenses=expenses)))
    assert refused(of(expenses=expenses))


@pytest.mark.parametrize("code", EXPENSES)
def test_every_expense_can_be_asked_for(code):
    assert not refused(of(expenses=[expense(), expense(code, text="It.")]))


@pytest.mark.parametrize(
    ("amount", "code"),
    [("1e5", "invalid"), ("-0.01", "min_value"), ("0.001", "max_decimal_places"), ("1000000000", "max_digits"), ("NaN", "invalid"),
     ("Infinity", "invalid"), ("ten", "invalid"), (True, "invalid"), ([1], "invalid"), ("9" * 2000, "max_string_length")],
)  # fmt: skip
def test_an_amount_is_euros_and_cents_not_below_zero(amount, code):
    ((pointer, found),) = refused(of(expenses=[expense(amount=amount)]))
    assert pointer == "details/expenses/0/amount"
    assert found == code or found == "max_whole_digits"


@pytest.mark.parametrize(
    ("written", "kept"), [("250", "250.00"), ("1 250,5", "1250.50"), (250, "250.00"), (0.1, "0.10"), (None, None)]
)
def test_an_amount_is_kept_with_two_decimals(written, kept):
    assert read(of(expenses=[expense(amount=written, text="Bed")])).details["expenses"][0]["amount"] == kept


def test_the_expenses_are_together_at_most_100_000_euros():
    assert not refused(of(expenses=[expense(amount="50000.00")] * 2))
    assert refused(of(expenses=[expense(amount="50000.00"), expense(amount="50000.01")])) == {
        ("details/expenses", "sum_too_large")
    }


def test_another_expense_is_told_in_words():
    assert refused(of(expenses=[expense("other")])) == {("details/expenses/0/text", "expense_untold")}


def test_an_expense_has_an_amount_or_words():
    assert refused(of(expenses=[expense(), expense(amount=None)])) == {("details/expenses/1/amount", "expense_empty")}


@pytest.mark.parametrize("code", sorted(BASIC_FIRST))
def test_what_kela_decides_first_is_warned_of_among_others(code):
    assert warned(of(expenses=[expense(), expense(code)])) == {("details.expenses.1.code", "basic_first")}


def test_nothing_but_what_kela_decides_first_is_refused_until_it_has_decided():
    only = [expense("rent_deposit")]
    assert refused(of(expenses=only)) == {("details/expenses", "only_basic")}
    assert refused(of(expenses=only, basic_decision=decision(DAY, result="pending"))) == {
        ("details/expenses", "only_basic")
    }
    assert not refused(of(expenses=only, basic_decision=decision(DAY, result="rejected")))
    assert not refused(of(expenses=only, urgent_supplementary=True, urgent_supplementary_reason="On the street."))


def test_a_faulty_decision_is_refused_by_its_own_fields():
    late = decision(DAY + timedelta(days=1))
    assert refused(of(basic_decision=late)) == {("details/basic_decision/decided_on", "after_sending")}
    assert refused(of(basic_decision="K-1")) == {("details/basic_decision", "invalid")}


def test_it_is_told_by_what_is_asked_for():
    details = SimpleNamespace(
        expenses=[expense("rent_arrears", "640.00"), expense("child_hobby", None), expense(amount="9.50")]
    )
    assert TYPE.matter(details) == "Rent arrears 640 €, Child's hobby, Home furnishing 9,50 €"
