"""Every link of the documents to a file, a folder or a heading leads somewhere."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from tools.servers import ROOT

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
ELSEWHERE = ("http://", "https://", "mailto:")
HIDDEN = {".venv", "var", "node_modules"}


def documents() -> list[Path]:
    return sorted(
        path
        for path in ROOT.rglob("*.md")
        if not any(part in HIDDEN or part.startswith(".") for part in path.relative_to(ROOT).parts)
    )


def faults(document: Path) -> Iterator[str]:
    """One line for every link of `document` that leads nowhere."""
    for target in LINK.findall(CODE.sub("", document.read_text())):
        if target.startswith(ELSEWHERE):
            continue
        file, _, heading = unquote(target).partition("#")
        path = (document.parent / file) if file else document
        if not path.exists():
            yield f"{document.relative_to(ROOT)}: there is no {target}"
        elif heading and heading not in anchors(path.read_text()):
            yield f"{document.relative_to(ROOT)}: {file or 'it'} has no heading for #{heading}"


def anchors(text: str) -> set[str]:
    """Headings as links name them: small letters, hyphens for spaces, no punctuation."""
    headings = HEADING.findall(re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


if __name__ == "__main__":
    found = [fault for document in documents() for fault in faults(document)]
    print("\n".join(found))
    sys.exit(1 if found else 0)
