from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kela_kunta.base.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Åström", "astrom"),
        ("  Äijälä\tÖhman ", "aijala ohman"),
        ("Strauß", "strauss"),
        ("E\N{COMBINING ACUTE ACCENT}toile", "etoile"),
        ("Étoile", "etoile"),
        ("Гагарин", "гагарин"),
        ("İpek", "ipek"),
        ("\N{LATIN SMALL LIGATURE FI}nn", "finn"),
        ("", ""),
    ],
)
def test_text_is_as_people_search_for_it(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aåäöéüßıIİ SsΣ"))
def test_small_and_great_letters_are_found_alike_when_folding_is_whole(text):
    assert fold(text.lower().upper().lower()) == fold(text.lower().upper())
