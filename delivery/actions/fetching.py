"""Noting that systems fetch, so that what waits unseen is found."""

from __future__ import annotations

from django.db import connection

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor

# A row that says nothing new is left alone: most calls write nothing.
_NOTE = """
INSERT INTO delivery_reader AS reader (client_id, authority_id, fetched_at, number) VALUES (%s, %s, %s, %s)
ON CONFLICT (client_id) DO UPDATE SET authority_id = excluded.authority_id, fetched_at = excluded.fetched_at,
    number = greatest(reader.number, excluded.number)
WHERE excluded.fetched_at >= reader.fetched_at + interval '1 minute' OR excluded.number > reader.number
"""


def note_fetch(*, by: Actor, number: int) -> None:
    """`by` has been answered its authority's feed up to `number`. One statement; times are true to the minute."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [by.id, by.authority, clock.now(), number])
