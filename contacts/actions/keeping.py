"""What the owners of the directory do with their entries. Every change is a revision, and each can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from contacts.actions.revising import agree, agree_anew, confirm, read_content, revision_of
from contacts.models import Action, Entry, LocalPractice, Revision
from contacts.queries.entries import KELA, KINDS
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import FieldError, Invalid, NotAllowed, NotFound, Problem

Row = TypeVar("Row", bound=Entry)
KEEPERS = frozenset({"directory", "lead"})


class EntryChanged(Problem):
    """Somebody was faster."""

    status, code, title = 409, "entry_changed", _("Somebody has changed this since you opened it.")


class AgreedAlready(Problem):
    """What both sides have agreed is not rewritten: a new version is proposed."""

    status, code, title = 409, "agreed_already", _("This has been agreed. Propose a new version instead.")


def may_keep(by: Actor, owner: str, model: type[Entry]) -> bool:
    """Whether `by` may write entries of that kind for `owner`: its own people, Kela's editor for Kela,
    and the editor too for practices, which both sides propose."""
    if by.role == "system":
        return True
    if by.role == "editor":
        return owner == KELA or model is LocalPractice
    return by.role in KEEPERS and by.authority == owner


def add_entry(
    model: type[Entry],
    values: Mapping[str, Any],
    *,
    owner: str,
    by: Actor,
    on: date | None = None,
    batch: UUID | None = None,
) -> Entry:
    """A new entry, confirmed by being written; a practice is agreed by the side that proposes it.

    Raises:
        NotAllowed: the owner's entries are not `by`'s to write.
    """
    with acting(by):
        require_keeper(by, owner, model)
        row = model(owner_id=owner, **values)
        confirm(row, by, on)
        if isinstance(row, LocalPractice):
            agree(row, by, row.confirmed_on)
        row.updated_at = clock.now()
        row.save(force_insert=True)
        _tell(row, Action.ADDED, by, batch)
        return row


def change_entry(row: Row, values: Mapping[str, Any], *, version: int, by: Actor, batch: UUID | None = None) -> Row:
    """Other values for an entry that still is `version`; nothing happens where they are the same.

    Raises:
        NotAllowed: it is not `by`'s to write.
        EntryChanged: somebody was faster.
        AgreedAlready: both sides have agreed to the practice.
    """
    with acting(by):
        row = _locked(row, version, by)
        if isinstance(row, LocalPractice) and row.agreed:
            raise AgreedAlready
        if row.written() == row.written() | dict(values):
            return row
        for name, value in values.items():
            setattr(row, name, value)
        confirm(row, by, None)
        if isinstance(row, LocalPractice):
            agree_anew(row, by)
        return _saved(row, Action.CHANGED, by, batch)


def confirm_entry(row: Row, *, version: int, by: Actor) -> Row:
    """The entry is right as it stands: its time begins anew.

    Raises:
        NotAllowed, EntryChanged: as for a change.
    """
    with acting(by):
        row = _locked(row, version, by)
        confirm(row, by, None)
        return _saved(row, Action.CONFIRMED, by, None)


def agree_practice(row: LocalPractice, *, version: int, by: Actor) -> LocalPractice:
    """The other side agrees: the practice holds, and the one before it ends the day before it begins.

    Raises:
        NotAllowed, EntryChanged: as for a change.
        Invalid: one that begins no earlier is in force already.
    """
    with acting(by):
        found = _locked(row, version, by)
        agree(found, by, clock.today())
        if found.agreed:
            _end_the_former(found, by)
        return _saved(found, Action.AGREED, by, None)


def remove_entry(row: Entry, *, version: int, by: Actor, batch: UUID | None = None) -> None:
    """Take an entry out of the directory; its history stays, and it can be brought back.

    Raises:
        NotAllowed, EntryChanged: as for a change.
    """
    with acting(by):
        row = _locked(row, version, by)
        row.version += 1
        _tell(row, Action.REMOVED, by, batch, gone=True)
        row.delete()


def undo(id: UUID, *, version: int, by: Actor, batch: UUID | None = None) -> Entry | None:
    """Take back what made an entry `version`, its newest: what stood before stands again, in a new revision.

    None when it was not there before.

    Raises:
        NotFound: there is no such entry, and never was.
        NotAllowed: it is not `by`'s to write.
        EntryChanged: `version` is not the newest.
    """
    with acting(by):
        last = Revision.objects.filter(entry_id=id).order_by("-version").first()
        if last is None:
            raise NotFound
        model = KINDS[last.kind]
        require_keeper(by, last.owner_id, model)
        if last.version != version:
            raise EntryChanged
        before = Revision.objects.filter(entry_id=id, version=version - 1).first()
        content = before.content if before else None
        row = model._default_manager.select_for_update(of=("self",), no_key=True).filter(pk=id).first()
        if content is None:
            if row is not None:
                row.version = version + 1
                _tell(row, Action.UNDONE, by, batch, gone=True)
                row.delete()
            return None
        restored = model(
            id=id, owner_id=last.owner_id, version=version + 1, updated_at=clock.now(), **read_content(content)
        )
        restored.save(force_insert=row is None, force_update=row is not None)
        _tell(restored, Action.UNDONE, by, batch)
        return restored


def require_keeper(by: Actor, owner: str, model: type[Entry]) -> None:
    """Raises:
    NotAllowed: the owner's entries of that kind are not `by`'s to write.
    """
    if not may_keep(by, owner, model):
        raise NotAllowed


def _locked(row: Row, version: int, by: Actor) -> Row:
    """The row as it is now, for writing."""
    require_keeper(by, row.owner_id, type(row))
    found = type(row)._default_manager.select_for_update(of=("self",), no_key=True).filter(pk=row.pk).first()
    if found is None or found.version != version:
        raise EntryChanged
    return found


def _end_the_former(row: LocalPractice, by: Actor) -> None:
    begins = row.valid.lower
    overlapping = LocalPractice.objects.select_for_update(of=("self",), no_key=True).filter(
        owner=row.owner_id, topic=row.topic, municipality=row.municipality_id, valid__overlap=row.valid
    )
    agreed: Iterable[LocalPractice] = (one for one in overlapping.exclude(pk=row.pk).order_by("id") if one.agreed)
    for former in agreed:
        if former.valid.lower >= begins:
            sentence = _("Another one, agreed already, begins on the same day or later.")
            raise Invalid(errors=[FieldError("#/from", "overlaps", sentence)])
        former.valid = DateRange(former.valid.lower, begins)
        _saved(former, Action.CHANGED, by, None)


def _saved(row: Row, action: Action, by: Actor, batch: UUID | None) -> Row:
    row.version += 1
    row.updated_at = clock.now()
    row.save(force_update=True)
    _tell(row, action, by, batch)
    return row


def _tell(row: Entry, action: Action, by: Actor, batch: UUID | None, *, gone: bool = False) -> None:
    revision_of(row, action, by, batch, gone=gone).save(force_insert=True)
