"""The conversation on a referral as one side sees it, and where something is still to be read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from kela_kunta.base.paging import Page, keyset_page
from referrals.models import Message, MessagesRead
from referrals.rules.lifecycle import RECEIVERS, SUPERVISOR

LOOKED_AT = timedelta(days=90)  # what is older is left to who opens the referral
MOST_UNREAD = 500


@dataclass(frozen=True, slots=True)
class Said:
    """A message as one reader sees it. `is_read`: by the reader, or, of their own side's, by somebody at the other."""

    message: Message
    ours: bool
    is_read: bool


def conversation(by: Actor, referral_id: UUID) -> list[Said]:
    """All that both sides said and `by`'s side noted, in order. Two statements."""
    messages = list(Message.objects.filter(referral=referral_id).order_by("at", "id"))
    return said(by, referral_id, messages) if messages else []


def messages_on(by: Actor, referral_id: UUID, *, cursor: str | None, size: int) -> tuple[Page[Message], list[Said]]:
    """A page of the same. Two statements.

    Raises:
        BadCursor: `cursor` is not one of ours.
    """
    rows = Message.objects.filter(referral=referral_id)
    page = keyset_page(rows, order=("at", "id"), cursor=cursor, size=size)
    return page, said(by, referral_id, page.rows)


def said(by: Actor, referral_id: UUID, messages: Sequence[Message]) -> list[Said]:
    """`messages` of one referral with their read state for `by`. One statement."""
    marks = list(MessagesRead.objects.filter(referral=referral_id).order_by("reader_id"))
    mine = max((mark.upto for mark in marks if mark.reader_id == by.id), default=None)
    theirs = max((mark.upto for mark in marks if mark.side != by.authority), default=None)
    return [
        Said(
            message,
            ours,
            (upto := theirs if ours and not message.internal else mine) is not None and message.pk <= upto,
        )
        for message in messages
        for ours in [message.side == by.authority]
    ]


def unread_by(by: Actor) -> list[UUID]:
    """The referrals with a message of the last 90 days that `by` should look at and has not read; at most 500.

    For an authority's people and systems whatever was written to it; for Kela's what was written to
    them as senders, for supervisors also what was written to Kela's systems. One statement.
    """
    recent = _unread(by).filter(at__gte=clock.now() - LOOKED_AT)
    return list(recent.order_by("referral_id").values_list("referral_id", flat=True).distinct()[:MOST_UNREAD])


def unread_among(by: Actor, referrals: Collection[UUID]) -> set[UUID]:
    """Those of `referrals` with a message that `by` should look at and has not read. One statement."""
    return set(_unread(by).filter(referral__in=list(referrals)).values_list("referral_id", flat=True))


def _unread(by: Actor) -> QuerySet[Message]:
    recipient = Q(recipient=by.authority if by.role in RECEIVERS else by.id)
    if by.role == SUPERVISOR:
        recipient |= Q(recipient__startswith="client:")
    read = MessagesRead.objects.filter(referral=OuterRef("referral"), reader_id=by.id, upto__gte=OuterRef("pk"))
    return Message.objects.filter(recipient, ~Exists(read), internal=False)
