"""Text as people search for it."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """`text` in lower case, without accents (å and ä become a), with single spaces."""
    plain = _plain(
        _plain(text).casefold()
    ).casefold()  # some letters show only when decomposed that they are great ones
    return " ".join(plain.split())


def _plain(text: str) -> str:
    return "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
