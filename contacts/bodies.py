"""What people, files and systems write of an entry: one declaration for form, import and API."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from contacts.models import Contact, Entry, LocalPractice, ServicePoint
from contacts.models.entries import (
    LONGEST_NOTE,
    LONGEST_PRACTICE,
    REVIEW_MONTHS,
    Audience,
    Channel,
    ContactKind,
    PointKind,
    Topic,
)
from contacts.models.pauses import LONGEST_TEXT, PauseCause
from contacts.reference_files import types
from contacts.rules import hours
from kela_kunta.base import clock
from kela_kunta.base.fields import Text
from kela_kunta.base.inputs import (
    CodeField,
    CodesField,
    DayField,
    FlagField,
    LanguageField,
    ListOf,
    MunicipalityField,
    PhoneField,
    StrictSerializer,
    TextField,
    Worded,
)

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])")


class EmailField(TextField):
    """An e-mail address."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("This is not an e-mail address.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=254, **options)
        self.style.setdefault("input_type", "email")

    def to_internal_value(self, data: Any) -> str:
        address = super().to_internal_value(data)
        try:
            return str(serializers.EmailField().run_validation(address))
        except serializers.ValidationError:
            self.fail("invalid")


class LinkField(TextField):
    """An address of the web, https only: it will be a link on a page."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("Write the address like https://example.fi/.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=200, **options)

    def to_internal_value(self, data: Any) -> str:
        address = super().to_internal_value(data)
        try:
            serializers.URLField().run_validation(address)
        except serializers.ValidationError:
            self.fail("invalid")
        if not address.startswith("https://"):
            self.fail("invalid")
        return address


class HoursField(TextField):
    """Opening hours, as contacts/rules/hours.py reads them."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Write the hours like “Mo-Fr 9-15”, or “24/7” for always.")
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=200, **options)

    def to_internal_value(self, data: Any) -> str:
        try:
            return hours.read_hours(super().to_internal_value(data))
        except ValueError:
            self.fail("invalid")


class ClockField(Worded, serializers.Field[time, Any, str, Any]):
    """A time of day in Helsinki, such as "9.30", to the minute."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("Write the time like 9.30.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(default=None, allow_null=True, style={"input_type": "time"}, **options)

    def to_internal_value(self, data: Any) -> time:
        found = _TIME.fullmatch(data.strip()) if isinstance(data, str) else None
        if found is None:
            self.fail("invalid")
        return time(int(found[1]), int(found[2]))

    def to_representation(self, value: time) -> str:
        return value.isoformat("minutes")


class ReviewField(Worded, serializers.IntegerField):
    """Every how many months an entry is to be confirmed."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Write the months as a whole number."),
        "max_string_length": _("Write the months as a whole number."),
        "min_value": _("At least {min_value} month."),
        "max_value": _("At most {max_value} months."),
    }

    def __init__(self) -> None:
        super().__init__(
            min_value=1, max_value=24, default=REVIEW_MONTHS, label=_("To be confirmed every so many months")
        )


class EntryBody(StrictSerializer):
    """Of every entry."""

    model: ClassVar[type[Entry]]


class Languages(ListOf):
    def __init__(self) -> None:
        super().__init__(child=LanguageField(max_length=3), default=list, max_length=20, label=_("Languages"))


def _note(language: Text) -> dict[str, Any]:
    return {"max_length": LONGEST_NOTE, "lines": 3, "required": False, "label": language}


class ContactBody(EntryBody):
    """A contact. One way to reach it is required; the preferred one must be among those given."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "unreachable": _("Give a phone number, an e-mail address or a link."),
        "channel_missing": _("This way is preferred, but it is not given."),
    }
    model = Contact

    kind = CodeField(dict(ContactKind.choices), label=_("What for"))
    municipality = MunicipalityField(
        source="municipality_id", default=None, allow_null=True, label=_("Only in this municipality")
    )
    district = TextField(
        source="district_id", max_length=2, default=None, allow_null=True, label=_("Only in this area of Kela")
    )
    audience = CodeField(dict(Audience.choices), default=Audience.PUBLIC, label=_("Who may be told"))
    title_fi = TextField(max_length=120, required=False, label=_("Role or name of the service, in Finnish"))
    title_sv = TextField(max_length=120, required=False, label=_("Role or name of the service, in Swedish"))
    person = TextField(max_length=120, required=False, label=_("Person"))
    phone = PhoneField(max_length=40, required=False, label=_("Telephone"))
    email = EmailField(required=False, label=_("E-mail"))
    link = LinkField(required=False, label=_("Address of the video meeting or the secure mail"))
    channel = CodeField(dict(Channel.choices), default=Channel.PHONE, label=_("Preferred way"))
    hours = HoursField(required=False, label=_("Hours"), help_text=_("Such as “Mo-Fr 9-15”, or “24/7” for always."))
    languages = Languages()
    note_fi = TextField(**_note(_("Note in Finnish")))
    note_sv = TextField(**_note(_("Note in Swedish")))
    review_months = ReviewField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        ways = {"phone": attrs["phone"], "email": attrs["email"], "video": attrs["link"], "secure_mail": attrs["link"]}
        if not any(ways.values()):
            raise serializers.ValidationError({"phone": [self._said("unreachable")]})
        if not ways[attrs["channel"]]:
            raise serializers.ValidationError({"channel": [self._said("channel_missing")]})
        return attrs

    def _said(self, code: str) -> ErrorDetail:
        return ErrorDetail(str(self.error_messages[code]), code)


class ServicePointBody(EntryBody):
    """A service point."""

    model = ServicePoint

    kind = CodeField(dict(PointKind.choices), default=PointKind.OFFICE, label=_("What it is"))
    municipality = MunicipalityField(source="municipality_id", label=_("Municipality"))
    serves = ListOf(
        child=MunicipalityField(), default=list, max_length=30, label=_("Meant for these municipalities too")
    )
    name_fi = TextField(max_length=120, label=_("Name in Finnish"))
    name_sv = TextField(max_length=120, required=False, label=_("Name in Swedish"))
    street_fi = TextField(max_length=120, label=_("Street address in Finnish"))
    street_sv = TextField(max_length=120, required=False, label=_("Street address in Swedish"))
    postal_code = TextField(max_length=5, label=_("Postal code"))
    phone = PhoneField(max_length=40, required=False, label=_("Telephone"))
    email = EmailField(required=False, label=_("E-mail"))
    hours = HoursField(required=False, label=_("Hours"), help_text=_("Such as “Mo-Fr 9-15”, or “24/7” for always."))
    languages = Languages()
    hands_over_commitments = FlagField(default=False, label=_("A payment commitment can be handed over here"))
    note_fi = TextField(**_note(_("Note in Finnish")))
    note_sv = TextField(**_note(_("Note in Swedish")))
    review_months = ReviewField()


class LocalPracticeBody(EntryBody):
    """A local practice, in force from `from` to `to` (both included, none for an open end)."""

    default_error_messages: ClassVar[dict[str, Any]] = {"backwards": _("It ends before it begins.")}
    model = LocalPractice

    topic = CodeField(dict(Topic.choices), label=_("Topic"))
    municipality = MunicipalityField(
        source="municipality_id", default=None, allow_null=True, label=_("Only in this municipality")
    )
    types = CodesField(dict.fromkeys(types()), default=list, label=_("Only for these referrals"))
    urgent_only = FlagField(default=False, label=_("Only for urgent matters"))
    text_fi = TextField(max_length=LONGEST_PRACTICE, lines=8, label=_("In Finnish"))
    text_sv = TextField(max_length=LONGEST_PRACTICE, lines=8, required=False, label=_("In Swedish"))
    review_months = ReviewField()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        fields["from"] = DayField(source="valid_from", label=_("First day"))
        fields["to"] = DayField(source="valid_to", default=None, allow_null=True, label=_("Last day"))
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        first, last = attrs.pop("valid_from"), attrs.pop("valid_to")
        if last and last < first:
            raise serializers.ValidationError({"to": [ErrorDetail(str(self.error_messages["backwards"]), "backwards")]})
        return attrs | {"valid": DateRange(first, last + timedelta(days=1) if last else None)}


BODIES: dict[str, type[EntryBody]] = {
    body.model.KIND: body for body in (ContactBody, ServicePointBody, LocalPracticeBody)
}


class PauseBody(StrictSerializer):
    """A pause of an authority: from `begins`, at its beginning or at `begins_at`, to `ends`, at its end or at `ends_at`.

    Without a beginning it is from now on, without an end until told otherwise; a time without a day is of the
    first day. Both come out as moments.
    """

    default_error_messages: ClassVar[dict[str, Any]] = {
        "backwards": _("It ends before it begins."),
        "nothing_instead": _("Say whom to call meanwhile, or that the inbox is read."),
    }

    type = CodeField(dict.fromkeys(types()), required=False, label=_("Only these referrals"))
    begins = DayField(default=None, allow_null=True, label=_("First day"), help_text=_("Empty: from now on."))
    begins_at = ClockField(label=_("From (time)"))
    ends = DayField(default=None, allow_null=True, label=_("Last day"), help_text=_("Empty: until told otherwise."))
    ends_at = ClockField(label=_("Until (time)"))
    cause = CodeField(dict(PauseCause.choices), label=_("Cause"))
    text = TextField(
        max_length=LONGEST_TEXT,
        lines=2,
        required=False,
        label=_("What those who send need to know"),
    )
    fallback_phone = PhoneField(max_length=40, required=False, label=_("Number to call meanwhile"))
    inbox_read = FlagField(default=False, label=_("The inbox is read all the same"))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs["fallback_phone"] and not attrs["inbox_read"]:
            raise serializers.ValidationError({"fallback_phone": [self._said("nothing_instead")]})
        first, last = attrs["begins"] or clock.today(), attrs["ends"]
        from_time, to_time = attrs.pop("begins_at"), attrs.pop("ends_at")
        begins = max(clock.now(), _moment(first, from_time or time()))
        ends = (
            _moment(last or first, to_time) if to_time else _moment(last + timedelta(days=1), time()) if last else None
        )
        if ends and ends <= begins:
            place = "ends" if last else "ends_at"
            raise serializers.ValidationError({place: [self._said("backwards")]})
        return attrs | {"begins": begins, "ends": ends}

    def _said(self, code: str) -> ErrorDetail:
        return ErrorDetail(str(self.error_messages[code]), code)


def _moment(day: date, at: time) -> datetime:
    """That time of that day in Helsinki."""
    return datetime.combine(day, at, clock.HELSINKI)
