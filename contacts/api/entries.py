"""How the API tells contacts, service points, local practices and pauses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from rest_framework import serializers

from contacts.models import Authority, Contact, Entry, LocalPractice, Pause, ServicePoint
from contacts.models.entries import Audience, Channel, ContactKind, PointKind, Topic
from contacts.models.pauses import PauseCause
from contacts.queries import days
from contacts.queries.entries import freshness_of
from contacts.rules.freshness import Freshness, review_on

HOURS = "As OpenStreetMap's opening_hours, in Finland, such as “Mo-Fr 09:00-15:00; PH closed”."


class BothTexts(serializers.Serializer[Any]):
    """A text in both languages of the country, null where nobody wrote it."""

    fi = serializers.CharField(allow_null=True)
    sv = serializers.CharField(allow_null=True)


class OwnerAnswer(serializers.Serializer[Any]):
    """An authority."""

    code = serializers.CharField(help_text="Such as county-08.")
    name = serializers.CharField()


class PauseAnswer(serializers.Serializer[Any]):
    """An authority works more slowly than usual, or not at all. Sending goes on all the same."""

    to = serializers.DateTimeField(allow_null=True, help_text="Null until told otherwise.")
    cause = serializers.ChoiceField(PauseCause.choices)
    text = serializers.CharField(allow_null=True)
    fallback_phone = serializers.CharField(allow_null=True, help_text="Whom to call meanwhile. E.164.")
    inbox_read = serializers.BooleanField(help_text="Whether the inbox is read all the same.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {"from": serializers.DateTimeField()} | super().get_fields()


class EntryAnswer(serializers.Serializer[Any]):
    """Of every entry. One without `municipality` holds for all of its owner's area."""

    id = serializers.UUIDField()
    owner = OwnerAnswer()
    municipality = serializers.CharField(allow_null=True, help_text="Three digits.")
    confirmed_on = serializers.DateField(help_text="When its owner last said that it is right.")
    review_on = serializers.DateField(help_text="The last day on which it counts as confirmed.")
    fresh = serializers.BooleanField(help_text="Whether that day has not passed.")


class ContactAnswer(EntryAnswer):
    """Whom to reach, by what and when."""

    kind = serializers.ChoiceField(ContactKind.choices)
    audience = serializers.ChoiceField(Audience.choices, help_text="Who may be told.")
    title = BothTexts()
    person = serializers.CharField(allow_null=True)
    channel = serializers.ChoiceField(Channel.choices, help_text="The way to try first.")
    phone = serializers.CharField(allow_null=True, help_text="E.164.")
    email = serializers.CharField(allow_null=True)
    link = serializers.CharField(allow_null=True, help_text="Of the video meeting or the secure mail.")
    hours = serializers.CharField(allow_null=True, help_text=HOURS)
    languages = serializers.ListField(child=serializers.CharField(), help_text="ISO 639.")
    note = BothTexts()


class ServicePointAnswer(EntryAnswer):
    """Where people can go."""

    kind = serializers.ChoiceField(PointKind.choices)
    serves = serializers.ListField(
        child=serializers.CharField(), help_text="Codes of other municipalities that it is meant for too."
    )
    name = BothTexts()
    street = BothTexts()
    postal_code = serializers.CharField()
    phone = serializers.CharField(allow_null=True, help_text="E.164.")
    email = serializers.CharField(allow_null=True)
    hours = serializers.CharField(allow_null=True, help_text=HOURS)
    languages = serializers.ListField(child=serializers.CharField(), help_text="ISO 639.")
    hands_over_commitments = serializers.BooleanField(
        help_text="Whether a payment commitment can be handed to the client there."
    )
    note = BothTexts()


class PracticeAnswer(EntryAnswer):
    """An agreed way of working of an authority and Kela, in force from `from` to `to`, both included."""

    topic = serializers.ChoiceField(Topic.choices)
    types = serializers.ListField(
        child=serializers.CharField(), help_text="The referral types that it fits, none for all."
    )
    urgent_only = serializers.BooleanField()
    text = BothTexts()
    to = serializers.DateField(allow_null=True)
    agreed_on = serializers.DateField(help_text="When the second of the two sides agreed.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return super().get_fields() | {"from": serializers.DateField()}


class Pauses:
    """Which authorities are paused, and in what."""

    def __init__(self, rows: Iterable[Pause]) -> None:
        self._rows = {(row.authority_id, row.type): row for row in rows}

    def state(self, authority: str, type: str) -> dict[str, Any]:
        """`state` and `pause` of an authority in matters of `type`; its own pause before that of all types."""
        found = self._rows.get((authority, type)) or self._rows.get((authority, ""))
        return {"state": "paused" if found else "open", "pause": _pause(found) if found else None}


def contact(row: Contact, on: date) -> dict[str, Any]:
    return _entry(row, on) | {
        "kind": row.kind,
        "audience": row.audience,
        "title": _both(row, "title"),
        "person": row.person or None,
        "channel": row.channel,
        "phone": row.phone or None,
        "email": row.email or None,
        "link": row.link or None,
        "hours": row.hours or None,
        "languages": row.languages,
        "note": _both(row, "note"),
    }


def service_point(row: ServicePoint, on: date) -> dict[str, Any]:
    return _entry(row, on) | {
        "kind": row.kind,
        "serves": row.serves,
        "name": _both(row, "name"),
        "street": _both(row, "street"),
        "postal_code": row.postal_code,
        "phone": row.phone or None,
        "email": row.email or None,
        "hours": row.hours or None,
        "languages": row.languages,
        "hands_over_commitments": row.hands_over_commitments,
        "note": _both(row, "note"),
    }


def practice(row: LocalPractice, on: date) -> dict[str, Any]:
    """`row` has been agreed by both sides."""
    first, last = days(row.valid)
    return _entry(row, on) | {
        "topic": row.topic,
        "types": row.types,
        "urgent_only": row.urgent_only,
        "text": _both(row, "text"),
        "from": first,
        "to": last,
        "agreed_on": max(day for day in (row.owner_agreed_on, row.kela_agreed_on) if day),
    }


def named(authority: Authority) -> dict[str, str]:
    return {"code": authority.code, "name": authority.name}


def _entry(row: Entry, on: date) -> dict[str, Any]:
    return {
        "id": row.pk,
        "owner": named(row.owner),
        "municipality": row.municipality_id,
        "confirmed_on": row.confirmed_on,
        "review_on": review_on(row.confirmed_on, row.review_months),
        "fresh": freshness_of(row, on) != Freshness.STALE,
    }


def _both(row: Entry, name: str) -> dict[str, str | None]:
    return {"fi": getattr(row, f"{name}_fi") or None, "sv": getattr(row, f"{name}_sv") or None}


def _pause(row: Pause) -> dict[str, Any]:
    return {
        "from": row.valid.lower,
        "to": row.valid.upper,
        "cause": row.cause,
        "text": row.text or None,
        "fallback_phone": row.fallback_phone or None,
        "inbox_read": row.inbox_read,
    }
