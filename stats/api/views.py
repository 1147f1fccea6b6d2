"""The API's call about statistics."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ApiView
from kela_kunta.base.inputs import CodeField
from stats.exports.dataset import Dataset
from stats.exports.files import FORMATS, WRITERS
from stats.figures import figures
from stats.queries.publishing import AREAS, ATTRIBUTES, TooManyCells

LONGEST = 200  # characters of a list of dimensions
FIRST_YEAR, LAST_YEAR = 2017, 2100
DIMENSIONS = ("type", *AREAS, *ATTRIBUTES)


@extend_schema_field(
    {
        "type": "string",
        "pattern": f"^({'|'.join(DIMENSIONS)})(,({'|'.join(DIMENSIONS)}))*$",
        "example": "type,region",
    }
)
class DimensionsField(serializers.Field[tuple[str, ...], str, str, Any]):
    """Dimensions with commas between them, none twice."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "unknown": _("There is no such dimension. There are: %(known)s.") % {"known": ", ".join(DIMENSIONS)},
        "repeated": _("Name each dimension once."),
    }

    def to_internal_value(self, data: str) -> tuple[str, ...]:
        names = tuple(name.strip() for name in data[:LONGEST].split(","))
        if set(names) - set(DIMENSIONS):
            self.fail("unknown")
        if len(set(names)) < len(names):
            self.fail("repeated")
        return names

    def to_representation(self, value: tuple[str, ...]) -> str:
        return ",".join(value)


class YearlyParameters(serializers.Serializer[Any]):
    """Which table, and in which form."""

    year = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    by = DimensionsField(default=("type",), help_text=_("Such as type,region."))
    format = CodeField({"json": "JSON"} | FORMATS, default="json")


class RowAnswer(serializers.Serializer[Any]):
    """The value of each dimension asked for, and how many; null where that is not told."""

    type = serializers.CharField(required=False)
    region = serializers.CharField(required=False, help_text="Two digits, unknown or withheld.")
    county = serializers.CharField(required=False)
    district = serializers.CharField(required=False)
    municipality = serializers.CharField(required=False)
    month = serializers.IntegerField(required=False, min_value=1, max_value=12)
    urgent = serializers.BooleanField(required=False)
    outcome = serializers.CharField(required=False, help_text="open where there is none yet.")
    count = serializers.IntegerField(allow_null=True, min_value=0)


class YearlyAnswer(serializers.Serializer[Any]):
    """A table of a year."""

    year = serializers.IntegerField()
    by = serializers.ListField(child=serializers.ChoiceField(DIMENSIONS))
    rows = RowAnswer(many=True)


class Yearly(ApiView):
    """Yearly counts."""

    scopes: ClassVar = {"GET": ("stats:read",)}
    parameters: ClassVar = {"GET": YearlyParameters}
    answered: ClassVar = {"GET": {200: YearlyAnswer}}
    problems: ClassVar = {"GET": (TooManyCells,)}

    def get(self, request: Request) -> HttpResponseBase:
        """How many referrals were sent in a year, by any of type, area, month, urgency and outcome.

        Small counts are null, and others with them, so that nobody can be found behind them; a
        table of areas with more than one of month, urgency and outcome, or of areas smaller than
        regions with any of these, is too fine and null throughout. A year's totals by type and
        region are exact.
        """
        asked = self.asked
        found = figures(asked["year"], asked["by"], full=False)
        return WRITERS[asked["format"]](found) if asked["format"] != "json" else Response(_rows(asked["year"], found))


def _rows(year: int, found: Dataset) -> dict[str, Any]:
    names = [dimension.code for dimension in found.dimensions]
    return {
        "year": year,
        "by": names,
        "rows": [
            {name: _value(name, code) for name, (code, _label) in zip(names, values, strict=True)} | {"count": count}
            for values, count in found.rows()
            if count != 0
        ],
    }


def _value(name: str, code: str) -> Any:
    return int(code) if name == "month" else code == "true" if name == "urgent" else code
