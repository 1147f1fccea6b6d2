import pytest
from django.utils.functional import Promise

from kela_kunta.base.inputs import CodeField, CodesField
from referrals.drafts import serializer_for
from referrals.rules.routing import Places
from referrals.types import DETAIL_MODELS, TYPES, by_slug


def test_the_types_are_the_interfaces_in_their_order():
    assert [type.code for type in TYPES.values()] == [
        "supplementary_application", "social_work_need", "under_25", "immigrant", "lowered_basic_amount", "over_25",
    ]  # fmt: skip
    assert [type.number for type in TYPES.values()] == [1, 2, 3, 4, 5, 6]
    assert list(TYPES) == [type.code for type in TYPES.values()]


def test_a_type_is_found_by_the_name_in_its_address_and_by_no_other():
    assert by_slug("lowered-basic-amount") is TYPES["lowered_basic_amount"]
    assert by_slug("lowered_basic_amount") is None


def test_every_type_has_a_table_of_its_own():
    assert len(set(DETAIL_MODELS)) == len(TYPES)
    assert TYPES["under_25"].related_name == "under25"


@pytest.mark.parametrize("type", TYPES.values(), ids=TYPES)
def test_alerts_and_only_they_go_by_the_home_municipality_alone(type):
    assert (type.places is Places.HOME_ONLY) is type.is_alert


@pytest.mark.parametrize("type", TYPES.values(), ids=TYPES)
def test_outcomes_that_need_words_are_outcomes(type):
    assert type.outcomes_needing_text <= set(type.outcomes)


def code_fields(serializer):
    for field in serializer.fields.values():
        if isinstance(field, CodeField | CodesField):
            yield field
        inner = getattr(field, "child", field)
        if hasattr(inner, "fields"):
            yield from code_fields(inner)


@pytest.mark.parametrize("type", TYPES.values(), ids=TYPES)
def test_every_code_has_a_label_for_people_and_every_field_too(type):
    serializer = serializer_for(type)()
    for field in code_fields(serializer):
        assert all(str(label) and str(label) != code for code, label in field.choices.items())
        assert field.label
    for fields in (serializer.fields, serializer.fields["client"].fields, serializer.fields["details"].fields):
        assert all(field._kwargs.get("label") for field in fields.values())


@pytest.mark.parametrize("type", TYPES.values(), ids=TYPES)
def test_labels_are_looked_up_when_shown_in_the_readers_language(type):
    assert all(isinstance(label, Promise) for label in (type.label, type.short_label, *type.outcomes.values()))
