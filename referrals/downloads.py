"""Files as they leave: saved by who asks for them, never shown or run in the page."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from referrals.queries.attachments import File

APART = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


def file_response(file: File) -> HttpResponse:
    """One file under its own name (RFC 6266, RFC 5987)."""
    response = HttpResponse(file.content, content_type=file.media_type, headers=APART)
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    return response


def archive_response(referral_id: UUID, pieces: Iterable[bytes]) -> StreamingHttpResponse:
    """All files of a referral as one archive, which is called by the referral's id."""
    response = StreamingHttpResponse(pieces, content_type="application/zip", headers=APART)
    response["Content-Disposition"] = content_disposition_header(True, f"{referral_id}.zip")
    return response
