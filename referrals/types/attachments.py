"""The manifest of a referral: which files are going to be uploaded to it."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kela_kunta.base.inputs import CodeField, Rows, StrictSerializer, TextField
from referrals.rules import files

_SHA256 = re.compile(r"[0-9A-Fa-f]{64}")
MEDIA_TYPES = {files.PDF: "PDF", files.JPEG: "JPEG", files.PNG: "PNG"}


@extend_schema_field({"type": "string", "pattern": "^[0-9A-Fa-f]{64}$"})
class Sha256Field(TextField):
    """A SHA-256 in hexadecimal, kept in lower case."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("A SHA-256 has 64 hexadecimal digits.")}

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if not _SHA256.fullmatch(text):
            self.fail("invalid")
        return text.lower()


class FileNameField(TextField):
    """A file's own name, without a path."""

    default_error_messages: ClassVar[dict[str, Any]] = {"path": _("Give the file's name without a path.")}

    def to_internal_value(self, data: Any) -> str:
        name = super().to_internal_value(data)
        if re.search(r"[/\\]", name) or name in (".", ".."):
            self.fail("path")
        return name


class SizeField(serializers.IntegerField):
    """How many bytes a file has."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": _("Fill this in."),
        "invalid": _("Give the size in bytes, as a whole number."),
        "max_string_length": _("Give the size in bytes, as a whole number."),
        "min_value": _("An empty file cannot be attached."),
        "max_value": _("A file can have at most 10 MB."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=files.LARGEST, **options)

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, str | int):
            self.fail("invalid")
        return int(super().to_internal_value(data))


class Manifest(Rows):
    """The files of one referral, each once."""

    default_error_messages: ClassVar[dict[str, Any]] = {"repeated": _("The same file stands here twice.")}

    def validate(self, attrs: Any) -> Any:
        if len({one["sha256"] for one in attrs}) < len(attrs):
            self.fail("repeated")
        return attrs


class AttachmentSerializer(StrictSerializer):
    """A file (liite) that is going to be uploaded."""

    name = FileNameField(max_length=files.LONGEST_NAME, label=_("Name"))
    size = SizeField(label=_("Size in bytes"))
    sha256 = Sha256Field(max_length=64, label=_("SHA-256"))
    media_type = CodeField(
        MEDIA_TYPES,
        required=False,
        label=_("Media type"),
        help_text=_("What the content is; it is found out where it is left out, and compared where it is given."),
    )

    class Meta:
        list_serializer_class = Manifest
