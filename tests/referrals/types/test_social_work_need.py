from datetime import timedelta
from types import SimpleNamespace

import pytest

from referrals.types.social_work_need import LEGAL_BASES, REASONS, TYPE
from tests.builders import body
from tests.referrals.reading import DAY, read, refused, sentence, warned

WITHOUT_CONSENT = ["unable_to_care", "child_interest", "lowering_considered"]


def of(*, common=None, client=None, **details):
    return body("social_work_need", on=DAY, common=common, client=client, **details)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_can_be_given(reason):
    assert not refused(of(reasons=[reason]))


@pytest.mark.parametrize(
    ("reasons", "code"),
    [([], "min_length"), (["housing", "health", "other", "livelihood", "undocumented", "mental_health"], "max_length"),
     (["housing", "housing"], "repeated"), ("housing", "not_a_list"), (None, "required")],
)  # fmt: skip
def test_there_are_one_to_five_different_reasons(reasons, code):
    assert refused(of(reasons=reasons)) == {("details/reasons", code)}


def test_an_unknown_reason_is_refused_where_it_stands():
    assert refused(of(reasons=["housing", "weather"])) == {("details/reasons/1", "invalid_choice")}


@pytest.mark.parametrize("basis", ["consent", "client_request"])
def test_who_consents_or_asks_has_been_told(basis):
    assert refused(of(legal_basis=basis, common={"client_informed_on": None})) == {
        ("client_informed_on", "client_not_informed")
    }
    assert not refused(of(legal_basis=basis))


@pytest.mark.parametrize("basis", WITHOUT_CONSENT)
def test_without_consent_the_ground_is_told_in_words(basis):
    assert refused(of(legal_basis=basis)) == {("details/basis_text", "basis_untold")}


@pytest.mark.parametrize("basis", WITHOUT_CONSENT)
def test_without_consent_an_unaware_client_is_only_warned_of(basis):
    unaware = of(legal_basis=basis, basis_text="Found asleep in the stairway.", common={"client_informed_on": None})
    assert warned(unaware) == {("client_informed_on", "client_not_informed")}


def test_a_legal_basis_is_one_of_the_laws():
    assert refused(of(legal_basis="curiosity")) == {("details/legal_basis", "invalid_choice")}
    assert len(LEGAL_BASES) == 5


@pytest.mark.parametrize(
    "facts",
    ["See attachment.", "ks. liite", "." * 60, "ks. liite " * 20, "a b c d e f g h i j k l m n o p q r s", "1 2 3 4 5 6 7 8 9 " * 5,
     "needs     help     with                 rent"],
)  # fmt: skip
def test_facts_that_tell_nothing_are_refused(facts):
    wrong = of(observed_facts=facts)
    assert refused(wrong) == {("details/observed_facts", "says_too_little")}
    assert sentence(wrong) == "Say what you saw, what the client wishes, what has been tried."


def test_facts_are_needed_and_have_at_most_10_000_characters():
    assert refused(of(observed_facts="")) == {("details/observed_facts", "required")}
    assert refused(of(observed_facts="has not eaten for days " * 500)) == {("details/observed_facts", "max_length")}
    assert not refused(of(observed_facts="Has not eaten for 3 days; asks for a call."))


def test_additional_information_is_not_asked_for_twice():
    assert not refused(of(common={"additional_information": ""}))


def test_a_discussion_cannot_have_been_asked_for_tomorrow():
    tomorrow = (DAY + timedelta(days=1)).isoformat()
    assert refused(of(personal_discussion_requested_on=tomorrow)) == {
        ("details/personal_discussion_requested_on", "future")
    }


def test_the_day_of_asking_for_a_discussion_is_missed():
    asked = of(reasons=["personal_discussion"])
    assert warned(asked) == {("details.personal_discussion_requested_on", "discussion_day_untold")}
    asked["details"]["personal_discussion_requested_on"] = DAY.isoformat()
    assert not warned(asked)


def test_urgency_has_a_reason_and_asks_where_the_client_is():
    assert refused(of(urgent=True)) == {("details/urgent_reason", "urgency_untold")}
    urgent = of(urgent=True, urgent_reason="Nowhere to sleep.")
    assert read(urgent).urgent
    assert warned(urgent) == {("client.place_of_stay", "stay_untold")}
    assert not warned(of(urgent=True, urgent_reason="Nowhere to sleep.", client={"place_of_stay": "091"}))


def test_it_is_told_by_its_reasons():
    assert (
        TYPE.matter(SimpleNamespace(reasons=["eviction_threat", "mental_health"]))
        == "Threat of eviction, Mental health"
    )
