"""Months in a row, as they are written."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from kela_kunta.base.inputs import MonthField, StrictSerializer
from referrals.rules.months import months_between


class PeriodSerializer(StrictSerializer):
    """Months in a row, both included."""

    # With source="*" its columns are `period_from` and `period_to`; `max_months` limits its length.

    default_error_messages: ClassVar[dict[str, Any]] = {
        "backwards": _("The period ends before it begins."),
        "too_long": _("The period is longer than {max_months} months."),
    }

    def __init__(self, *args: Any, max_months: int | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.max_months = max_months

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {
            "from": MonthField(source="period_from", label=_("First month")),
            "to": MonthField(source="period_to", label=_("Last month")),
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        months = months_between(attrs["period_from"], attrs["period_to"])
        if months < 1:
            self._refuse_end("backwards")
        if self.max_months is not None and months > self.max_months:
            self._refuse_end("too_long", max_months=self.max_months)
        return attrs

    def _refuse_end(self, code: str, **values: Any) -> None:
        sentence = str(self.error_messages[code]).format(**values)
        raise serializers.ValidationError({"to": [ErrorDetail(sentence, code)]})
