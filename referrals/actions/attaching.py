"""The files of a referral arrive; when the last one is there, the referral goes on its way."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kela_kunta.base import clock, sealed
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import FieldError, Invalid, MoveForbidden, NotAllowed, NotFound
from kela_kunta.base.wake import wake
from referrals.actions.moving import change, lock
from referrals.models import Attachment, AttachmentContent
from referrals.rules.files import is_sha256, media_type_of
from referrals.rules.lifecycle import Status


def upload(referral_id: UUID, sha256: str, content: bytes, *, by: Actor) -> Attachment:
    """Keep the file that the sender declared by this SHA-256 (hexadecimal). The same again changes nothing.

    With the last one the referral gets a new version with the event `attachments_complete`, and the
    router takes it.

    Raises:
        NotFound: no such referral for `by`, or it declares no such file.
        NotAllowed: `by` did not send it.
        MoveForbidden: the 24 hours are over, or the referral was withdrawn.
        Invalid: another size, other content, or no PDF, JPEG or PNG; nothing was stored.
    """
    with acting(by):
        known = Attachment.objects.filter(referral=referral_id, sha256=sha256)
        attachment = known.first() if is_sha256(sha256) else None
        if attachment is None:
            raise NotFound
        media_type = _check(attachment, content)
        referral = lock(referral_id, version=None)
        if referral.sender_id != by.id:
            raise NotAllowed
        if AttachmentContent.objects.filter(attachment=attachment).exists():
            return attachment
        now = clock.now()
        if referral.status != Status.SENT or referral.attachments_due is None or referral.attachments_due <= now:
            raise MoveForbidden(_("The time for uploading is over. Withdraw the referral and send it anew."))
        AttachmentContent.objects.create(
            attachment=attachment,
            referral=referral,
            media_type=media_type,
            sealed=sealed.seal_bytes(content, about=attachment.pk.bytes),
            uploaded_at=now,
        )
        if AttachmentContent.objects.filter(referral=referral).count() == referral.files:
            change(
                referral, "attachments_complete", by=by, at=now, data={"files": referral.files}, attachments_due=None
            )
            wake("referrals.route_pending")
        return attachment


def _check(attachment: Attachment, content: bytes) -> str:
    """The media type of `content`, if it is what was declared.

    Raises:
        Invalid: it is something else.
    """
    errors = []
    found = media_type_of(content)
    if len(content) != attachment.size:
        errors.append(FieldError("#", "size", _("The file has another size than was declared.")))
    elif hashlib.sha256(content).hexdigest() != attachment.sha256:
        errors.append(FieldError("#", "sha256", _("The file has another SHA-256 than was declared.")))
    elif not found:
        errors.append(FieldError("#", "media_type", _("Only whole files in PDF, JPEG or PNG can be attached.")))
    elif attachment.media_type and attachment.media_type != found:
        errors.append(FieldError("#", "media_type", _("The file has another media type than was declared.")))
    if errors:
        raise Invalid(errors=errors)
    return found
