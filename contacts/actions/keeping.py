"""What the owners of the directory do with their entries. Every change is a revision, and each can be undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, OperationalError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from psycopg.errors import DeadlockDetected, ExclusionViolation, UniqueViolation

from contacts.actions.revising import agree, agree_anew, confirm, read_content, revision_of
from contacts.models import Action, Entry, LocalPractice, Revision
from contacts.queries.entries import KELA, KINDS, agreed_practices
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import FieldError, Invalid, NotAllowed, NotFound, Problem

Row = TypeVar("Row", bound=Entry)
KEEPERS = frozenset({"directory", "lead"})


class EntryChanged(Problem):
    """Somebody was faster."""

    status, code, title = 409, "entry_changed", _("Somebody has changed this since you opened it.")


class Contradicted(Problem):
    """Another entry stands where this one would."""

    status, code, title = 409, "contradicted", _("It contradicts another entry.")


class AgreedAlready(Problem):
    """What both sides have agreed is not rewritten: a new version is proposed."""

    status, code, title = 409, "agreed_already", _("This has been agreed. Propose a new version instead.")


def may_keep(by: Actor, owner: str, model: type[Entry]) -> bool:
    """Whether `by` may write entries of that kind for `owner`: its own people, Kela's editor for Kela,
    and the editor too for practices, which both sides propose. None is Kela's own."""
    if by.role == "system":
        return True
    if model is LocalPractice and owner == KELA:
        return False
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
        Contradicted: the owner has it already.
    """
    with _one_winner(), acting(by):
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
    with _one_winner(), acting(by):
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

    Where another was in force meanwhile it begins today, so that past days stay as they were.
    Its owner confirms it by agreeing. Nothing happens where the side has agreed already.

    Raises:
        NotAllowed, EntryChanged: as for a change.
        Invalid: one that begins no earlier is in force already, or its own days are over.
        Contradicted: another one was agreed in the same instant.
    """
    with _one_winner(), acting(by):
        found = _locked(row, version, by)
        before = found.owner_agreed_on, found.kela_agreed_on
        agree(found, by, clock.today())
        if (found.owner_agreed_on, found.kela_agreed_on) == before:
            return found
        if by.authority == found.owner_id:
            confirm(found, by, None)
        if found.agreed:
            _end_the_former(found, by)
        return _saved(found, Action.AGREED, by, None)


def remove_entry(row: Entry, *, version: int, by: Actor, batch: UUID | None = None) -> None:
    """Take an entry out of the directory; its history stays, and it can be brought back.

    A practice that has been in force ends instead, so that it can be read back as of the days before.

    Raises:
        NotAllowed, EntryChanged: as for a change.
        AgreedAlready: the practice has ended before today.
    """
    with _one_winner(), acting(by):
        row = _locked(row, version, by)
        if isinstance(row, LocalPractice) and was_in_force(row, clock.today()):
            _end(row, by, batch)
            return
        row.version += 1
        _tell(row, Action.REMOVED, by, batch, gone=True)
        type(row)._default_manager.filter(pk=row.pk).delete()
        if isinstance(row, LocalPractice) and row.agreed:
            _let_the_former_go_on(row, by)


def was_in_force(row: LocalPractice, on: date) -> bool:
    """Whether, on some day before `on`, both sides had agreed to the practice and it held."""
    agreed = [day for day in (row.owner_agreed_on, row.kela_agreed_on) if day]
    begun = max([*agreed, row.valid.lower or date.min])
    return row.agreed and begun < min(on, row.valid.upper or on)


def undo(id: UUID, *, version: int, by: Actor, batch: UUID | None = None) -> Entry | None:
    """Take back what made an entry `version`, its newest: what stood before stands again, in a new revision.

    None when it was not there before. With an agreement goes the end that it put to the practice before.

    Raises:
        NotFound: there is no such entry, and never was.
        NotAllowed: it is not `by`'s to write.
        EntryChanged: `version` is not the newest.
        AgreedAlready: the practice has been in force, and would not have been.
        Contradicted: another entry has taken its place since.
    """
    with _one_winner(), acting(by):
        known = Revision.objects.filter(entry_id=id).first()
        if known is None:
            raise NotFound
        model = KINDS[known.kind]
        require_keeper(by, known.owner_id, model)
        row = model._default_manager.select_for_update(of=("self",), no_key=True).filter(pk=id).first()
        last, *older = Revision.objects.filter(entry_id=id).order_by("-version")[:2]
        if last.version != version:
            raise EntryChanged
        content = older[0].content if older else None
        restored = model(
            id=id, owner_id=last.owner_id, version=version + 1, updated_at=clock.now(), **read_content(content or {})
        )
        was, becomes = _if_agreed(row), _if_agreed(restored)
        if was and not becomes and was_in_force(was, clock.today()):
            raise AgreedAlready
        if becomes and not was:
            _end_the_former(becomes, by)
        if content is not None:
            restored.save(force_insert=row is None, force_update=row is not None)
        elif row is not None:
            model._default_manager.filter(pk=id).delete()
        _tell(restored, Action.UNDONE, by, batch, gone=content is None)
        if was and not becomes:
            _let_the_former_go_on(was, by)
        return None if content is None else restored


def _if_agreed(row: Entry | None) -> LocalPractice | None:
    """The row, if it is a practice that both sides have agreed to."""
    return row if isinstance(row, LocalPractice) and row.agreed else None


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
    """End what `row` takes the place of, the day before; where there is such, `row` begins today at the earliest."""
    today = clock.today()
    others = list(_same_matter(row).filter(valid__overlap=row.valid))
    if others and row.valid.lower < today:
        if row.valid.upper and row.valid.upper <= today:
            raise Invalid(errors=[FieldError("#/to", "over", _("Its last day has passed. Propose a new version."))])
        row.valid = DateRange(today, row.valid.upper)
    begins = row.valid.lower
    for former in others:
        if former.valid.upper and former.valid.upper <= begins:
            continue
        if former.valid.lower >= begins:
            sentence = _("Another one, agreed already, begins on the same day or later.")
            raise Invalid(errors=[FieldError("#/from", "overlaps", sentence)])
        former.valid = DateRange(former.valid.lower, begins)
        _saved(former, Action.CHANGED, by, None)


def _let_the_former_go_on(row: LocalPractice, by: Actor) -> None:
    """What `row` ended when it was agreed ends no more then: `row` is not agreed any more."""
    for former in _same_matter(row).filter(valid__endswith=row.valid.lower):
        if before := _days_before_its_end(former):
            former.valid = before
            _saved(former, Action.UNDONE, by, None)


def _days_before_its_end(row: LocalPractice) -> DateRange | None:
    """The days that the practice had before another ended it; None where nothing or something else did.

    It may have been confirmed since, so the newest revision need not be the one that tells of the end.
    """
    ended_by = None
    for told in Revision.objects.filter(entry_id=row.pk).order_by("-version"):
        if told.content is None:
            return None
        before = LocalPractice(**read_content(told.content))
        if before.valid != row.valid:
            return before.valid if before.agreed and ended_by == Action.CHANGED else None
        ended_by = told.action
    return None


def _same_matter(row: LocalPractice) -> QuerySet[LocalPractice]:
    """The other agreed practices about the same in the same place, for writing."""
    rows = agreed_practices().select_for_update(of=("self",), no_key=True).exclude(pk=row.pk).order_by("id")
    return rows.filter(owner=row.owner_id, topic=row.topic, municipality=row.municipality_id)


def _end(row: LocalPractice, by: Actor, batch: UUID | None) -> None:
    if row.valid.upper and row.valid.upper <= clock.today():
        raise AgreedAlready
    row.valid = DateRange(row.valid.lower, clock.today())
    _saved(row, Action.REMOVED, by, batch)


@contextmanager
def _one_winner() -> Iterator[None]:
    """A constraint that is hurt was kept by somebody faster, or by another entry.

    Two that would exclude each other may wait for each other too, until PostgreSQL lets one go.
    """
    try:
        yield
    except (IntegrityError, OperationalError) as error:
        cause = error.__cause__
        is_twice = isinstance(cause, UniqueViolation) and (cause.diag.constraint_name or "").endswith("_pkey")
        if is_twice or isinstance(cause, DeadlockDetected):
            raise EntryChanged from None
        if isinstance(cause, UniqueViolation | ExclusionViolation):
            raise Contradicted from None
        raise


def _saved(row: Row, action: Action, by: Actor, batch: UUID | None) -> Row:
    row.version += 1
    row.updated_at = clock.now()
    row.save(force_update=True)
    _tell(row, action, by, batch)
    return row


def _tell(row: Entry, action: Action, by: Actor, batch: UUID | None, *, gone: bool = False) -> None:
    revision_of(row, action, by, batch, gone=gone).save(force_insert=True)
