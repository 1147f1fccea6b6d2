"""The form of a new referral, from the serializer that reads one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import serializers

from contacts.queries import municipalities_on
from kela_kunta.base import clock
from kela_kunta.base.forms import Form
from kela_kunta.base.inputs import DayField, MonthField, PercentField
from kela_kunta.base.languages import LANGUAGES
from referrals.drafts import COMMON, serializer_for
from referrals.types.base import ReferralType
from referrals.types.client import IdentityCodeField

MUNICIPALITIES = ("client.home_municipality", "client.place_of_stay", "client.permanent_stay")
LANGUAGES_OF = ("client.contact_language", "client.interpreter_language")

# What is asked only where another question has this answer.
ASKED_WHEN = {
    "client.no_identity_code_reason": "client.identity_code=",
    "client.birth_date": "client.identity_code=",
    "client.home_municipality_missing_reason": "client.home_municipality=",
    "client.phone_missing_reason": "client.phone=",
}

SIDE_BY_SIDE = (
    ("identity_code", "no_identity_code_reason", "birth_date"),
    ("family_name", "given_names"),
    ("home_municipality", "home_municipality_missing_reason"),
    ("place_of_stay", "permanent_stay"),
    ("phone", "phone_missing_reason"),
    ("contact_language", "interpreter_language"),
)
LONG_PROSE = 6  # lines
BRIEF = (DayField, MonthField, PercentField)


@dataclass(frozen=True, slots=True)
class Question:
    """Where a question stands in the form, and after which answer to another it is asked ("" for always)."""

    path: str
    when: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Some questions under one heading; those in one row stand beside each other."""

    title: str
    rows: list[list[Question]]


class ReferralForm(Form):
    """A whole referral of `kind`, as typed (`data`) or begun (`initial`)."""

    order = ("client", "details", *COMMON)

    def __init__(
        self, kind: ReferralType, data: QueryDict | None = None, *, initial: Mapping[str, Any] | None = None
    ) -> None:
        self.kind = kind
        municipalities = tuple((row.code, row.name) for row in municipalities_on(clock.today()))
        choices = dict.fromkeys(MUNICIPALITIES, municipalities) | dict.fromkeys(LANGUAGES_OF, tuple(LANGUAGES.items()))
        super().__init__(serializer_for(kind)(), data, initial=initial, choices=choices)

    def body(self) -> dict[str, Any]:
        return super().body() | {"type": self.kind.code}

    @property
    def identity_code(self) -> str:
        """The identity code, if what was typed is one; else ""."""
        client = self.body().get("client")
        return asked_code(client.get("identity_code"))[0] if isinstance(client, dict) else ""

    @property
    def sections(self) -> list[Section]:
        return [
            Section(_("Client"), self._laid_out("client")),
            Section(str(self.kind.label), self._laid_out("details")),
            Section(_("Besides"), [[Question(name, size=_size(self.serializer.fields[name]))] for name in COMMON]),
        ]

    def _laid_out(self, part: str) -> list[list[Question]]:
        """Days and the like, and what belongs together of a client, side by side; all else on its own."""
        fields = self.serializer.fields[part].fields

        def company(place: int, path: str) -> object:
            name = path.rpartition(".")[2]
            if part == "client":
                return next((row for row in SIDE_BY_SIDE if name in row), place)
            return BRIEF if isinstance(fields[name], BRIEF) else place

        questions = list(enumerate(self._questions(part)))
        return [
            [question for _place, question in row]
            for _company, row in groupby(questions, key=lambda one: company(one[0], one[1].path))
        ]

    def _questions(self, part: str) -> Iterator[Question]:
        """The questions of a part; a reason is asked where its flag is raised."""
        fields = self.serializer.fields[part].fields
        for name in fields:
            path, flag = f"{part}.{name}", name.removesuffix("_reason")
            asked_when = ASKED_WHEN.get(path, "")
            if flag != name and isinstance(fields.get(flag), serializers.BooleanField):
                asked_when = f"{part}.{flag}=true"
            yield Question(path, asked_when, _size(fields[name]))


def _size(field: serializers.Field[Any, Any, Any, Any]) -> str:
    """Long prose gets the whole width."""
    return "wide" if getattr(field, "lines", 1) >= LONG_PROSE else ""


def begun(kind: ReferralType, identity_code: str) -> ReferralForm:
    """The form for a client whose identity code was given first ("" for one without)."""
    details: dict[str, Any] = {"months": [None] * kind.least_months} if kind.least_months else {}
    return ReferralForm(kind, initial={"client": {"identity_code": identity_code}, "details": details})


def asked_code(text: str | None) -> tuple[str, str]:
    """The identity code that was typed (None for nothing) and what is wrong with it: one of the two is ""."""
    try:
        return IdentityCodeField(max_length=40).run_validation(text), ""
    except serializers.ValidationError as error:
        return "", " ".join(str(sentence) for sentence in error.detail)
