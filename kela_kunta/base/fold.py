"""Text as people search for it."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """`text` in lower case, without accents (å and ä become a), with single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(mark for mark in decomposed if not unicodedata.combining(mark)).split())
