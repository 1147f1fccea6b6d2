"""Kela's payment system tells what it has paid, month by month, or in the end has not."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ApiView
from accounts.schema import ProblemSerializer
from contacts.queries import register
from kela_kunta.base import clock
from kela_kunta.base.inputs import StrictSerializer
from kela_kunta.base.problems import Invalid
from kela_kunta.base.reading import read_values
from referrals.actions.taking_in import take_in
from referrals.assistance import MOST_ROWS, AssistanceMonthSerializer, AssistanceReader

TELL = ("assistance:write",)


class MonthsSerializer(StrictSerializer):
    """Months of assistance, each for itself."""

    months = serializers.ListField(
        child=serializers.JSONField(allow_null=True),
        min_length=1,
        max_length=MOST_ROWS,
        error_messages={"min_length": _("Give at least one."), "max_length": _("At most {max_length} at once.")},
    )


class MonthsTold(serializers.Serializer[Any]):
    """Months of assistance, each for itself."""

    months = serializers.ListField(child=AssistanceMonthSerializer(), min_length=1, max_length=MOST_ROWS)


class MonthTaken(serializers.Serializer[Any]):
    """A month that is stored; the same person and month again replaces it."""

    status = serializers.ChoiceField([(200, "Stored")])


class MonthRefused(serializers.Serializer[Any]):
    """A month that was refused; the others are not touched by that."""

    status = serializers.ChoiceField([(422, "Refused")])
    problem = ProblemSerializer()


@extend_schema_field(
    PolymorphicProxySerializer("MonthResult", serializers=[MonthTaken, MonthRefused], resource_type_field_name=None)
)
class MonthResultField(serializers.JSONField):
    """What came of one month."""


class MonthsAnswer(serializers.Serializer[Any]):
    """A result for each month, in order."""

    results = serializers.ListField(child=MonthResultField())
    import_id = serializers.UUIDField(
        allow_null=True,
        help_text=_("By this id Kela finds the import, and can recall it. Null where nothing was stored."),
    )


class AssistanceMonths(ApiView):
    """Months for which basic social assistance was paid, corrections and reclaims included."""

    scopes: ClassVar = {"POST": TELL}
    told: ClassVar = {"POST": MonthsTold}
    answered: ClassVar = {"POST": {200: MonthsAnswer}}

    def post(self, request: Request) -> Response:
        """Tell up to 5 000 months, each with a result of its own; from them alerts are found."""
        bodies = read_values(MonthsSerializer(), request.data)["months"]
        reader = AssistanceReader(on=clock.today(), register=register())
        taken: list[dict[str, Any]] = []
        results: list[dict[str, Any]] = []
        for place, body in enumerate(bodies):
            try:
                taken.append(reader.read(body))
                results.append({"status": 200})
            except Invalid as problem:
                problem.lie_in(f"#/months/{place}")
                results.append({"status": problem.status, "problem": problem.body()})
        made = take_in(taken, by=self.by)
        return Response({"results": results, "import_id": made and str(made.pk)})
