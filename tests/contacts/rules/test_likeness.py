"""How far a text is from a name."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contacts.rules.likeness import distance, errors_allowed

names = st.text("abeiklnorstu ", min_size=4, max_size=20).map(str.strip).filter(lambda name: len(name) >= 4)
letters = st.sampled_from("abeiklnorstuxyz")


@pytest.mark.parametrize(
    ("text", "name", "far"),
    [
        ("oulu", "oulu", 0),
        ("salo", "salon", 0.4),
        ("tam", "tampere", 0.5),
        ("oluu", "oulu", 1),
        ("kmei", "kemi", 1),
        ("tamprer", "tampere", 1.5),
        ("tamprere", "tampere", 1),
        ("tammerfosr", "tammerfors", 1),
        ("hameenlinan", "hameenlinna", 1),
        ("jvaskya", "jyvaskyla", 2),
        ("kemi", "pori", None),
        ("xx", "oulu", None),
        ("o", "ii", None),
    ],
)
def test_letters_that_differ_are_counted(text, name, far):
    assert distance(text, name) == far


def test_a_later_word_is_further_than_the_first():
    assert distance("vilppula", "vilppula", tail=True) == 0.25
    assert distance("vilpula", "vilppula", tail=True) == 1.25


@given(names, names)
def test_the_name_itself_is_nearer_than_any_other(name, other):
    assume(name != other)
    far = distance(name, other)
    assert distance(name, name) == 0
    assert far is None or far > 0


@given(names, st.data())
def test_one_error_of_any_kind_is_at_most_one_letter(name, data):
    at = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(letters)
    mistyped = [name[:at] + name[at + 1 :], name[:at] + letter + name[at:], name[:at] + letter + name[at + 1 :]]
    if at:
        mistyped.append(name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :])
    for text in mistyped:
        far = distance(text, name)
        assert far is not None
        assert far <= 1


@given(names, st.integers(4, 20))
def test_a_name_is_found_while_it_is_typed(name, length):
    far = distance(name[:length], name)
    assert far is not None
    assert far <= 0.5


@given(st.text("abei ", max_size=12), st.text("abei ", min_size=1, max_size=12), st.booleans())
def test_no_more_letters_may_be_wrong_than_are_allowed(text, name, tail):
    far = distance(text, name, tail=tail)
    assert far is None or far < max(errors_allowed(text), 0.5) + 1.25
