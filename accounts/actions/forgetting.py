"""Lines of the access log that are not kept any more."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from kela_kunta.base.actor import Actor, acting


def forget_looks(before: datetime, *, by: Actor) -> int:
    """Delete the lines written before a moment at least 12 years ago; how many it was. One transaction.

    PostgreSQL refuses a younger moment, and whoever is not one of our own jobs.
    """
    with acting(by), connection.cursor() as cursor:
        cursor.execute("SELECT purge_looks_v1(%s)", [before])
        return int(cursor.fetchone()[0])
