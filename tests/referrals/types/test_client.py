from datetime import date

import pytest

from tests.builders import body, identity_code
from tests.referrals.reading import DAY, read, refused, sentence, warned


def of(**facts):
    """A body that differs in its client only."""
    return body("immigrant", on=DAY, client=facts)


def test_a_wrong_check_character_is_refused_by_its_field():
    wrong = of(identity_code="010190-900A")
    assert refused(wrong) == {("client/identity_code", "check_character")}
    assert sentence(wrong) == "The check character does not match. Compare with the card."


@pytest.mark.parametrize("separator", "-YXWVU")
def test_the_separator_is_kept_as_it_was_written(separator):
    code = identity_code(date(1990, 5, 12), separator=separator)
    assert read(of(identity_code=code.lower())).client["identity_code"] == code


@pytest.mark.parametrize("code", [123, ["010190-900P"], {"code": "010190-900P"}, True, "010190900P", "x" * 39])
def test_what_is_no_identity_code_is_refused_by_its_field(code):
    assert {pointer for pointer, _ in refused(of(identity_code=code))} == {"client/identity_code"}


def test_an_artificial_code_is_refused_where_people_are_real(settings):
    settings.ALLOW_ARTIFICIAL_IDENTITY_CODES = False
    assert refused(of()) == {("client/identity_code", "artificial")}


def test_without_a_code_a_reason_and_the_date_of_birth_are_needed():
    assert refused(of(identity_code=None)) == {("client/identity_code", "identity_untold")}
    assert refused(of(identity_code=None, no_identity_code_reason="Not registered yet.")) == {
        ("client/birth_date", "required")
    }
    draft = read(of(identity_code=None, no_identity_code_reason="Not registered yet.", birth_date="1990-01-01"))
    assert draft.client["birth_date"] == date(1990, 1, 1)
    assert draft.client["identity_code"] == ""


def test_a_reason_for_no_code_contradicts_a_code():
    assert refused(of(no_identity_code_reason="Lost.")) == {("client/no_identity_code_reason", "contradiction")}


def test_the_date_of_birth_is_that_of_the_code():
    code = identity_code(date(1990, 5, 12))
    assert not refused(of(identity_code=code, birth_date="1990-05-12"))
    assert refused(of(identity_code=code, birth_date="1990-05-13")) == {("client/birth_date", "contradiction")}


@pytest.mark.parametrize(("born", "code"), [(date(2026, 11, 25), "born_in_future"), (date(1905, 11, 24), "too_old")])
def test_nobody_is_born_after_the_sending_or_older_than_120(born, code):
    assert ("client/identity_code", code) in refused(of(identity_code=identity_code(born)))
    without = of(identity_code=None, no_identity_code_reason="x", birth_date=born.isoformat())
    assert ("client/birth_date", code) in refused(without)


@pytest.mark.parametrize("born", [date(2026, 11, 24), date(1906, 11, 24)])
def test_who_is_born_today_or_120_is_taken(born):
    assert not refused(of(identity_code=identity_code(born)))


@pytest.mark.parametrize(
    "day", ["24.11.1990", "1990-02-30", "1990-13-01", "19900101", "0001-01-01", "9999-12-31", 19900101]
)
def test_a_date_that_is_none_is_refused_by_its_field(day):
    wrong = of(identity_code=None, no_identity_code_reason="x", birth_date=day)
    assert {pointer for pointer, _ in refused(wrong)} == {"client/birth_date"}


@pytest.mark.parametrize("name", ["", "   ", None])
def test_both_names_are_needed(name):
    assert refused(of(family_name=name, given_names=name)) == {
        ("client/family_name", "required"),
        ("client/given_names", "required"),
    }


def test_a_name_has_at_most_100_characters():
    assert not refused(of(family_name="ä" * 100))
    assert refused(of(family_name="ä" * 101)) == {("client/family_name", "max_length")}


@pytest.mark.parametrize("place", ["home_municipality", "place_of_stay", "permanent_stay"])
def test_a_municipality_that_never_was_is_refused_by_its_field(place):
    wrong = of(**{place: "507"})
    assert refused(wrong) == {(f"client/{place}", "unknown_municipality")}
    assert sentence(wrong) == "There is no municipality with code 507."


@pytest.mark.parametrize("code", ["83", "8370", "Tampere", "８３７", 837, ["837"]])
def test_a_municipality_is_written_with_three_digits(code):
    assert refused(of(home_municipality=code)) == {("client/home_municipality", "invalid")}


def test_a_merged_municipality_is_taken_with_a_word_on_what_came_of_it():
    assert warned(of(home_municipality="099")) == {("client.home_municipality", "merged")}
    assert read(of(home_municipality="099")).client["home_municipality_id"] == "099"


def test_a_municipality_is_not_yet_merged_before_its_day():
    assert not warned(
        body("social_work_need", on=date(2019, 5, 5), client={"home_municipality": "099"}), on=date(2019, 5, 5)
    )


def test_a_known_code_not_in_force_is_left_to_the_router():
    assert not refused(of(home_municipality="999"))


@pytest.mark.parametrize("reason", ["none", "unknown", "foreign"])
def test_without_a_home_municipality_a_reason_is_needed(reason):
    assert refused(of(home_municipality=None)) == {("client/home_municipality", "home_untold")}
    assert not refused(of(home_municipality=None, home_municipality_missing_reason=reason))
    assert refused(of(home_municipality_missing_reason=reason)) == {
        ("client/home_municipality_missing_reason", "contradiction")
    }


def test_no_other_reason_is_taken_for_a_missing_home_municipality():
    wrong = of(home_municipality=None, home_municipality_missing_reason="moved")
    assert ("client/home_municipality_missing_reason", "invalid_choice") in refused(wrong)


@pytest.mark.parametrize("text", ["040 123 4567", "+358 40 1234567", "00358401234567", "(040) 123-4567"])
def test_a_number_is_kept_in_one_form(text):
    assert read(of(phone=text)).client["phone"] == "+358401234567"


def test_a_foreign_number_is_taken_with_its_countrys_code():
    assert read(of(phone="+46 8 123 456 78")).client["phone"] == "+46812345678"


@pytest.mark.parametrize("text", ["12", "none", "+358", "+999123456789", 358401234567, ["+358401234567"]])
def test_what_is_no_number_is_refused_by_its_field(text):
    assert refused(of(phone=text)) == {("client/phone", "invalid")}


def test_without_a_number_a_reason_is_needed():
    assert refused(of(phone=None)) == {("client/phone", "phone_untold")}
    assert not refused(of(phone=None, phone_missing_reason="Has none."))


@pytest.mark.parametrize("language", ["fi", "sv", "SV"])
def test_who_speaks_finnish_or_swedish_needs_no_interpreter(language):
    assert not refused(of(contact_language=language))


def test_who_speaks_another_language_has_an_interpreter_or_needs_none():
    assert refused(of(contact_language="so")) == {("client/interpreter_language", "interpreter_untold")}
    assert not refused(of(contact_language="so", interpreter_language="so"))
    assert not refused(of(contact_language="en", interpreter_not_needed=True))


@pytest.mark.parametrize(
    ("language", "code"), [("f", "invalid"), ("f1", "invalid"), ("finnish", "max_length"), ("", "required")]
)
def test_a_language_is_its_code(language, code):
    assert refused(of(contact_language=language)) == {("client/contact_language", code)}


@pytest.mark.parametrize(
    ("value", "code"), [(None, "required"), ("", "required"), ("perhaps", "invalid"), ([], "invalid"), (2, "invalid")]
)
def test_non_disclosure_is_yes_or_no(value, code):
    assert refused(of(non_disclosure=value)) == {("client/non_disclosure", code)}


def test_there_is_no_field_for_an_address():
    assert refused(of(non_disclosure=True, street_address="Katu 1")) == {("client/street_address", "unknown_field")}
