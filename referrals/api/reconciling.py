"""GET /inbox/reconcile/: compare what both sides hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ApiView
from kela_kunta.base import clock
from kela_kunta.base.inputs import DayField
from referrals import wording
from referrals.queries.reconciling import Day, days_of_delivery

MOST_DAYS, MOST_DAYS_WITH_IDS = 366, 31


@extend_schema_field({"type": "string", "enum": ["0", "1"]})
class OneOrZero(serializers.Field[bool, str, str, Any]):
    """ "1" or "0", and no other word for it."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("Write 1 or 0.")}

    def to_internal_value(self, data: str) -> bool:
        if data not in ("0", "1"):
            self.fail("invalid")
        return data == "1"

    def to_representation(self, value: bool) -> str:
        return "1" if value else "0"


class ReconcileParameters(serializers.Serializer[Any]):
    """Which days of delivery, by Helsinki's calendar."""

    to = DayField(required=False, help_text=_("The last day; today by default."))
    ids = OneOrZero(default=False, help_text=_("1 lists the referrals too; then at most 31 days."))

    def get_fields(self) -> dict[str, Any]:
        first = DayField(
            required=False, help_text=_("The first day, at most 366 days in all; by default 30 days earlier.")
        )
        return {"from": first, **super().get_fields()}

    def validate(self, attrs: Mapping[str, Any]) -> dict[str, Any]:
        last = attrs.get("to", clock.today())
        first = attrs.get("from", last - timedelta(days=30))
        most = MOST_DAYS_WITH_IDS if attrs["ids"] else MOST_DAYS
        if first > last:
            raise serializers.ValidationError({"from": _("The first day cannot be after the last.")}, "order")
        if (last - first).days >= most:
            raise serializers.ValidationError(
                {"from": _("At most %(days)s days at once.") % {"days": most}}, "too_long"
            )
        return {"first": first, "last": last, "ids": attrs["ids"]}


class ReconcileItem(serializers.Serializer[Any]):
    """A referral, as it is now."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1)
    status = serializers.ChoiceField(list(wording.STATUSES.items()))


class ReconcileDay(serializers.Serializer[Any]):
    """What the authority received on a day, and has."""

    may_lack: ClassVar = ("items",)

    day = serializers.DateField(help_text=_("By Helsinki's calendar, when the present authority received it."))
    count = serializers.IntegerField(min_value=1)
    digest = serializers.CharField(
        help_text=_(
            "SHA-256, in hexadecimal, of the lines `id:version:status` of the day's referrals, sorted, each ended by a "
            "line feed. The id is written in small letters with hyphens."
        )
    )
    items = ReconcileItem(many=True, required=False, help_text=_("By id; only with `ids=1`."))


class ReconcileAnswer(serializers.Serializer[Any]):
    """The days on which something was received, in order."""

    days = ReconcileDay(many=True)


class Reconcile(ApiView):
    """What the authority holds, day by day."""

    scopes: ClassVar = {"GET": ("inbox:read",)}
    parameters: ClassVar = {"GET": ReconcileParameters}
    answered: ClassVar = {"GET": {200: ReconcileAnswer}}

    def get(self, request: Request) -> Response:
        """How many referrals the authority received on each day and has, with a digest to compare.

        Make the same digest of what your system holds of a day; where the two differ, ask for that day with
        `ids=1` and fetch what is missing or of another version. Referrals that have left the authority are not
        counted, nor those that the caller may not see.
        """
        return Response({"days": [_told(day) for day in days_of_delivery(self.by, **self.asked)]})


def _told(day: Day) -> dict[str, Any]:
    told = {"day": day.day.isoformat(), "count": day.count, "digest": day.digest}
    return told if day.items is None else told | {"items": day.items}
