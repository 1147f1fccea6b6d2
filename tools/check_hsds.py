"""Validate an export in HSDS against a published schema of its service: `python -m tools.check_hsds SCHEMA EXPORT`.

The schema is `schema/compiled/service.json` of Open Referral's specification at version 3.1, or its
`schema/service.json` with the schemas that it refers to beside it.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012, SchemaRegistry

MOST = 20  # faults told
FORMATS = FormatChecker()
_HEX = "%[0-9A-Fa-f]{2}"
_URI = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.-]*:(//([\w.~!$&'()*+,;=:@\[\]-]|{_HEX})+)?([\w.~!$&'()*+,;=:@/?#-]|{_HEX})*", re.ASCII
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.\[\]:-]+")


@FORMATS.checks("uri")
def is_uri(value: object) -> bool:
    """By RFC 3986, which knows ASCII alone."""
    return not isinstance(value, str) or (bool(_URI.fullmatch(value)) and value.count("#") <= 1)


@FORMATS.checks("date-time", raises=ValueError)
def is_moment(value: object) -> bool:
    """By RFC 3339; raises ValueError for a day or an hour that there is not."""
    return not isinstance(value, str) or bool(_MOMENT.fullmatch(value) and datetime.fromisoformat(value.upper()))


@FORMATS.checks("email")
def is_email(value: object) -> bool:
    """By RFC 5321, in ASCII."""
    return not isinstance(value, str) or bool(_EMAIL.fullmatch(value))


def main(schema: Path, export: Path) -> int:
    """0 when every service of the export keeps the schema, else 1 with the first faults."""
    published = json.loads(schema.read_text(encoding="utf-8"))
    check = Draft202012Validator(published, registry=_beside(schema), format_checker=FORMATS)
    services = json.loads(export.read_text(encoding="utf-8"))["contents"]
    faults = [
        f"service {number}, {'/'.join(map(str, fault.absolute_path))}: {fault.message}"
        for number, service in enumerate(services, 1)
        for fault in check.iter_errors(service)
    ]
    print("\n".join(faults[:MOST] or [f"{len(services)} services keep {schema.name}."]))
    return 1 if faults else 0


def _beside(schema: Path) -> SchemaRegistry:
    """What a schema refers to is the file of that name in its folder; nothing is fetched."""

    def retrieve(uri: str) -> Resource[dict[str, object] | bool]:
        text = schema.with_name(Path(urlsplit(uri).path).name).read_text(encoding="utf-8")
        return Resource.from_contents(json.loads(text), default_specification=DRAFT202012)

    return Registry(retrieve=retrieve)  # type: ignore[call-arg]  # an attrs alias that mypy does not see


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:3])))
