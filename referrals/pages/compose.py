"""The form of a new referral, from the serializer that reads one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import serializers

from contacts.queries import municipalities_on
from kela_kunta.base import clock
from kela_kunta.base.forms import Form
from referrals.drafts import serializer_for
from referrals.rules import identity
from referrals.types.base import ReferralType
from referrals.types.client import IdentityCodeField
from referrals.types.languages import LANGUAGES

MUNICIPALITIES = ("client.home_municipality", "client.place_of_stay", "client.permanent_stay")
LANGUAGES_OF = ("client.contact_language", "client.interpreter_language")
COMMON = ("client_informed_on", "additional_information", "sender_reference")

# What is asked only where another question has this answer.
ASKED_WHEN = {
    "client.no_identity_code_reason": "client.identity_code=",
    "client.birth_date": "client.identity_code=",
    "client.home_municipality_missing_reason": "client.home_municipality=",
    "client.phone_missing_reason": "client.phone=",
}


@dataclass(frozen=True, slots=True)
class Question:
    """Where a question stands in the form, and after which answer to another it is asked ("" for always)."""

    path: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Some questions under one heading."""

    title: str
    questions: list[Question]


class ReferralForm(Form):
    """A whole referral of `kind`, as typed (`data`) or begun (`initial`)."""

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
        code = client.get("identity_code") if isinstance(client, dict) else None
        return read_code(code) or "" if isinstance(code, str) else ""

    @property
    def sections(self) -> list[Section]:
        return [
            Section(_("Client"), list(self._questions("client"))),
            Section(str(self.kind.label), list(self._questions("details"))),
            Section(_("Besides"), [Question(name) for name in COMMON]),
        ]

    def _questions(self, part: str) -> Iterator[Question]:
        """The questions of a part; a reason is asked where its flag is raised."""
        fields = self.serializer.fields[part].fields
        for name in fields:
            path, flag = f"{part}.{name}", name.removesuffix("_reason")
            asked_when = ASKED_WHEN.get(path, "")
            if flag != name and isinstance(fields.get(flag), serializers.BooleanField):
                asked_when = f"{part}.{flag}=true"
            yield Question(path, asked_when)


def begun(kind: ReferralType, identity_code: str) -> ReferralForm:
    """The form for a client whose identity code was given first ("" for one without)."""
    details: dict[str, Any] = {"months": [None] * kind.least_months} if kind.least_months else {}
    return ReferralForm(kind, initial={"client": {"identity_code": identity_code}, "details": details})


def read_code(text: str) -> str | None:
    """The identity code that was typed, in its own writing; None when it is none."""
    try:
        return identity.identity_code(text, artificial=settings.ALLOW_ARTIFICIAL_IDENTITY_CODES)
    except identity.BadIdentityCode:
        return None


def asked_code(text: str) -> tuple[str, str]:
    """The identity code that was typed and what is wrong with it: one of the two is ""."""
    try:
        return IdentityCodeField(max_length=40).run_validation(text), ""
    except serializers.ValidationError as error:
        return "", " ".join(str(sentence) for sentence in error.detail)
