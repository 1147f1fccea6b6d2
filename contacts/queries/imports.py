"""What whole files have done to the directory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, Max, OuterRef

from contacts.models import Action, Revision
from kela_kunta.base.problems import NotFound

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Import:
    """One import: how much of each action, and how much of it is still as it was left (`standing`)."""

    batch: UUID
    owner: str
    kinds: list[str]
    at: datetime
    by: str
    counts: Counter[str]
    standing: int

    @property
    def added(self) -> int:
        return self.counts[Action.ADDED]

    @property
    def changed(self) -> int:
        return self.counts[Action.CHANGED]

    @property
    def removed(self) -> int:
        return self.counts[Action.REMOVED]


def import_of(batch: UUID) -> Import:
    """What an import did. One statement.

    Raises:
        NotFound: there is none of that name.
    """
    later = Revision.objects.filter(entry_id=OuterRef("entry_id"), version__gt=OuterRef("version"))
    rows = Revision.objects.filter(batch=batch).exclude(action=Action.UNDONE).annotate(changed_since=Exists(later))
    found = list(rows.order_by("entry_id", "version"))
    if not found:
        raise NotFound
    return Import(
        batch,
        found[0].owner_id,
        sorted({row.kind for row in found}),
        found[0].at,
        found[0].actor_name,
        Counter(row.action for row in found),
        sum(not row.changed_since for row in found),
    )


def imports_of(owner: str) -> list[tuple[UUID, datetime]]:
    """The latest imports of an owner's entries, newest first. One statement."""
    rows = Revision.objects.filter(owner=owner, batch__isnull=False).exclude(action=Action.UNDONE)
    newest = rows.values("batch").annotate(newest=Max("at")).order_by("-newest")[:SHOWN]
    return [(batch, at) for batch, at in newest.values_list("batch", "newest") if batch]
