"""What the API answers about municipalities, and what it may be asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from rest_framework import serializers

from contacts.models import Municipality, Responsibility
from contacts.queries import LONGEST_NAME, days, municipalities_on, responsibilities_on, search_municipalities
from kela_kunta.base import clock


class SearchParameters(serializers.Serializer[Any]):
    """Which municipalities: all in force today when there is no `q`."""

    q = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_NAME)


class DayParameters(serializers.Serializer[Any]):
    """Of which day: today when there is no `on`."""

    on = serializers.DateField(required=False)


class BothNames(serializers.Serializer[Any]):
    """A name in both languages of the country."""

    fi = serializers.CharField()
    sv = serializers.CharField()


class MunicipalityAnswer(serializers.Serializer[Any]):
    """A municipality, with what came of it if it is no more."""

    code = serializers.CharField(help_text="Three digits.")
    name = BothNames()
    valid_to = serializers.DateField(allow_null=True, help_text="Its last day, null for one that is.")
    successor = serializers.CharField(allow_null=True, help_text="The municipality that it was merged into.")


class SearchAnswer(serializers.Serializer[Any]):
    """Municipalities, best match first."""

    results = MunicipalityAnswer(many=True)


class AuthorityAnswer(serializers.Serializer[Any]):
    """An authority."""

    code = serializers.CharField(help_text="Such as county-08.")
    name = serializers.CharField()
    state = serializers.CharField()


class ResponsibilityAnswer(serializers.Serializer[Any]):
    """Who serves the municipality in matters of a type, on the days from `from` to `to`."""

    type = serializers.CharField()
    authority = AuthorityAnswer()
    to = serializers.DateField(allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return super().get_fields() | {"from": serializers.DateField(allow_null=True)}


class DescribedAnswer(MunicipalityAnswer):
    """A municipality, and who serves it on the day."""

    responsibilities = ResponsibilityAnswer(many=True)
    contacts = serializers.ListField(child=serializers.JSONField())
    service_points = serializers.ListField(child=serializers.JSONField())
    local_practices = serializers.ListField(child=serializers.JSONField())


def found(q: str | None) -> dict[str, Any]:
    """The municipalities that `q` may mean, best match first; merged ones too."""
    rows = municipalities_on(clock.today()) if q is None else search_municipalities(q)
    return {"results": [_municipality(row) for row in rows]}


def described(municipality: Municipality, on: date) -> dict[str, Any]:
    """The municipality and who serves it on a day."""
    return _municipality(municipality) | {
        "responsibilities": [_responsibility(row) for row in responsibilities_on(municipality.code, on)],
        "contacts": [],
        "service_points": [],
        "local_practices": [],
    }


def _municipality(row: Municipality) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": {"fi": row.name_fi, "sv": row.name_sv},
        "valid_to": _day(days(row.valid)[1]),
        "successor": row.successor_id,
    }


def _responsibility(row: Responsibility) -> dict[str, Any]:
    first, last = days(row.valid)
    return {
        "type": row.type,
        "authority": {"code": row.authority_id, "name": row.authority.name, "state": "open"},
        "from": _day(first),
        "to": _day(last),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
