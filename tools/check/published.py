"""The API as it is against the API as it was published: nothing breaks, and what is published is up to date."""

from __future__ import annotations

import json
import sys

from tools import api_reference
from tools.check.compatible import breaks


def faults() -> list[str]:
    """One line for each thing that breaks a caller, or else for each published file that is not up to date."""
    now = api_reference.schema()
    broken = breaks(json.loads(api_reference.SCHEMA.read_text()), json.loads(now))
    if broken:
        return broken
    return [
        f"docs/api/{file.name} is not up to date: run `make messages`, and tell of it in docs/api/changes.md"
        for file, text in ((api_reference.SCHEMA, now), (api_reference.PROBLEMS, api_reference.problems()))
        if file.read_text() != text
    ]


if __name__ == "__main__":
    api_reference.start()
    found = faults()
    print("\n".join(found))
    sys.exit(1 if found else 0)
