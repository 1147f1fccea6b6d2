"""What a list of referrals can be asked for, behind the `?` of its address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kela_kunta.base import clock
from kela_kunta.base.inputs import CodeField, MunicipalityField
from referrals import wording
from referrals.queries import Wanted
from referrals.types import TYPES

MOST = 200  # referrals on a page
USUAL = 50


@extend_schema_field({"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}]})
class MomentField(serializers.Field[datetime, str, str, Any]):
    """A moment with its offset, such as "2026-11-24T06:30:00Z", or the beginning of a Helsinki day, "2026-11-24"."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Write a moment like 2026-11-24T06:30:00Z, or a day like 2026-11-24.")
    }

    def to_internal_value(self, data: str) -> datetime:
        try:
            if len(data) == len("2026-11-24"):
                return datetime.combine(date.fromisoformat(data), time(), tzinfo=clock.HELSINKI)
            moment = datetime.fromisoformat(data.upper())
            if moment.tzinfo is None:
                self.fail("invalid")
            return moment.astimezone(UTC)  # PostgreSQL takes no offset of a day
        except (ValueError, OverflowError):
            self.fail("invalid")

    def to_representation(self, value: datetime) -> str:
        return value.isoformat()


@extend_schema_field({"type": "boolean"})
class TrueOrFalse(serializers.Field[bool, str, bool, Any]):
    """ "true" or "false", and no other word for it."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("Write true or false.")}

    def to_internal_value(self, data: str) -> bool:
        if data not in ("true", "false"):
            self.fail("invalid")
        return data == "true"

    def to_representation(self, value: bool) -> bool:
        return value


class ListParameters(serializers.Serializer[Any]):
    """Which referrals, and which page of them."""

    type = CodeField({code: kind.label for code, kind in TYPES.items()}, default="", help_text=_("Of this type."))
    status = CodeField(
        {str(code): label for code, label in wording.STATUSES.items()}, default="", help_text=_("In this status.")
    )
    municipality = MunicipalityField(
        default="", help_text=_("Of clients of this municipality: their home, else their place of stay.")
    )
    urgent = TrueOrFalse(default=None, help_text=_("Urgent ones, or the others."))
    sent_after = MomentField(default=None, help_text=_("Sent then or later."))
    sent_before = MomentField(default=None, help_text=_("Sent before then."))
    updated_after = MomentField(
        default=None, help_text=_("Changed after then. The list then goes by the last change, oldest first.")
    )
    cursor = serializers.CharField(
        default=None, max_length=500, help_text=_("The place in the list, from `next` or `previous`.")
    )
    limit = serializers.IntegerField(default=USUAL, min_value=1, max_value=MOST, help_text=_("How many on a page."))


def wanted(asked: Mapping[str, Any]) -> Wanted:
    """The filter that the parameters, read, ask for."""
    return Wanted(view="api", **{name: value for name, value in asked.items() if name not in ("cursor", "limit")})
