from __future__ import annotations

from django.utils import translation

from stats.templatetags.figures import count, decimal, signed


def test_what_is_not_told_is_a_mark_with_words_for_screen_readers():
    assert "not told" in count(None)
    assert ">..<" in count(None)
    assert count(0) == "0"


def test_figures_are_written_as_the_reader_writes_them():
    with translation.override("fi"):
        assert count(81211) == "81\xa0211"
        assert decimal(17.64) == "17,6"
        assert signed(-1234) == "−1\xa0234"
        assert signed(2.5) == "+2,5"
    assert decimal(None) == signed(None) == "–"
    assert signed(0) == "±0"
