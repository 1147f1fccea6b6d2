"""The files of a referral: which there are, one of them, and all as one archive."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q

from accounts.actions.looking import log_look
from accounts.models import Look
from kela_kunta.base import clock, sealed
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import NotFound
from referrals.models import Attachment, AttachmentContent, Referral
from referrals.rules.files import apart, is_sha256, safe_name
from referrals.rules.lifecycle import Status


@dataclass(frozen=True, slots=True)
class File:
    """A whole file, with a name that a header may carry."""

    name: str
    media_type: str
    content: bytes


def attachments_of(referral: Referral) -> list[Attachment]:
    """The referral's files in order, with `uploaded_at` (None: not there yet) and `found_type`. One statement, none
    for a referral without files."""
    if not referral.files:
        return []
    rows = Attachment.objects.filter(referral=referral)
    return list(rows.annotate(uploaded_at=F("content__uploaded_at"), found_type=F("content__media_type")))


def lacking_files(*, overdue: bool) -> Q:
    """The condition of what is held for its files: all of it, or what waits in vain since its time is over."""
    lacking = Q(status=Status.SENT, attachments_due__isnull=False)
    return lacking & Q(attachments_due__lte=clock.now()) if overdue else lacking


def file_for(by: Actor, referral_id: UUID, sha256: str, *, look: Look) -> File:
    """One file, and a line in the access log.

    Raises:
        NotFound: no such file that was uploaded, or not for `by`.
    """
    rows = AttachmentContent.objects.select_related("attachment")
    known = rows.filter(referral=referral_id, attachment__sha256=sha256)
    found = known.first() if is_sha256(sha256) else None
    if found is None:
        raise NotFound
    log_look(by, look, referrals=[referral_id], about={"attachment": sha256})
    return _file(found)


def archive_for(by: Actor, referral_id: UUID, *, look: Look) -> Iterator[bytes]:
    """All files that were uploaded as a ZIP archive, piece by piece, and a line in the access log.

    The pieces are made later, each file read when its turn comes, in a transaction of their own in which
    `by` acts: what `by` may not see any more by then is left out.

    Raises:
        NotFound: no referral with files that were uploaded, or not for `by`.
    """
    contents = list(
        AttachmentContent.objects.filter(referral=referral_id)
        .order_by("attachment__number")
        .values_list("pk", "attachment__name", "media_type")
    )
    if not contents:
        raise NotFound
    log_look(by, look, referrals=[referral_id], about={"attachment": "all"})
    names = apart(safe_name(name, media_type) for _pk, name, media_type in contents)
    return _archive(by, [(pk, name) for (pk, _name, _type), name in zip(contents, names, strict=True)])


class _Pipe:
    """What a ZIP archive is written to: holds what was not taken yet."""

    def __init__(self) -> None:
        self.held = bytearray()

    def write(self, piece: bytes, /) -> int:
        self.held += piece
        return len(piece)

    def flush(self) -> None:
        """Nothing lies behind."""

    def close(self) -> None:
        """What is held can still be taken."""

    def take(self) -> bytes:
        piece, self.held = bytes(self.held), bytearray()
        return piece


def _archive(by: Actor, wanted: list[tuple[UUID, str]]) -> Iterator[bytes]:
    pipe = _Pipe()
    with acting(by), zipfile.ZipFile(pipe, "w") as archive:
        for pk, name in wanted:
            found = AttachmentContent.objects.select_related("attachment").filter(pk=pk).first()
            if found:
                at = found.uploaded_at.astimezone(clock.HELSINKI)
                archive.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), _file(found).content)
                yield pipe.take()
        archive.close()
        yield pipe.take()


def _file(content: AttachmentContent) -> File:
    attachment = content.attachment
    whole = sealed.unseal_bytes(bytes(content.sealed), about=attachment.pk.bytes)
    return File(safe_name(attachment.name, content.media_type), content.media_type, whole)
