"""A line for every look at client data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from accounts.models import Look
from kela_kunta.base.actor import Actor

# Without RETURNING: who writes the log may not read it.
_INSERT = """
INSERT INTO accounts_accesslog (role, actor_id, actor_name, authority, look, referrals, person_index, about)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""


def log_look(
    by: Actor,
    look: Look,
    *,
    referrals: Sequence[UUID] = (),
    person_index: bytes | None = None,
    about: dict[str, Any] | None = None,
) -> None:
    """Note that `by` saw `referrals`; `about` tells the view and filters, never a name or an identity code.

    A call through X-Road is noted with its X-Road-Id.

    The client may ask who looked, two years back (Act 703/2023, annex). In test data there is nobody to ask.
    """
    if by.test:
        return
    about = (about or {}) | ({"call": by.call} if by.call else {})
    values: list[Any] = [by.role, by.id, by.name, by.authority, look, list(referrals), person_index, Jsonb(about)]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
