"""What differs between two texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contacts.rules.differences import Piece, differences

TEXTS = st.text(st.sampled_from("ab \n"), max_size=40)


@given(TEXTS, TEXTS)
def test_the_pieces_make_the_texts_again_and_what_does_not_differ_is_the_same(before, after):
    left, right = differences(before, after)
    assert ("".join(piece.text for piece in left), "".join(piece.text for piece in right)) == (before, after)
    assert [one.text for one in left if not one.differs] == [one.text for one in right if not one.differs]


def test_a_word_that_is_another_differs_alone():
    left, right = differences("Soita päivystykseen heti.", "Soita virka-aikana heti.")
    assert left == [Piece("Soita ", False), Piece("päivystykseen", True), Piece(" heti.", False)]
    assert right == [Piece("Soita ", False), Piece("virka-aikana", True), Piece(" heti.", False)]


def test_equal_texts_do_not_differ():
    assert differences("Soita.", "Soita.") == ([Piece("Soita.", False)],) * 2
