"""What the API promises outside, written from the product: its description and its problems, below docs/api/.

`make messages` writes them; `make check` refuses what differs, and a description that breaks the one published.
"""

from __future__ import annotations

import json
import os

from tools.field_codes import field_codes
from tools.servers import ROOT

SCHEMA = ROOT / "docs" / "api" / "v1.json"
PROBLEMS = ROOT / "docs" / "api" / "problems.md"
HEAD = """\
# Problems that the API tells

Every error is a problem of RFC 9457, `application/problem+json`. Programs go by `code`: it never changes its meaning.
`title` and `detail` are for people, in the language of `Accept-Language`. A code may be added
([compatibility](compatibility.md)); treat one that you do not know by its status. What is wrong with single fields
stands in `errors`, each with the place, a code and a sentence.

Written by `make messages` from the problems themselves.

| code | status | what it says | what it means | what to do |
| --- | --- | --- | --- | --- |
"""
FIELDS = """
## Faults of single fields

With `invalid` and `bad_parameters`, `errors` names every fault: `pointer` the place, `code` the rule, `detail` the sentence.
Mend what the sentence says. Where one code has several sentences, the field decides which.

| code | what it says |
| --- | --- |
"""


def schema() -> str:
    """The OpenAPI document as it is published: where the site stands is not part of it."""
    from django.conf import settings

    from kela_kunta.api import description

    text = json.dumps(description(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    return text.replace(settings.PUBLIC_URL, "https://kela-kunta.example")


def problems() -> str:
    """The reference of problems as a document."""
    from kela_kunta.api_problems import told

    lines = [f"| `{one.code}` | {one.status} | {one.title} | {one.meaning} | {one.remedy} |\n" for one in told()]
    faults = [f"| `{code}` | {'<br>'.join(said) or 'As `detail` says.'} |\n" for code, said in field_codes().items()]
    return HEAD + "".join(lines) + FIELDS + "".join(faults)


def start() -> None:
    """Set Django up, in production's shape unless something else is said."""
    from tools.check.environment import PRODUCTION

    os.environ.update({name: value for name, value in PRODUCTION.items() if name not in os.environ})
    import django

    django.setup()


if __name__ == "__main__":
    start()
    SCHEMA.write_text(schema())
    PROBLEMS.write_text(problems())
