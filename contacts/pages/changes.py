"""What stands in an entry and what was done to it, field by field in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.actions.keeping import read_content
from contacts.bodies import BODIES
from contacts.models import Action, Entry, Municipality, Revision
from contacts.pages import previews
from contacts.pages.previews import KIND_WORDS, NOTHING, name_of
from contacts.queries.entries import KINDS
from kela_kunta.base.languages import LANGUAGES
from referrals.types import TYPES

NEW = {
    "contact": gettext_lazy("New contact"),
    "service_point": gettext_lazy("New service point"),
    "local_practice": gettext_lazy("New local practice"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One field: what stood before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One thing done to an entry; `is_last` when it is the newest, which can be undone."""

    entry: UUID
    kind: str
    kind_word: str
    owner_code: str
    name: str
    version: int
    action: str
    at: datetime
    by: str
    fields: list[Changed]
    gone: bool
    is_last: bool


def told(revisions: Sequence[Revision]) -> list[Told]:
    """The history of one entry, the newest first, each against the one before."""
    older: Sequence[Revision | None] = [*revisions, None][1:]
    return [
        _told(one, before, is_last=place == 0) for place, (one, before) in enumerate(zip(revisions, older, strict=True))
    ]


def newest(revisions: Sequence[Revision]) -> list[Told]:
    """The changes of several entries, without their fields."""
    return [_told(one, one, is_last=False) for one in revisions]


def _told(one: Revision, before: Revision | None, *, is_last: bool) -> Told:
    row = _row(one) or (_row(before) if before else None)
    return Told(
        entry=one.entry_id,
        kind=one.kind,
        kind_word=str(KIND_WORDS[one.kind]),
        owner_code=one.owner_id,
        name=name_of(row) if row else "",
        version=one.version,
        action=str(Action(one.action).label),
        at=one.at,
        by=_("The system") if one.role == "system" else one.actor_name,
        fields=_fields(before.content if before else None, one.content, one) if one is not before else [],
        gone=one.content is None,
        is_last=is_last,
    )


def _fields(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, one: Revision) -> list[Changed]:
    """What differs; of an entry that has come or gone nothing, for all of it has."""
    if before is None or after is None:
        return []
    model = KINDS[one.kind]
    old, new = (model(**read_content(content)) for content in (before, after))
    labels = _labels(one.kind)
    return [
        Changed(labels[name], word(old, name, getattr(old, name)), word(new, name, getattr(new, name)))
        for name in model.WRITTEN
        if name in labels and getattr(old, name) != getattr(new, name)
    ]


def facts_of(row: Entry) -> list[tuple[str, str]]:
    """All that is written of an entry, as (label, words), without what is not told."""
    labels = _labels(row.KIND)
    facts = [(labels[name], word(row, name, getattr(row, name))) for name in row.WRITTEN if name in labels]
    return [(label, text) for label, text in facts if text != NOTHING]


def word(row: Entry, name: str, value: Any) -> str:
    """A value of an entry's column as people read it, with names for codes."""
    if not value:
        return previews.word(row, name, value)
    if name == "languages":
        return ", ".join(str(LANGUAGES.get(code, code)) for code in value)
    if name == "types":
        return ", ".join(str(TYPES[code].short_label) if code in TYPES else code for code in value)
    if name in ("municipality_id", "serves"):
        codes = [value] if isinstance(value, str) else value
        names = {place.code: place.name for place in Municipality.objects.filter(pk__in=codes)}
        return ", ".join(names.get(code, code) for code in codes)
    return previews.word(row, name, value)


def _labels(kind: str) -> dict[str, str]:
    labels = {field.source or name: str(field.label) for name, field in BODIES[kind]().fields.items()}
    return labels | {"valid": _("In force")}


def _row(one: Revision) -> Entry | None:
    return KINDS[one.kind](owner_id=one.owner_id, **read_content(one.content)) if one.content else None


__all__ = ["NEW", "Changed", "Told", "facts_of", "name_of", "newest", "told", "word"]
