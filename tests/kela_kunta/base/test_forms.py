from __future__ import annotations

import pytest
from django.http import QueryDict

from kela_kunta.base.forms import Form, Group, Rows
from kela_kunta.base.problems import FieldError
from tests.kela_kunta.base.asking import MatterSerializer, form


def faults(sent: str) -> Form:
    first = form(sent)
    serializer = MatterSerializer(data=first.body())
    assert not serializer.is_valid()
    return form(sent, errors=serializer.errors)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("client.name", "text"),
        ("client.born", "date"),
        ("client.protected", "radios"),
        ("reasons", "checks"),
        ("text", "textarea"),
        ("told", "check"),
        ("decision.period.first", "month"),
        ("expenses.0.code", "select"),
        ("expenses.0.amount", "money"),
        ("expenses.0.privileged", "check"),
        ("months.0", "month"),
    ],
)
def test_every_field_is_asked_in_its_own_way(path, kind):
    assert form().part(path).kind == kind


def test_names_are_those_that_the_rest_framework_reads():
    assert form().part("client.name").name == "client.name"
    assert form().part("expenses.2.code").name == "expenses[2]code"
    assert form().part("months.1").name == "months[1]"


def test_a_question_carries_its_words_and_where_they_stand():
    asked = form().part("client.name")
    assert (asked.id, asked.label, asked.hint, asked.required) == ("client-name", "Name", "As on the card.", True)
    assert asked.described_by == "client-name-hint"


def test_unknown_question_is_an_error():
    with pytest.raises(KeyError):
        form().part("client.shoe_size")


def test_what_is_only_answered_is_not_asked():
    assert "id" not in [part.id for part in form().parts()]


def test_what_is_known_stands_there_from_the_beginning():
    known = form(initial={"client": {"name": "Aino", "protected": False}, "expenses": [{"code": "other"}]})
    assert known.part("client.name").value == "Aino"
    assert [choice.chosen for choice in known.part("client.protected").choices] == [False, True]
    assert [choice.value for choice in known.part("expenses.0.code").choices if choice.chosen] == ["other"]


def test_a_default_is_chosen_from_the_beginning():
    assert [choice.value for choice in form().part("expenses.0.source").choices if choice.chosen] == ["kela"]


def test_answers_can_come_from_outside():
    asked = form(choices={"client.town": [("837", "Tampere")]}).part("client.town")
    assert asked.kind == "select"
    assert [choice.value for choice in asked.choices] == ["", "837"]


def test_what_was_typed_becomes_json():
    sent = "client.name=Aino&client.protected=true&reasons=food&reasons=home&months[0]=2026-07&months[1]=&told=true"
    assert form(sent).body() == {
        "client": {"name": "Aino", "protected": True},
        "reasons": ["food", "home"],
        "months": ["2026-07"],
        "told": True,
    }


def test_rows_in_which_nothing_was_typed_are_dropped():
    sent = form(
        "expenses[0]code=&expenses[0]amount=&expenses[0]source=kela"
        "&expenses[1]code=rent&expenses[1]amount=12,50&expenses[1]source=kela"
    )
    assert sent.body()["expenses"] == [{"code": "rent", "amount": "12,50", "source": "kela", "privileged": False}]
    assert sent.part("expenses.0.amount").value == "12,50"


def test_an_optional_object_in_which_nothing_was_typed_is_left_out():
    assert "decision" not in form("decision.number=&decision.period.first=").body()
    assert form("decision.number=K-1").body()["decision"]["number"] == "K-1"


def test_a_needed_object_is_never_left_out():
    assert form("client.name=").body() == {"client": {}, "told": False}


def test_a_box_that_was_unticked_stays_so():
    assert not form("client.name=A", initial=None).part("told").choices[0].chosen


def test_more_rows_than_anybody_types_are_not_read():
    sent = "&".join(f"months[{place}]=2026-07" for place in range(1_200))
    assert len(form(sent).body()["months"]) == 1_000


@pytest.mark.parametrize(
    "sent", ["expenses=x", "client=x", "expenses[0]=x", "rows=expenses%2B%2B", "rows=client%2B", "rows=client.name-0"]
)
def test_what_no_page_sends_does_no_harm(sent):
    assert form(sent).body()["client"] == {}


def test_the_button_adds_a_row_and_keeps_the_blank_ones():
    sent = form("expenses[0]code=&rows=expenses%2B")
    rows = sent.part("expenses")
    assert isinstance(rows, Rows)
    assert (len(rows.lines), rows.added) == (2, True)


def test_the_button_takes_its_row_away():
    sent = form("expenses[0]amount=1&expenses[1]amount=2&expenses[2]amount=3&rows=expenses-1")
    assert [expense["amount"] for expense in sent.body()["expenses"]] == ["1", "3"]


def test_the_last_row_cannot_be_taken_away():
    assert form().part("expenses").lines[0].remove == ""
    assert form("months[0]=a&months[1]=b").part("months").lines[1].remove == "months-1"


def test_what_was_typed_travels_through_hidden_inputs_unchanged():
    sent = form(
        "client.name=Aino&client.protected=false&reasons=home&months[0]=2026-07&expenses[0]code=rent&decision.number=K-1"
    )
    data = QueryDict(mutable=True)
    for name, value in sent.typed():
        data.appendlist(name, value)
    assert form(data.urlencode()).body() == sent.body()


def test_faults_stand_beside_their_questions():
    wrong = faults("client.name=&expenses[0]code=rent&expenses[0]amount=x&reasons=food")
    assert wrong.part("client.name").errors
    assert wrong.part("expenses.0.amount").errors
    assert not wrong.part("expenses.0.code").errors
    assert wrong.part("client.name").described_by == "client-name-hint client-name-error"


def test_the_summary_tells_every_fault_in_the_order_of_the_questions():
    wrong = faults("client.name=&expenses[0]code=rent&expenses[0]amount=x&decision.number=K-1&reasons=food")
    assert [(one.id, one.label) for one in wrong.wrongs()] == [
        ("client-name", "Name"),
        ("client-protected-0", "Protected"),
        ("expenses-0-amount", "Expenses 1, Amount"),
        ("decision-period-first", "Period, First month"),
        ("decision-period-last", "Period, Last month"),
    ]


def test_a_fault_of_a_whole_list_leads_to_the_list():
    wrong = faults("client.name=A&client.protected=true&expenses[0]code=rent")
    assert [one.id for one in wrong.wrongs()] == ["reasons-0"]


def test_refusals_are_found_by_their_pointers():
    refused = form("expenses[0]code=rent")
    refused.refuse(
        [
            FieldError("#/expenses/0/code", "basic_first", "Later."),
            FieldError("#/client", "odd", "Odd."),
            FieldError("#", "whole", "All of it."),
            FieldError("#/client/shoe_size", "unknown_field", "No such field."),
        ]
    )
    assert refused.part("expenses.0.code").errors == ["Later."]
    group = refused.part("client")
    assert isinstance(group, Group)
    assert group.errors == ["Odd."]
    assert [(one.id, one.text) for one in refused.wrongs()] == [
        ("", "All of it."),
        ("client", "Odd."),
        ("client", "No such field."),
        ("expenses-0-code", "Later."),
    ]


def test_the_summary_follows_the_page_where_it_has_an_order_of_its_own():
    class Turned(Form):
        order = ("expenses", "client")

    turned = Turned(MatterSerializer(), QueryDict("expenses[0]code=rent"))
    turned.refuse(
        [
            FieldError("#/text", "odd", "Third."),
            FieldError("#/client/name", "odd", "Second."),
            FieldError("#/expenses/0/code", "odd", "First."),
        ]
    )
    assert [one.text for one in turned.wrongs()] == ["First.", "Second.", "Third."]
