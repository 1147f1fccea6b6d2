"""Test data and live data stand in the same tables and never meet: PostgreSQL keeps them apart."""

from __future__ import annotations

from django.db.models import BooleanField, Func


class ActingTest(Func):
    """Whether who acts does so for a test; what they write is marked by it."""

    function = "acting_test"
    output_field = BooleanField()
