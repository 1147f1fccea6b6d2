"""Reading a page as people do."""

from __future__ import annotations

import html
import re
from typing import Any


def text_of(answer: Any) -> str:
    """The page's words with single spaces between them."""
    main = answer.content.decode().partition("<main")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())
