"""Whom the detection of alerts is to look at, and from which day on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import connection

from kela_kunta.base.rows import array

_WATCH = """
INSERT INTO referrals_watch AS known (recipient_id, from_day) SELECT * FROM unnest(%s::uuid[], %s::date[])
ON CONFLICT (recipient_id) DO UPDATE SET from_day = least(known.from_day, excluded.from_day)
"""


def watch(days: Mapping[UUID, date]) -> None:
    """Let the first detection from a recipient's day on look at them, in the caller's transaction; an earlier day holds.

    Sorted, so that two who ask for the same people wait for each other and do not lock up.
    """
    recipients = sorted(days)
    with connection.cursor() as cursor:
        cursor.execute(_WATCH, [array(recipients), array(days[recipient] for recipient in recipients)])
