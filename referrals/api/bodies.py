"""What sendings and moves are told with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kela_kunta.base.inputs import CodeField, StrictSerializer, TextField
from referrals import wording
from referrals.rules.lifecycle import TRANSFER_BY_HAND, WithdrawalReason
from referrals.types import TYPES

LONGEST_TEXT = 10_000  # characters
MOST_ITEMS = 1000
KEY = re.compile(r"[\x21-\x7e]([\x20-\x7e]{0,198}[\x21-\x7e])?")
KEY_SCHEMA = {"type": "string", "pattern": r"^[\x21-\x7e]([\x20-\x7e]{0,198}[\x21-\x7e])?$", "example": "2026-000123"}


@extend_schema_field(KEY_SCHEMA)
class KeyField(TextField):
    """An idempotency key: 1 to 200 visible characters of ASCII, spaces inside."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("A key has 1 to 200 visible characters of ASCII.")}

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or not KEY.fullmatch(data):
            self.fail("invalid")
        return data


class ItemSerializer(StrictSerializer):
    """One referral of a batch, with a key of its own."""

    idempotency_key = KeyField()
    referral = serializers.JSONField()


class BatchSerializer(StrictSerializer):
    """Referrals to be sent, each for itself."""

    items = serializers.ListField(
        child=serializers.JSONField(allow_null=True),
        min_length=1,
        max_length=MOST_ITEMS,
        error_messages={"min_length": _("Give at least one."), "max_length": _("At most {max_length} at once.")},
    )


class WithdrawSerializer(StrictSerializer):
    """Why the sender takes it back."""

    reason = CodeField({code: wording.WITHDRAWAL_REASONS[code] for code in WithdrawalReason}, label=_("Reason"))
    text = TextField(max_length=LONGEST_TEXT, lines=4, required=False, label=_("More about it"))


class ReturnSerializer(StrictSerializer):
    """Why it goes back to Kela, and where it belongs."""

    reason = CodeField(wording.RETURN_REASONS, label=_("Reason"))
    text = TextField(max_length=LONGEST_TEXT, lines=4, label=_("What Kela needs to know"))
    proposed_authority = TextField(
        max_length=60,
        required=False,
        label=_("Authority that it belongs to"),
        help_text=_("Its code; required when the reason is wrong_authority."),
    )


class TransferSerializer(StrictSerializer):
    """To whom it goes, and why."""

    authority = TextField(max_length=60, label=_("Authority"), help_text=_("Its code, such as county-07."))
    reason = CodeField({code: wording.TRANSFER_REASONS[code] for code in TRANSFER_BY_HAND}, label=_("Reason"))
    text = TextField(max_length=LONGEST_TEXT, lines=4, required=False, label=_("More about it"))


def _outcomes() -> Mapping[str, Any]:
    return {code: label for kind in TYPES.values() for code, label in kind.outcomes.items()}


class CloseSerializer(StrictSerializer):
    """What became of it."""

    outcome = CodeField(_outcomes(), label=_("Outcome"), help_text=_("One of the outcomes of the referral's own type."))
    text = TextField(max_length=LONGEST_TEXT, lines=4, required=False, label=_("More about it"))
