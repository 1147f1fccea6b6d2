"""Text as people search for it."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """`text` in lower case, without accents (å and ä become a), with single spaces."""
    plain = _plain(_plain(text).casefold()).casefold()  # some letters are capitals only when decomposed
    return " ".join(plain.split())


def _plain(text: str) -> str:
    if text.isascii():
        return text
    return "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
