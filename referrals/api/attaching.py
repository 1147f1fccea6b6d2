"""/referrals/<id>/attachments/: which files there are, uploading them, and taking them."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ApiView
from accounts.models import Look
from kela_kunta.base.problems import MoveForbidden, NotAllowed
from referrals import queries
from referrals.actions.attaching import upload
from referrals.api.answers import moment
from referrals.downloads import archive_response, file_response
from referrals.models import Attachment
from referrals.queries.attachments import archive_for, attachments_of, file_for
from referrals.rules import files

READ = ("referrals:read", "inbox:read")
SEND = ("referrals:send",)


class RawBody(BaseParser):
    """The body as it is."""

    media_type = "application/octet-stream"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        return stream.read()


class PdfBody(RawBody):
    """A PDF."""

    media_type = files.PDF


class JpegBody(RawBody):
    """A JPEG."""

    media_type = files.JPEG


class PngBody(RawBody):
    """A PNG."""

    media_type = files.PNG


class AttachmentAnswer(serializers.Serializer[Any]):
    """A file of a referral."""

    name = serializers.CharField(help_text=_("As the sender called it."))
    size = serializers.IntegerField(min_value=1, help_text=_("Bytes."))
    sha256 = serializers.CharField()
    media_type = serializers.CharField(
        allow_null=True, help_text=_("What the content is; before it is uploaded, what was declared.")
    )
    uploaded_at = serializers.DateTimeField(allow_null=True, help_text=_("Null: it is not here yet."))


class AttachmentsAnswer(serializers.Serializer[Any]):
    """The files of a referral."""

    due = serializers.DateTimeField(
        allow_null=True, help_text=_("By when all must be here; null when they are. It is not delivered before.")
    )
    results = AttachmentAnswer(many=True)


class Attachments(ApiView):
    """The files of one referral."""

    scopes: ClassVar = {"GET": READ}
    answered: ClassVar = {"GET": {200: AttachmentsAnswer}}

    def get(self, request: Request, referral_id: UUID) -> Response:
        """Which files the referral has, and which of them are still to be uploaded."""
        referral = queries.referral_for(self.by, referral_id, look=Look.API)
        answered = [_answer(one) for one in attachments_of(referral)]
        return Response({"due": moment(referral.attachments_due), "results": answered})


class AttachmentFile(ApiView):
    """One file of a referral."""

    http_method_names = ["get", "head", "put", "post"]
    parser_classes = [RawBody, PdfBody, JpegBody, PngBody]
    scopes: ClassVar = {"GET": READ, "PUT": SEND, "POST": SEND}
    told: ClassVar = {"PUT": OpenApiTypes.BINARY, "POST": OpenApiTypes.BINARY}
    answered: ClassVar = {
        "GET": {(200, files.PDF, files.JPEG, files.PNG): OpenApiTypes.BINARY},
        "PUT": {200: AttachmentAnswer},
        "POST": {200: AttachmentAnswer},
    }
    problems: ClassVar = {"PUT": (MoveForbidden, NotAllowed), "POST": (MoveForbidden, NotAllowed)}

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """A file comes as what it is, whatever the caller would rather have."""
        return super().perform_content_negotiation(request, force=True)

    def get(self, request: Request, referral_id: UUID, sha256: str) -> HttpResponse:
        """Take the file, under the name that its sender gave it."""
        return file_response(file_for(self.by, referral_id, sha256.lower(), look=Look.API))

    def put(self, request: Request, referral_id: UUID, sha256: str) -> Response:
        """Upload the file that the referral declares by this SHA-256, within 24 hours of sending.

        The body is the file itself. The same again changes nothing. With the last file the referral becomes a new
        version and goes on its way; while one is missing it is held, and after the 24 hours it is never delivered.
        """
        content = request.data if isinstance(request.data, bytes) else b""
        upload(referral_id, sha256.lower(), content, by=self.by)
        referral = queries.referral_for(self.by, referral_id, look=Look.API)
        return Response(next(_answer(one) for one in attachments_of(referral) if one.sha256 == sha256.lower()))

    def post(self, request: Request, referral_id: UUID, sha256: str) -> Response:
        """The same as PUT, for callers that cannot."""
        return self.put(request, referral_id, sha256)


class AttachmentsArchive(ApiView):
    """All files of one referral."""

    scopes: ClassVar = {"GET": READ}
    answered: ClassVar = {"GET": {(200, "application/zip"): OpenApiTypes.BINARY}}

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """The archive comes as what it is, whatever the caller would rather have."""
        return super().perform_content_negotiation(request, force=True)

    def get(self, request: Request, referral_id: UUID) -> HttpResponseBase:
        """Take all files that were uploaded as one ZIP archive."""
        return archive_response(referral_id, archive_for(self.by, referral_id, look=Look.API))


def _answer(attachment: Attachment) -> dict[str, Any]:
    here: Any = attachment  # with what `attachments_of` adds
    return {
        "name": attachment.name,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "media_type": here.found_type or attachment.media_type or None,
        "uploaded_at": moment(here.uploaded_at),
    }
