import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from hypothesis import given, settings
from hypothesis import strategies as st

from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Invalid
from referrals.actions.sending import send_referral
from referrals.drafts import Readers, as_sent, read_decision, read_draft, serializer_for
from referrals.models import Client, Referral
from referrals.types import TYPES
from tests.builders import DETAILS, body, decision, line
from tests.referrals.reading import DAY, REGISTER, read, refused, sentence

ETOTU = Actor("kela_system", "etotu", "eTotu", "kela", cleared=True)

AS_IN_THE_INTERFACE = {
    "type": "supplementary_application",
    "client": {
        "identity_code": "010190-900P", "family_name": "Esimerkki", "given_names": "Aino",
        "home_municipality": "837", "place_of_stay": None, "permanent_stay": None,
        "phone": "+358401234567", "phone_missing_reason": None,
        "contact_language": "fi", "interpreter_language": None, "non_disclosure": False,
    },
    "client_informed_on": "2026-11-23",
    "additional_information": "",
    "sender_reference": "2026-000123",
    "details": {
        "requested_by_client": True,
        "application_received_on": "2026-11-20",
        "application_period": {"from": "2026-11", "to": "2026-11"},
        "urgent_supplementary": False, "urgent_supplementary_reason": "",
        "urgent_basic": True, "urgent_basic_reason": "No money for food.",
        "expenses": [{"code": "home_furnishing", "amount": "250.00", "text": "Bed"}],
        "basic_decision": {
            "number": "K-2026-1", "decided_on": "2026-11-20", "period": {"from": "2026-11", "to": "2026-11"},
            "result": "granted",
            "calculation_lines": [
                line("2026-11", "expense", "587.71", label="Basic amount"),
                line("2026-11", "income", "300.00", label="Labour market subsidy"),
                line("2026-11", "income", "108.00", label="Disability allowance", privileged=True),
            ],
        },
    },
}  # fmt: skip


def test_the_example_of_the_interface_can_be_sent():
    draft = read(AS_IN_THE_INTERFACE)
    assert draft.client["birth_date"] == date(1990, 1, 1)
    assert draft.details["period_from"] == date(2026, 11, 1)
    assert draft.decision is not None
    assert draft.decision["lines"] == AS_IN_THE_INTERFACE["details"]["basic_decision"]["calculation_lines"]


@pytest.mark.parametrize("type", TYPES)
def test_a_plain_body_of_each_type_can_be_sent(type):
    draft = read(body(type, on=DAY))
    assert draft.type is TYPES[type]
    assert not draft.urgent


@pytest.mark.parametrize("type", TYPES)
def test_details_are_columns_of_the_types_own_table(type):
    columns = {field.attname for field in TYPES[type].model._meta.fields} - {"referral_id"}
    assert set(read(body(type, on=DAY)).details) == columns


@pytest.mark.parametrize("type", TYPES)
def test_a_type_is_read_by_its_own_details_alone(type):
    names = list(serializer_for(TYPES[type])().fields["details"].fields)
    assert set(names) == set(DETAILS[type](DAY))


def test_faults_of_fields_and_of_rules_are_told_together():
    wrong = body(
        "under_25",
        on=DAY,
        client={"identity_code": "010190-900P", "family_name": ""},
        months=["2026-09", "2026-10"],
        unemployed="perhaps",
    )
    assert refused(wrong) == {
        ("client/family_name", "required"),
        ("client/identity_code", "too_old"),
        ("details/unemployed", "invalid"),
        ("details/months", "too_few_months"),
    }


def test_a_field_that_was_refused_is_not_refused_again_by_a_rule():
    assert refused(body("supplementary_application", on=DAY, common={"client_informed_on": "yesterday"})) == {
        ("client_informed_on", "invalid")
    }


@pytest.mark.parametrize("type", ["fifth_kind", "under-25", "", None, 3, ["under_25"], {"under_25": True}])
def test_an_unknown_type_is_refused_and_the_rest_is_read_still(type):
    wrong = body("under_25", on=DAY, client={"family_name": ""}) | {"type": type}
    code = "required" if type in ("", None) else "invalid_choice"
    assert refused(wrong) == {("type", code), ("client/family_name", "required")}


@pytest.mark.parametrize("wrong", [[], "text", None, 3, True])
def test_a_body_that_is_no_object_is_refused_as_a_whole(wrong):
    assert refused(wrong) == {("#", "invalid")}


def test_unknown_fields_are_refused_wherever_they_stand():
    wrong = body(
        "supplementary_application", on=DAY, expenses=[{"code": "other", "text": "x", "sum": "1.00"}], street="x"
    )
    wrong["client"]["address"] = "x"
    wrong["attachment"] = None
    assert refused(wrong) == {
        ("attachment", "unknown_field"),
        ("client/address", "unknown_field"),
        ("details/street", "unknown_field"),
        ("details/expenses/0/sum", "unknown_field"),
    }


def test_an_unknown_fields_name_is_a_lawful_pointer_whatever_it_is():
    wrong = body("under_25", on=DAY) | {"a/b~c": 1, "\x00\ud800": 1, "x" * 1_000_000: 1}
    assert refused(wrong) == {
        ("a~1b~0c", "unknown_field"),
        ("\N{REPLACEMENT CHARACTER}" * 2, "unknown_field"),
        ("x" * 60, "unknown_field"),
    }


def test_a_refusal_never_repeats_what_was_written():
    wrong = body(
        "immigrant", on=DAY, client={"identity_code": "secret-1", "phone": "secret-2"}, residence_ground="secret-3"
    )
    with pytest.raises(Invalid) as refusal:
        read(wrong)
    assert "secret" not in json.dumps(refusal.value.body())


@pytest.mark.parametrize("text", ["x" * 10_001, "x" * 10_000_000])
def test_too_long_a_text_is_refused_by_its_field(text):
    assert refused(body("immigrant", on=DAY, common={"additional_information": text})) == {
        ("additional_information", "max_length")
    }


def test_text_is_measured_in_characters_not_bytes():
    assert not refused(body("immigrant", on=DAY, common={"additional_information": "ä" * 10_000}))


@pytest.mark.parametrize("mark", ["\x00", "\x1b", "\x7f", "\ud800"])
@pytest.mark.parametrize(
    ("type", "pointer"),
    [
        ("under_25", "client/family_name"),
        ("under_25", "client/given_names"),
        ("under_25", "client/no_identity_code_reason"),
        ("under_25", "client/phone_missing_reason"),
        ("under_25", "additional_information"),
        ("under_25", "sender_reference"),
        ("social_work_need", "details/basis_text"),
        ("social_work_need", "details/observed_facts"),
        ("social_work_need", "details/client_wish"),
        ("social_work_need", "details/urgent_reason"),
        ("supplementary_application", "details/urgent_supplementary_reason"),
        ("supplementary_application", "details/urgent_basic_reason"),
    ],
)
def test_control_characters_are_refused_in_every_text(type, pointer, mark):
    wrong = body(type, on=DAY)
    place = wrong
    *path, name = pointer.split("/")
    for step in path:
        place = place[step]
    place[name] = f"two words{mark}more"
    assert (pointer, "control_characters") in refused(wrong)


@pytest.mark.parametrize("pointer", ["identity_code", "phone", "home_municipality", "contact_language"])
def test_control_characters_in_a_code_are_a_fault_of_its_field(pointer):
    wrong = body("under_25", on=DAY, client={pointer: "8\x00"})
    assert refused(wrong) == {(f"client/{pointer}", "control_characters")}


def test_lines_may_be_broken_in_long_texts_but_not_in_names():
    assert read(body("immigrant", on=DAY, common={"additional_information": "a\r\nb\tc"})).common[
        "additional_information"
    ] == "a\nb\tc"  # fmt: skip
    assert refused(body("immigrant", on=DAY, client={"family_name": "a\nb"})) == {
        ("client/family_name", "control_characters")
    }


def test_the_client_cannot_have_been_told_tomorrow():
    tomorrow = (DAY + timedelta(days=1)).isoformat()
    assert refused(body("immigrant", on=DAY, common={"client_informed_on": tomorrow})) == {
        ("client_informed_on", "future")
    }


def test_the_digest_is_of_the_content_not_of_its_order():
    one = body("immigrant", on=DAY)
    other = dict(reversed(one.items()))
    assert read(one).digest == read(other).digest
    assert read(one).digest != read(one | {"sender_reference": "x"}).digest


def test_null_empty_and_left_out_are_the_same():
    full = body("immigrant", on=DAY, arrived_on=None)
    bare = json.loads(json.dumps(full))
    for name in ("place_of_stay", "permanent_stay", "phone_missing_reason", "interpreter_language"):
        del bare["client"][name]
    del bare["details"]["arrived_on"], bare["sender_reference"], bare["additional_information"]
    empty = json.loads(json.dumps(full).replace("null", '""'))
    facts = [(draft.client, draft.common, draft.details) for draft in map(read, (full, bare, empty))]
    assert facts[0] == facts[1] == facts[2]


@pytest.mark.django_db
@pytest.mark.parametrize("type", TYPES)
def test_what_was_sent_is_answered_as_it_was_sent(type):
    details = {"basic_decision": decision(DAY)} if TYPES[type].takes_decision else {}
    written = body(type, on=DAY, **details)
    with acting(ETOTU):
        sent, _ = send_referral(read(written), by=ETOTU, key="1")
        answered = as_sent(Referral.objects.get(pk=sent.pk))
    assert answered | {"client": None} == written | {"client": None, "attachments": []}
    assert answered["client"] == answered["client"] | written["client"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("type", "columns"),
    [
        ("supplementary_application", {"requested_by_client": False}),
        ("supplementary_application", {"period_to": date(2020, 1, 1)}),
        ("supplementary_application", {"urgent_basic": True}),
        ("social_work_need", {"reasons": []}),
        ("social_work_need", {"urgent": True}),
        ("under_25", {"months": [date(2026, place, 1) for place in (8, 9, 10)]}),
        ("under_25", {"unemployed": False}),
        ("immigrant", {"months": [date(2026, 10, 1)]}),
        ("immigrant", {"residence_ground": "none"}),
        ("lowered_basic_amount", {"lowered_to": date(2020, 1, 1)}),
        ("over_25", {"months": [date(2026, place, 1) for place in range(1, 11)]}),
    ],
)
def test_the_database_refuses_what_the_law_excludes(type, columns):
    draft = read(body(type, on=DAY))
    with pytest.raises(IntegrityError, match="check constraint"):
        send_referral(replace(draft, details=draft.details | columns), by=ETOTU, key="1")


def test_a_decision_can_be_read_alone():
    columns = read_decision(decision(DAY), on=DAY)
    assert columns["number"] == "K-1"
    assert columns["period_to"] == date(2026, 11, 1)
    assert len(columns["lines"]) == 3


def test_a_decision_read_alone_is_refused_by_its_own_fields():
    with pytest.raises(Invalid) as refusal:
        read_decision(decision(DAY + timedelta(days=1), number="", extra=1), on=DAY)
    assert {(error.pointer, error.code) for error in refusal.value.errors} == {
        ("#/extra", "unknown_field"),
        ("#/number", "required"),
        ("#/decided_on", "after_sending"),
    }


def test_sentences_are_in_the_reader_s_language_when_they_are_told():
    assert sentence(body("under_25", on=DAY, months=["2026-09", "2026-10"])).startswith("2 months found: 9–10/2026.")


plain_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=40)
    | st.sampled_from(["2026-11-24", "2026-07", "837", "fi", "010190-900P", "0", "-1", "1e999", "9999-12-31", "yes"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@st.composite
def spoiled_bodies(draw):
    """A valid body in which some fields, at any depth, became something else."""
    spoiled = body(draw(st.sampled_from(list(TYPES))), on=DAY)
    if spoiled["type"] == "supplementary_application" and draw(st.booleans()):
        spoiled["details"]["basic_decision"] = decision(DAY)
    for _ in range(draw(st.integers(1, 4))):
        place = spoiled
        while True:
            key = draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
            inner = place[key]
            if not isinstance(inner, dict | list) or not inner or draw(st.booleans()):
                place[key] = draw(plain_json)
                break
            place = inner
    return spoiled


def read_or_told(read):
    """What was read; None when it was refused, for reasons that an answer can carry."""
    try:
        return read()
    except Invalid as refusal:
        problem = refusal
    assert problem.errors
    json.dumps(problem.body(), ensure_ascii=False).encode()
    return None


@settings(max_examples=300, deadline=None)
@given(spoiled_bodies() | st.dictionaries(st.text(max_size=8), plain_json, max_size=4))
def test_any_json_is_read_or_refused_by_field(anything):
    draft = read_or_told(lambda: read_draft(anything, on=DAY, register=REGISTER))
    if draft:
        for table, columns in ((draft.type.model, draft.details), (Client, draft.client), (Referral, draft.common)):
            for name, value in columns.items():
                if name != "identity_code" and value not in (None, "") and not name.endswith("_id"):
                    table._meta.get_field(name).clean(value, None)
        json.dumps(
            [draft.client, draft.common, draft.details, draft.decision], default=str, ensure_ascii=False
        ).encode()


@settings(max_examples=100, deadline=None)
@given(plain_json)
def test_any_json_as_a_decision_is_read_or_refused_by_field(anything):
    read_or_told(lambda: read_decision(anything, on=DAY))


def spoilt(sent):
    """`sent` in every way in which one part of it is missing, nothing, or of another kind."""
    for name in sent:
        for wrong in (None, [], "text", {}, {"more": 1}):
            yield sent | {name: wrong}
        yield {other: value for other, value in sent.items() if other != name}
        if isinstance(sent[name], dict):
            yield from (sent | {name: inner} for inner in spoilt(sent[name]))


def test_readers_remember_nothing_of_what_they_read_before():
    """Whoever reads many bodies finds in each what one who reads it alone finds: drafts and faults alike."""

    def found(sent, readers):
        try:
            return read_draft(sent, on=DAY, register=REGISTER, readers=readers)
        except Invalid as refused:
            return refused.errors

    readers = Readers()
    for whole in (AS_IN_THE_INTERFACE, *(body(type) for type in TYPES)):
        alone = found(whole, None)
        for sent in spoilt(whole):
            assert found(whole, readers) == alone
            assert found(sent, readers) == found(sent, None)
