"""Both sides write to each other about a referral, each notes for itself, and everybody reads."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import FieldError, Invalid, NotAllowed, NotFound
from referrals.actions.moving import change, lock
from referrals.models import Message, Referral
from referrals.rules.lifecycle import RECEIVERS, SENDERS

LONGEST_TEXT = 10_000  # characters

# Nobody who has read on is set back by a page that was opened earlier.
_READ = """
INSERT INTO referrals_messagesread (referral_id, reader_id, side, upto, at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (referral_id, reader_id) DO UPDATE SET upto = excluded.upto, at = excluded.at
WHERE referrals_messagesread.upto < excluded.upto
"""


def write_message(referral_id: UUID, *, by: Actor, text: str) -> Message:
    """Say something to the other side: a new version of the referral, with the event `message`, in any status.

    The event tells that there is a message, never what it says.

    Raises:
        NotFound: unknown, or not for `by`.
        NotAllowed: `by` neither sends nor receives referrals.
        Invalid: no text, or more than 10 000 characters.
    """
    with acting(by):
        referral = lock(referral_id, version=None)
        _check(by, text)
        recipient = referral.receiving_authority_id or "" if by.role in SENDERS else referral.sender_id
        message = _write(referral, text, by=by, internal=False, recipient=recipient, version=referral.version + 1)
        change(referral, "message", by=by, at=message.at, data={"message": str(message.pk)})
        return message


def note(referral_id: UUID, *, by: Actor, text: str) -> Message:
    """Note something for `by`'s own side: no event, no new version, nothing that the other side could notice.

    Raises:
        NotFound: unknown, or not for `by`.
        NotAllowed: `by` neither sends nor receives referrals.
        Invalid: no text, or more than 10 000 characters.
    """
    with acting(by):
        referral = lock(referral_id, version=None)
        _check(by, text)
        return _write(referral, text, by=by, internal=True)


def mark_read(referral_id: UUID, *, by: Actor, upto: UUID | None = None) -> None:
    """`by` has read the messages on a referral up to and with `upto`, by default all that there are.

    Raises:
        NotFound: the referral, or the message on it, is unknown or not for `by`.
    """
    with acting(by):
        messages = Message.objects.filter(referral=referral_id)
        if upto is not None:
            messages = messages.filter(pk=upto)
        last = messages.order_by("-id").values_list("pk", flat=True).first()
        if last is None:
            if upto is not None or not Referral.objects.filter(pk=referral_id).exists():
                raise NotFound
            return
        with connection.cursor() as cursor:
            cursor.execute(_READ, [referral_id, by.id, by.authority, last, clock.now()])


def _check(by: Actor, text: str) -> None:
    if by.role not in SENDERS | RECEIVERS:
        raise NotAllowed
    if not text.strip():
        raise Invalid(errors=[FieldError("#/text", "required", _("Fill this in."))])
    if len(text) > LONGEST_TEXT:
        raise Invalid(errors=[FieldError("#/text", "max_length", _("At most 10,000 characters."))])


def _write(
    referral: Referral, text: str, *, by: Actor, internal: bool, recipient: str = "", version: int | None = None
) -> Message:
    return Message.objects.create(
        referral=referral,
        side=by.authority,
        role=by.role,
        author_id=by.id,
        author_name=by.name,
        at=clock.now(),
        text=text.strip(),
        internal=internal,
        recipient=recipient,
        version=version,
    )
