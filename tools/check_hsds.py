"""Validate an export in HSDS against a published schema of its service: `python -m tools.check_hsds SCHEMA EXPORT`.

The schema is `schema/compiled/service.json` of Open Referral's specification at version 3.1.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker

MOST = 20  # faults told


def main(schema: Path, export: Path) -> int:
    """0 when every service of the export keeps the schema, else 1 with the first faults."""
    check = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")), format_checker=FormatChecker())
    services = json.loads(export.read_text(encoding="utf-8"))["contents"]
    faults = [
        f"service {number}, {'/'.join(map(str, fault.absolute_path))}: {fault.message}"
        for number, service in enumerate(services, 1)
        for fault in check.iter_errors(service)
    ]
    print("\n".join(faults[:MOST] or [f"{len(services)} services keep {schema.name}."]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:3])))
