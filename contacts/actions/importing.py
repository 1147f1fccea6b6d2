"""A whole file into the directory at once, and out of it again: the same revisions as by hand, a thousand at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from psycopg.errors import ExclusionViolation, ForeignKeyViolation, UniqueViolation

from contacts.actions.keeping import EntryChanged, require_keeper
from contacts.actions.revising import agree, agree_anew, confirm, read_content, revision_of
from contacts.exchange.planning import Plan, plan_file
from contacts.models import Action, Entry, LocalPractice, Revision, Upload
from contacts.queries.entries import KINDS
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Invalid, NotFound, Problem

KEPT_FOR = timedelta(hours=1)
AT_ONCE = 500  # rows in a statement


class UploadGone(Problem):
    """The file was somebody else's, or its hour is over."""

    status, code, title = 410, "upload_gone", _("The file is not kept any more. Choose it once more.")


class PlanChanged(Problem):
    """What the import would do is no more what was shown."""

    status, code, title = 409, "plan_changed", _("The directory has changed since the preview. Look at it again.")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; `batch` names it in the history."""

    batch: UUID
    added: int
    changed: int
    unchanged: int
    removed: int


@dataclass(frozen=True, slots=True)
class Undone:
    """How many entries stand again as before an import, and how many stayed since somebody has changed them after it."""

    undone: int
    stayed: int


def keep_upload(content: bytes, *, kind: str, owner: str, whole: bool, by: Actor) -> Upload:
    """Keep a file for an hour, until `by` confirms what it would do; those whose hour is over go.

    Raises:
        NotAllowed: the owner's entries of that kind are not `by`'s to write.
    """
    forget_uploads()
    with acting(by):
        require_keeper(by, owner, KINDS[kind])
        return Upload.objects.create(
            actor_id=by.id, owner_id=owner, kind=kind, whole=whole, content=content, expires_at=clock.now() + KEPT_FOR
        )


def forget_uploads() -> int:
    """Drop the kept files whose hour is over; how many."""
    with acting(Actor.system("forget_uploads")):
        return Upload.objects.filter(expires_at__lte=clock.now()).delete()[0]


def plan_upload(id: UUID, *, by: Actor) -> tuple[Upload, Plan]:
    """A kept file, and what importing it would do now.

    Raises:
        UploadGone: there is no such file of `by`, or not any more.
    """
    upload = Upload.objects.filter(pk=id, actor_id=by.id, expires_at__gt=clock.now()).first()
    if upload is None:
        raise UploadGone
    return upload, plan_file(bytes(upload.content), kind=upload.kind, owner=upload.owner_id, whole=upload.whole)


def import_upload(id: UUID, *, digest: str, by: Actor) -> Imported:
    """Do what the preview of a kept file showed, which `digest` names.

    Raises:
        UploadGone: there is no such file of `by`, or not any more.
        PlanChanged: it would do something else by now; nothing was done.
        NotAllowed, Invalid, EntryChanged: as for `import_plan`.
    """
    with acting(by):
        upload, plan = plan_upload(id, by=by)
        if plan.digest() != digest:
            raise PlanChanged
        done = import_plan(plan, by=by)
        upload.delete()
        return done


def import_plan(plan: Plan, *, by: Actor) -> Imported:
    """Do all of a plan, or nothing.

    Raises:
        Invalid: something in the file is wrong.
        NotAllowed: the owner's entries are not `by`'s to write.
        EntryChanged: somebody was faster.
    """
    if plan.troubles:
        raise Invalid
    batch = uuid4()
    with _lost_races(), acting(by):
        for model in plan.models:
            require_keeper(by, plan.owner, model)
        _lock([*(one.entry for one in plan.changes), *plan.removals])
        told = [*_add(plan, by, batch), *_change(plan, by, batch), *_remove(plan, by, batch)]
        Revision.objects.bulk_create(told, batch_size=AT_ONCE)
    return Imported(batch, len(plan.additions), len(plan.changes), plan.unchanged, len(plan.removals))


def _add(plan: Plan, by: Actor, batch: UUID) -> list[Revision]:
    new = zip(_ids(len(plan.additions)), plan.additions, strict=True)
    rows = [addition.model(id=id, owner_id=plan.owner, **addition.values) for id, addition in new]
    for row in rows:
        confirm(row, by)
        if isinstance(row, LocalPractice):
            agree(row, by, row.confirmed_on)
        row.updated_at = clock.now()
    for model, some in _by_model(rows).items():
        model._default_manager.bulk_create(some, batch_size=AT_ONCE)
    return [revision_of(row, Action.ADDED, by, batch) for row in rows]


def _change(plan: Plan, by: Actor, batch: UUID) -> list[Revision]:
    for change in plan.changes:
        row = change.entry
        for name, value in change.values.items():
            setattr(row, name, value)
        confirm(row, by)
        if isinstance(row, LocalPractice):
            agree_anew(row, by)
        row.version += 1
    rows = [change.entry for change in plan.changes]
    _store(rows)
    return [revision_of(row, Action.CHANGED, by, batch) for row in rows]


def _remove(plan: Plan, by: Actor, batch: UUID) -> list[Revision]:
    for row in plan.removals:
        row.version += 1
    _delete(plan.removals)
    return [revision_of(row, Action.REMOVED, by, batch, gone=True) for row in plan.removals]


def undo_import(batch: UUID, *, by: Actor) -> Undone:
    """Take a whole import back: what it added goes, what it changed or removed stands again as before it.

    What somebody has changed since stays as it is.

    Raises:
        NotFound: there is no such import.
        NotAllowed: its entries are not `by`'s to write.
        EntryChanged: another entry stands where one of them stood.
    """
    with _lost_races(), acting(by):
        done = list(Revision.objects.filter(batch=batch).order_by("entry_id", "version"))
        if not done:
            raise NotFound
        for owner, kind in {(one.owner_id, one.kind) for one in done}:
            require_keeper(by, owner, KINDS[kind])
        ids = [one.entry_id for one in done]
        _lock_all(done)
        newest = dict(
            Revision.objects.filter(entry_id__in=ids).values("entry_id").annotate(newest=Max("version"))
            .values_list("entry_id", "newest")
        )  # fmt: skip
        back = [one for one in done if newest[one.entry_id] == one.version]
        _take_back(back, by)
        return Undone(len(back), len(done) - len(back))


@contextmanager
def _lost_races() -> Iterator[None]:
    """A constraint that is hurt was kept by somebody faster."""
    try:
        yield
    except IntegrityError as error:
        if isinstance(error.__cause__, UniqueViolation | ExclusionViolation | ForeignKeyViolation):
            raise EntryChanged from None
        raise


def _take_back(revisions: Sequence[Revision], by: Actor) -> None:
    batch = uuid4()
    former = {
        (one.entry_id, one.version): one.content
        for one in Revision.objects.filter(entry_id__in=[one.entry_id for one in revisions])
    }
    restored: list[Entry] = []
    gone: list[Entry] = []
    told: list[Revision] = []
    for one in revisions:
        content = former.get((one.entry_id, one.version - 1))
        model, version = KINDS[one.kind], one.version + 1
        row = model(id=one.entry_id, owner_id=one.owner_id, version=version, **read_content(content or {}))
        told.append(revision_of(row, Action.UNDONE, by, batch, gone=content is None))
        (gone if content is None else restored).append(row)
    _delete(gone)
    _store(restored)
    Revision.objects.bulk_create(told, batch_size=AT_ONCE)


def _ids(count: int) -> list[UUID]:
    """As PostgreSQL makes them, but before the rows: a bulk insert does not tell what it gave."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT uuidv7() FROM generate_series(1, %s)", [count])
        return [id for (id,) in cursor.fetchall()]


def _by_model(rows: Iterable[Entry]) -> dict[type[Entry], list[Any]]:
    found: defaultdict[type[Entry], list[Any]] = defaultdict(list)
    for row in rows:
        found[type(row)].append(row)
    return found


def _lock(rows: Iterable[Entry]) -> None:
    """Nobody else changes the rows until this is over, nor has since they were read."""
    for model, some in _by_model(rows).items():
        ids = [row.pk for row in some]
        locked = model._default_manager.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("id")
        there = dict(locked.values_list("pk", "version"))
        if any(there.get(row.pk) != row.version for row in some):
            raise EntryChanged


def _lock_all(revisions: Iterable[Revision]) -> None:
    ids: defaultdict[str, list[UUID]] = defaultdict(list)
    for one in revisions:
        ids[one.kind].append(one.entry_id)
    for kind in sorted(ids):
        locked = KINDS[kind]._default_manager.select_for_update(of=("self",), no_key=True)
        list(locked.filter(pk__in=ids[kind]).order_by("id").values_list("pk"))


def _store(rows: Iterable[Entry]) -> None:
    """Write whole rows over those of the same id; those that are gone come back."""
    for model, some in _by_model(rows).items():
        for row in some:
            row.updated_at = clock.now()
        columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        model._default_manager.bulk_create(
            some, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=columns
        )


def _delete(rows: Iterable[Entry]) -> None:
    for model, some in _by_model(rows).items():
        model._default_manager.filter(pk__in=[row.pk for row in some]).delete()
