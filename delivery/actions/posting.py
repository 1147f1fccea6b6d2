"""Posting letters: a row in the caller's transaction, sent after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from accounts.models import User
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.wake import wake

POSTING = Actor.system("posting")
# Codes and identifiers are written in small letters; names, sentences and addresses are not among them.
_CODE = re.compile(r"[a-z0-9_.:-]{0,64}")

_INSERT = """
INSERT INTO delivery_letter (key, kind, reader_id, address, authority_id, language, data, created_at, next_attempt_at,
                             attempts, last_error)
SELECT key, kind, reader, address, authority, language, data, %(now)s, %(now)s, 0, ''
FROM unnest(%(keys)s::text[], %(kinds)s::text[], %(readers)s::uuid[], %(addresses)s::text[], %(authorities)s::text[],
            %(languages)s::text[], %(data)s::jsonb[]) AS new (key, kind, reader, address, authority, language, data)
ON CONFLICT (key) DO NOTHING
RETURNING key
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to be posted.

    `to` is a person, or an address where it is none; `kind` names the templates, `authority` is
    the code of the one whose matter it is. `data` holds ids, codes and counts, never anything
    about a client. `language` is that of an address; a person has their own.
    """

    kind: str
    key: str
    to: User | str
    authority: str
    data: Mapping[str, int | str | UUID] = field(default_factory=dict)
    language: str = "fi"


def post_letter(draft: Draft) -> bool:
    """Post a letter in the present transaction; False when its key was posted before."""
    return bool(post_letters([draft]))


def post_letters(drafts: Iterable[Draft]) -> set[str]:
    """Post letters in the present transaction; the keys of those that are new. One statement.

    It is a job that writes them, whoever acts: people may post, but not read, what is posted. In a test nothing is
    posted: nobody is told of test data.

    Raises:
        ValueError: the data holds something else than ids, codes and counts.
    """
    letters = list(drafts)
    if not letters:
        return set()
    columns: dict[str, Any] = {
        "keys": [letter.key for letter in letters],
        "kinds": [letter.kind for letter in letters],
        "readers": [letter.to.pk if isinstance(letter.to, User) else None for letter in letters],
        "addresses": ["" if isinstance(letter.to, User) else letter.to for letter in letters],
        "authorities": [letter.authority for letter in letters],
        "languages": [letter.to.language if isinstance(letter.to, User) else letter.language for letter in letters],
        "data": [Jsonb(_bare(letter.data)) for letter in letters],
    }
    with acting(POSTING) as posting:
        if posting.test:
            return set()
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, columns | {"now": clock.now()})
            new = {key for (key,) in cursor.fetchall()}
        if new:
            wake("delivery.deliver_pending")
    return new


def _bare(data: Mapping[str, Any]) -> dict[str, int | str]:
    values = {name: str(value) if isinstance(value, UUID) else value for name, value in data.items()}
    for name, value in values.items():
        if not isinstance(value, int) and not (isinstance(value, str) and _CODE.fullmatch(value)):
            raise ValueError(f"{name} is neither an id nor a code nor a count")
    return values
