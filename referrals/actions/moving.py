"""How every change of a referral is made: locked, checked against the version read, one event, one version more."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from delivery.events import Happening, record
from delivery.models import Event
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import MoveForbidden, NotFound, Stale
from referrals.models import Referral
from referrals.rules.lifecycle import Move, allowed_moves
from referrals.types.figures import day_text


def lock(referral_id: UUID, *, version: int | None) -> Referral:
    """The referral, locked until the transaction ends, if it is still the `version` that the caller read.

    `version` None asks for none (jobs, and the sender's own moves by API).

    Raises:
        NotFound: unknown, or not for who acts.
        Stale: somebody was faster; the sentence says who and when.
    """
    referral = Referral.objects.select_for_update(of=("self",), no_key=True).filter(pk=referral_id).first()
    if referral is None:
        raise NotFound
    if version is not None and referral.version != version:
        raise Stale(_who_was_faster(referral), current_version=referral.version)
    return referral


def lock_many(wanted: QuerySet[Referral], *, limit: int) -> list[Referral]:
    """The first `limit` of `wanted`, locked until the transaction ends.

    By id, whatever their order: so two who lock many wait for each other and never lock each other up.
    """
    first = wanted.values("pk")[:limit]
    return list(wanted.filter(pk__in=first).order_by("id").select_for_update(of=("self",), no_key=True))


def change(
    referral: Referral,
    kind: str,
    *,
    by: Actor,
    at: datetime | None = None,
    data: dict[str, Any] | None = None,
    feed: str | None = None,
    elevated: bool = False,
    **columns: Any,
) -> None:
    """Write `columns` of a locked referral with the event `kind`, as `by`, who acts already.

    `feed` is the authority whose feed gets the event, by default the one that holds the
    referral. `elevated` is for a hand-over, whose result the giver may not see any more:
    PostgreSQL tests the new row against what the giver may read, so our own job writes it.
    """
    at = at or clock.now()
    columns |= {"version": referral.version + 1, "updated_at": at}
    with acting(Actor.system("hand-over")) if elevated else nullcontext():
        Referral.objects.filter(pk=referral.pk).update(**columns)
    for name, value in columns.items():
        setattr(referral, name, value)
    record(
        Happening(
            "referral",
            referral.pk,
            referral.version,
            kind,
            referral.status,
            by,
            protected=referral.protected,
            authority=feed or referral.receiving_authority_id,
            at=at,
            data=data or {},
        )
    )


def check(referral: Referral, move: Move, *, by: Actor) -> None:
    """Whether `by` may make `move` now.

    Raises:
        MoveForbidden: the life cycle, or the actor's part in it, does not allow it.
    """
    if move not in moves_for(referral, by):
        raise MoveForbidden


def moves_for(referral: Referral, by: Actor) -> list[Move]:
    """What `by` may do with the referral now, the likely move first."""
    return allowed_moves(
        referral.status,
        role=by.role,
        is_sender=referral.sender_id == by.id,
        holds=referral.receiving_authority_id == by.authority,
    )


def _who_was_faster(referral: Referral) -> str:
    last = Event.objects.filter(subject_id=referral.pk).order_by("-version").first()
    if last is None:
        return ""
    when = last.at.astimezone(clock.HELSINKI)
    name = _("The system") if last.role == "system" else last.actor_name
    return _("%(name)s changed it on %(date)s at %(time)s. Look at the referral as it is now, then go on.") % {
        "name": name,
        "date": day_text(when.date()),
        "time": f"{when.hour}.{when.minute:02}",
    }
