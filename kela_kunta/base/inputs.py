"""The kinds of field that people and systems write, in JSON and on forms alike.

Left out, null and an empty text are the same: nothing was given. A refusal never repeats
what was written, for it may be somebody's secret or ten megabytes long.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.fields import SkipField, empty, get_error_detail

from kela_kunta.base import phones
from kela_kunta.base.languages import LANGUAGES

FIRST_YEAR, LAST_YEAR = 1880, 2100
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_MUNICIPALITY = re.compile(r"[0-9]{3}")


def _nothing(given: Any) -> bool:
    return given is None or (isinstance(given, str) and not given.strip())


class Worded:
    """Our own sentences for what every field may refuse."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": _("Fill this in."),
        "null": _("Fill this in."),
        "blank": _("Fill this in."),
    }


class StrictSerializer(Worded, serializers.Serializer[Any]):
    """Refuses unknown fields, and tells of every wrong field at once.

    `accepted` holds what could be read although something else could not, so that rules
    about the rest can be checked in the same round.
    """

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("An object with named fields is expected here."),
        "unknown_field": _("There is no such field."),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.accepted: dict[str, Any] = {}

    def forget(self) -> None:
        """Let go of what was read, here and in all that stands inside, so that the next reading begins anew."""
        self.accepted = {}
        for field in self.fields.values():
            if isinstance(field, StrictSerializer):
                field.forget()

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        self.accepted = {}
        if not isinstance(data, Mapping):
            self.fail("invalid")
        errors: dict[str, Any] = {
            name: [ErrorDetail(str(self.error_messages["unknown_field"]), "unknown_field")]
            for name in data
            if name not in self.fields
        }
        for name, field in self.fields.items():
            given = data.get(name)
            try:
                value = field.run_validation(empty if _nothing(given) else given)
            except serializers.ValidationError as error:
                errors[name] = error.detail
            except DjangoValidationError as error:
                errors[name] = get_error_detail(error)
            except SkipField:
                pass
            else:
                self.set_value(self.accepted, field.source_attrs, value)
        if errors:
            raise serializers.ValidationError(errors)
        return dict(self.accepted)


class NothingSerializer(StrictSerializer):
    """An empty object."""


class StoredAsWritten(StrictSerializer):
    """A row of a list that is stored as JSON: its checked values are their JSON forms."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        return dict(self.to_representation(super().to_internal_value(data)))


class Rows(Worded, serializers.ListSerializer[Any]):
    """A list of objects, none of which is read when there are too many."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "not_a_list": _("A list is expected here."),
        "empty": _("Give at least one."),
        "min_length": _("Give at least {min_length}."),
        "max_length": _("At most {max_length} can be given."),
    }


class TextField(Worded, serializers.CharField):
    """Text of at most `max_length` characters, trimmed; several lines only when `lines` is more than one."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Text is expected here."),
        "max_length": _("At most {max_length} characters."),
        "min_length": _("At least {min_length} characters."),
        "control_characters": _("There are invisible control characters in the text. Remove them."),
    }

    def __init__(self, *, lines: int = 1, **options: Any) -> None:
        if options.pop("required", True) is False:
            options |= {"default": "", "allow_null": True}
        options.setdefault("style", {"rows": lines})
        super().__init__(**options)
        self.lines = lines

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        text = data.strip().replace("\r\n", "\n")
        if self.max_length is not None and len(text) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        allowed = "\n\t" if self.lines > 1 else ""
        if any(unicodedata.category(mark) in ("Cc", "Cs") and mark not in allowed for mark in text):
            self.fail("control_characters")
        return text


class NoteField(TextField):
    """Text that is null in JSON when there is none."""

    def to_representation(self, value: Any) -> Any:
        return value or None


class PhoneField(NoteField):
    """A telephone number; without a country's code it is Finnish. Kept in E.164."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("This is not a telephone number. Write it like +358 40 1234567.")
    }

    def to_internal_value(self, data: Any) -> str:
        try:
            return phones.read_phone(super().to_internal_value(data))
        except ValueError:
            self.fail("invalid")


class CodeField(Worded, serializers.ChoiceField):
    """One code of a closed list; the empty one, where the field is not required, is null in JSON."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid_choice": _("This is not one of the choices.")}

    def __init__(self, choices: Mapping[str, Any], **options: Any) -> None:
        if options.pop("required", True) is False:
            options |= {"default": "", "allow_null": True}
        super().__init__(list(choices.items()), **options)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid_choice")
        return str(super().to_internal_value(data))

    def to_representation(self, value: Any) -> Any:
        return value or None


class ListOf(Worded, serializers.ListField):
    """A list in which nothing stands twice; not read at all when it is too long."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "not_a_list": _("A list is expected here."),
        "empty": _("Give at least one."),
        "min_length": _("Give at least {min_length}."),
        "max_length": _("At most {max_length} can be given."),
        "repeated": _("The same stands here twice."),
    }

    def to_internal_value(self, data: Any) -> list[Any]:
        if not isinstance(data, list):
            self.fail("not_a_list")
        if self.max_length is not None and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        values = super().to_internal_value(data)
        if len(set(values)) < len(values):
            self.fail("repeated")
        return values


class CodesField(ListOf):
    """Some codes of a closed list."""

    def __init__(self, choices: Mapping[str, Any], **options: Any) -> None:
        super().__init__(child=CodeField(choices), **options)
        self.choices = dict(choices)


class FlagField(Worded, serializers.BooleanField):
    """Yes or no; nothing given is neither."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("Yes or no is expected here.")}

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool | str):
            self.fail("invalid")
        return bool(super().to_internal_value(data))


class DayField(Worded, serializers.DateField):
    """A date, such as "2026-11-23"."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Write the date like 2026-11-23."),
        "out_of_range": _("This year is hardly meant."),
    }

    def to_internal_value(self, value: Any) -> date:
        if not isinstance(value, str) or not _DAY.fullmatch(value.strip()):
            self.fail("invalid")
        try:
            day = date.fromisoformat(value.strip())
        except ValueError:
            self.fail("invalid")
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail("out_of_range")
        return day


@extend_schema_field({"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$", "example": "2026-07"})
class MonthField(Worded, serializers.Field[date, Any, str, Any]):
    """A calendar month, such as "2026-07", as the date of its first day."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Write the month like 2026-07."),
        "out_of_range": _("This year is hardly meant."),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("style", {"input_type": "month"})
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> date:
        if not isinstance(data, str) or not _MONTH.fullmatch(data.strip()):
            self.fail("invalid")
        year, month = map(int, data.strip().split("-"))
        if not 1 <= month <= 12:
            self.fail("invalid")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            self.fail("out_of_range")
        return date(year, month, 1)

    def to_representation(self, value: date | str) -> str:
        return value if isinstance(value, str) else f"{value:%Y-%m}"


class MonthsField(ListOf):
    """Different calendar months, in order."""

    def __init__(self, **options: Any) -> None:
        super().__init__(child=MonthField(), min_length=1, max_length=240, **options)

    def to_internal_value(self, data: Any) -> list[date]:
        return sorted(super().to_internal_value(data))


@extend_schema_field({"type": "string", "pattern": r"^[0-9]{1,7}(\.[0-9]{1,2})?$", "example": "250.00"})
class MoneyField(Worded, serializers.DecimalField):
    """Euros with two decimals, not negative; a decimal comma is understood too."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Write the amount in euros, like 250.00."),
        "max_digits": _("The amount is too large."),
        "max_whole_digits": _("The amount is too large."),
        "max_string_length": _("The amount is too large."),
        "max_decimal_places": _("At most two decimals."),
        "min_value": _("The amount cannot be negative."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=9, decimal_places=2, min_value=Decimal(0), **options)

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, bool) or not isinstance(data, str | int | float):
            self.fail("invalid")
        written = "".join(str(data).split()).replace(",", ".")
        if "e" in written.lower():
            self.fail("invalid")
        return super().to_internal_value(written)


class PercentField(Worded, serializers.IntegerField):
    """A whole number of per cent."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Write the per cent as a whole number."),
        "max_string_length": _("Write the per cent as a whole number."),
        "min_value": _("At least {min_value} per cent."),
        "max_value": _("At most {max_value} per cent."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=100, **options)

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, str | int):
            self.fail("invalid")
        return int(super().to_internal_value(data))


@extend_schema_field({"type": "string", "pattern": "^[0-9]{3}$", "example": "837"})
class MunicipalityField(TextField):
    """A municipality's code of three digits. Whether there is such a one is a rule about the day, not about the text."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("A municipality's code has three digits, like 837.")
    }

    def to_internal_value(self, data: Any) -> str:
        code = super().to_internal_value(data)
        if not _MUNICIPALITY.fullmatch(code):
            self.fail("invalid")
        return code


@extend_schema_field({"type": "string", "pattern": "^[A-Za-z]{2,3}$", "example": "fi"})
class LanguageField(NoteField):
    """A language by its code in ISO 639, two or three letters; a form offers `languages`."""

    languages = LANGUAGES

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("A language's code has two or three letters, like fi.")
    }

    def to_internal_value(self, data: Any) -> str:
        code = super().to_internal_value(data).lower()
        if not _LANGUAGE.fullmatch(code):
            self.fail("invalid")
        return code
