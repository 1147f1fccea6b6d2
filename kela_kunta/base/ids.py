"""Identifiers of rows."""

from __future__ import annotations

from django.db.models import Func, UUIDField


class UuidV7(Func):
    """PostgreSQL's time-ordered identifier, so that indexes stay warm."""

    function = "uuidv7"
    output_field = UUIDField()
