"""An authority's lead tells that it cannot receive as usual, and that it can again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, OperationalError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _
from psycopg.errors import DeadlockDetected, ExclusionViolation

from contacts.models import Pause
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import FieldError, Invalid, NotAllowed, NotFound


def pause(
    *,
    type: str,
    begins: datetime,
    ends: datetime | None,
    cause: str,
    text: str,
    fallback_phone: str,
    inbox_read: bool,
    by: Actor,
) -> Pause:
    """The lead's authority pauses in matters of `type` ("" for all) from `begins` to `ends` (None until told otherwise).

    Raises:
        NotAllowed: `by` leads no authority.
        Invalid: it ends before it begins, or overlaps another pause of the same type.
    """
    if by.role != "lead":
        raise NotAllowed
    if ends is not None and ends <= begins:
        raise Invalid(errors=[FieldError("#/ends", "backwards", _("It ends before it begins."))])
    try:
        with acting(by):
            return Pause.objects.create(
                authority_id=by.authority,
                type=type,
                valid=DateTimeTZRange(begins, ends),
                cause=cause,
                text=text,
                fallback_phone=fallback_phone,
                inbox_read=inbox_read,
                set_at=clock.now(),
                set_by=by.name,
            )
    except (IntegrityError, OperationalError) as error:
        # Two at once may wait for each other, until PostgreSQL lets one go.
        if not isinstance(error.__cause__, ExclusionViolation | DeadlockDetected):
            raise
        overlaps = FieldError("#/begins", "overlaps", _("There is another pause at that time."))
        raise Invalid(errors=[overlaps]) from None


def resume(id: UUID, *, by: Actor) -> None:
    """The pause ends now; one that has not begun never was.

    Raises:
        NotAllowed: `by` leads no authority.
        NotFound: it is none of the lead's authority, or has ended.
    """
    if by.role != "lead":
        raise NotAllowed
    with acting(by):
        now = clock.now()
        rows = Pause.objects.select_for_update(of=("self",), no_key=True).filter(pk=id, authority=by.authority)
        found = rows.first()
        if found is None or (found.valid.upper and found.valid.upper <= now):
            raise NotFound
        if found.valid.lower >= now:
            found.delete()
            return
        found.valid = DateTimeTZRange(found.valid.lower, now)
        found.ended_by = by.name
        found.save(update_fields=["valid", "ended_by"])
