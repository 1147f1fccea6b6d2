"""What the API answers about municipalities, and what it may be asked."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from rest_framework import serializers

from contacts.api import entries
from contacts.models import Authority, Municipality, Responsibility
from contacts.queries import LONGEST_TEXT, days, municipalities_on, search_municipalities, types_of
from contacts.queries.entries import contacts_of, pauses_of, reach
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from kela_kunta.base.problems import NotAllowed
from referrals.queries import receivers


class SearchParameters(serializers.Serializer[Any]):
    """Which municipalities: all in force today when there is no `q`."""

    q = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_TEXT)


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


class State(serializers.Serializer[Any]):
    """Whether an authority works as usual."""

    state = serializers.ChoiceField([("open", "It works as usual."), ("paused", "It does not; see `pause`.")])
    pause = entries.PauseAnswer(allow_null=True)


class AuthorityAnswer(entries.OwnerAnswer, State):
    """An authority, and how it works in matters of the type."""


class ResponsibilityAnswer(serializers.Serializer[Any]):
    """Who serves the municipality in matters of a type, on the days from `from` to `to`."""

    type = serializers.CharField()
    authority = AuthorityAnswer()
    to = serializers.DateField(allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return super().get_fields() | {"from": serializers.DateField(allow_null=True)}


class DescribedAnswer(MunicipalityAnswer):
    """A municipality: who serves it on the day, and how to reach whom.

    Contacts and service points are those of today, the nearer in the place of the wider; local practices are those in
    force on the day.
    """

    responsibilities = ResponsibilityAnswer(many=True)
    contacts = entries.ContactAnswer(many=True)
    service_points = entries.ServicePointAnswer(many=True)
    local_practices = entries.PracticeAnswer(many=True)


class WaitingAnswer(serializers.Serializer[Any]):
    """What nobody at the authority has taken note of yet."""

    count = serializers.IntegerField()
    since = serializers.DateTimeField(allow_null=True, help_text="When the oldest of it arrived.")


class PaceAnswer(serializers.Serializer[Any]):
    """The authority's usual working days of late, null where too little is known."""

    until_noted = serializers.IntegerField(allow_null=True, help_text="Until somebody has taken note.")
    until_begun = serializers.IntegerField(
        allow_null=True, help_text="Until the first decision or the start of the work."
    )
    measured_at = serializers.DateTimeField()


class StateOfType(State):
    """How an authority works in matters of a type. What waits and how fast it is, Kela and itself alone are told."""

    type = serializers.CharField()
    waiting = WaitingAnswer(allow_null=True)
    pace = PaceAnswer(allow_null=True)


class OneAuthorityAnswer(entries.OwnerAnswer):
    """An authority: how it works now in the types that it serves, and all of its contacts."""

    states = StateOfType(many=True)
    contacts = entries.ContactAnswer(many=True)


def found(q: str | None) -> dict[str, Any]:
    """The municipalities that `q` may mean, best match first; merged ones too."""
    rows = municipalities_on(clock.today()) if q is None else search_municipalities(q)
    return {"results": [_municipality(row) for row in rows]}


def described(municipality: Municipality, on: date) -> dict[str, Any]:
    """The municipality, who serves it on a day and how to reach whom. Eight statements, whatever there is."""
    found = reach(municipality, on)
    today = clock.today()
    pauses = entries.Pauses(pauses_of([authority.code for authority, _types in found.authorities], _moment(on)))
    return _municipality(municipality) | {
        "responsibilities": [_responsibility(row, pauses) for row in found.responsibilities],
        "contacts": [entries.contact(row, today) for row in found.contacts],
        "service_points": [entries.service_point(row, today) for row in found.service_points],
        "local_practices": [entries.practice(row, today) for row in found.practices],
    }


def one_authority(authority: Authority, *, by: Actor) -> dict[str, Any]:
    """The authority, how it works now and how to reach it. Three statements, and two for each type that it serves."""
    pauses = entries.Pauses(pauses_of([authority.code], clock.now()))
    today = clock.today()
    return entries.named(authority) | {
        "states": [
            {"type": type} | pauses.state(authority.code, type) | _load(authority.code, type, by)
            for type in types_of(authority.code, today)
        ],
        "contacts": [entries.contact(row, today) for row in contacts_of(authority.code)],
    }


def _load(authority: str, type: str, by: Actor) -> dict[str, Any]:
    try:
        waiting, pace = receivers.waiting(authority, type, by=by), receivers.pace(authority, type, by=by)
    except NotAllowed:
        return {"waiting": None, "pace": None}
    told = ("until_noted", "until_begun", "measured_at")
    return {
        "waiting": {"count": waiting.count, "since": waiting.since},
        "pace": {name: getattr(pace, name) for name in told} if pace else None,
    }


def _moment(on: date) -> datetime:
    """When pauses are looked at: now, or at noon of another day."""
    return clock.now() if on == clock.today() else datetime.combine(on, time(12), clock.HELSINKI)


def _municipality(row: Municipality) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": {"fi": row.name_fi, "sv": row.name_sv},
        "valid_to": _day(days(row.valid)[1]),
        "successor": row.successor_id,
    }


def _responsibility(row: Responsibility, pauses: entries.Pauses) -> dict[str, Any]:
    first, last = days(row.valid)
    return {
        "type": row.type,
        "authority": entries.named(row.authority) | pauses.state(row.authority_id, row.type),
        "from": _day(first),
        "to": _day(last),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
