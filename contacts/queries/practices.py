"""The versions of a local practice."""

from __future__ import annotations

from contacts.models import LocalPractice
from contacts.queries.entries import agreed_practices


def version_before(practice: LocalPractice) -> LocalPractice | None:
    """The agreed one about the same in the same place that began last before it. One statement."""
    rows = agreed_practices().filter(
        owner=practice.owner_id, topic=practice.topic, municipality=practice.municipality_id
    )
    return rows.filter(valid__startswith__lt=practice.valid.lower).exclude(pk=practice.pk).order_by("-valid").first()
