"""The client as every type tells of them: the fields, and the rules about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.rules.register import Register
from kela_kunta.base.actor import is_test
from kela_kunta.base.inputs import (
    CodeField,
    DayField,
    FlagField,
    LanguageField,
    MunicipalityField,
    NoteField,
    PhoneField,
    StrictSerializer,
    TextField,
)
from referrals.rules import identity
from referrals.rules.ages import age_on
from referrals.types.base import Fault
from referrals.types.figures import day_text

OLDEST = 120  # years
SPOKEN_BY_OFFICIALS = frozenset({"fi", "sv"})
HOME_MISSING_REASONS = {
    "none": gettext_lazy("Has no home municipality"),
    "unknown": gettext_lazy("Not known"),
    "foreign": gettext_lazy("Lives abroad"),
}


class IdentityCodeField(NoteField):
    """A personal identity code. Artificial ones are taken where `ALLOW_ARTIFICIAL_IDENTITY_CODES` says so, and are the
    only ones in test data, which is about nobody."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "format": gettext_lazy("An identity code has eleven characters, like 010190-900P."),
        "date_or_number": gettext_lazy("No identity code has such a date or number. Compare with the card."),
        "check_character": gettext_lazy("The check character does not match. Compare with the card."),
        "artificial": gettext_lazy("This is an artificial code (number 900–999), not a person's."),
        "not_artificial": gettext_lazy("Test data is about nobody: use an artificial code (number 900–999)."),
    }

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        try:
            code = identity.identity_code(text, artificial=settings.ALLOW_ARTIFICIAL_IDENTITY_CODES or is_test())
        except identity.BadIdentityCode as error:
            self.fail(error.code)
        if is_test() and not identity.is_artificial(code):
            self.fail("not_artificial")
        return code


class ClientSerializer(StrictSerializer):
    """Whose matter it is. There is no field for an address."""

    identity_code = IdentityCodeField(max_length=40, required=False, label=gettext_lazy("Personal identity code"))
    no_identity_code_reason = NoteField(
        max_length=200, required=False, label=gettext_lazy("Why there is no identity code")
    )
    birth_date = DayField(
        default=None,
        allow_null=True,
        label=gettext_lazy("Date of birth"),
        help_text=gettext_lazy("Only where there is no identity code."),
    )
    family_name = TextField(max_length=100, label=gettext_lazy("Family name"))
    given_names = TextField(max_length=100, label=gettext_lazy("Given names"))
    home_municipality = MunicipalityField(
        source="home_municipality_id", default=None, allow_null=True, label=gettext_lazy("Home municipality")
    )
    home_municipality_missing_reason = CodeField(
        HOME_MISSING_REASONS, required=False, label=gettext_lazy("Why there is no home municipality")
    )
    place_of_stay = MunicipalityField(
        source="place_of_stay_id",
        default=None,
        allow_null=True,
        label=gettext_lazy("Place of stay"),
        help_text=gettext_lazy(
            "The municipality where the client actually is, if it is another one or the matter is urgent."
        ),
    )
    permanent_stay = MunicipalityField(
        source="permanent_stay_id",
        default=None,
        allow_null=True,
        label=gettext_lazy("Place of permanent stay"),
        help_text=gettext_lazy("If it is known to be another than the home municipality."),
    )
    phone = PhoneField(max_length=40, required=False, label=gettext_lazy("Telephone"))
    phone_missing_reason = NoteField(max_length=200, required=False, label=gettext_lazy("Why there is no number"))
    contact_language = LanguageField(max_length=3, label=gettext_lazy("Language"))
    interpreter_language = LanguageField(max_length=3, required=False, label=gettext_lazy("Interpreter's language"))
    interpreter_not_needed = FlagField(default=False, label=gettext_lazy("No interpreter is needed"))
    non_disclosure = FlagField(
        label=gettext_lazy("Non-disclosure for personal safety"),
        help_text=gettext_lazy("No address is kept for a protected person."),
    )


def birth_date(client: Mapping[str, Any]) -> date | None:
    """The client's date of birth: that of the identity code, else the one given."""
    given: date | None = client["birth_date"]
    return identity.birth_date(client["identity_code"]) if client["identity_code"] else given


def birth_path(client: Mapping[str, Any]) -> str:
    """Where the client's date of birth was given."""
    return "client.identity_code" if client["identity_code"] else "client.birth_date"


def client_faults(client: Mapping[str, Any], *, on: date, register: Register) -> Iterator[Fault]:
    """The faults of a client told of on day `on`, apart from those of single fields."""
    yield from _identity_faults(client)
    yield from _birth_faults(client, on)
    yield from _home_faults(client)
    for name in ("home_municipality", "place_of_stay", "permanent_stay"):
        if code := client[f"{name}_id"]:
            yield from _municipality_faults(code, f"client.{name}", on, register)
    if client["phone"] == "" and client["phone_missing_reason"] == "":
        yield Fault("client.phone", "phone_untold", _("Without a number the worker can only write. Ask the client."))
    language = client["contact_language"]
    needs_interpreter = language and language not in SPOKEN_BY_OFFICIALS and client["interpreter_not_needed"] is False
    if needs_interpreter and client["interpreter_language"] == "":
        yield Fault(
            "client.interpreter_language",
            "interpreter_untold",
            _("Which language should be interpreted? Or say that no interpreter is needed."),
        )


def _identity_faults(client: Mapping[str, Any]) -> Iterator[Fault]:
    code, reason = client["identity_code"], client["no_identity_code_reason"]
    if code == "" and reason == "":
        yield Fault("client.identity_code", "identity_untold", _("Give the identity code, or say why there is none."))
    if code == "" and reason and client["birth_date"] is None:
        yield Fault("client.birth_date", "required", _("Without an identity code the date of birth is needed."))
    if code and reason:
        yield Fault(
            "client.no_identity_code_reason", "contradiction", _("The identity code is given: leave this empty.")
        )
    if code and client["birth_date"] and client["birth_date"] != identity.birth_date(code):
        yield Fault("client.birth_date", "contradiction", _("This is not the date of birth in the identity code."))


def _birth_faults(client: Mapping[str, Any], on: date) -> Iterator[Fault]:
    born = birth_date(client)
    if born and born > on:
        yield Fault(birth_path(client), "born_in_future", _("Birth date is in the future."))
    elif born and age_on(born, on) > OLDEST:
        yield Fault(birth_path(client), "too_old", _("Nobody is older than %(age)s years.") % {"age": OLDEST})


def _home_faults(client: Mapping[str, Any]) -> Iterator[Fault]:
    reason = client["home_municipality_missing_reason"]
    if client["home_municipality_id"] and reason:
        yield Fault(
            "client.home_municipality_missing_reason",
            "contradiction",
            _("The home municipality is given: leave this empty."),
        )
    elif client["home_municipality_id"] is None and reason == "":
        yield Fault(
            "client.home_municipality", "home_untold", _("Give the home municipality, or say why there is none.")
        )


def _municipality_faults(code: str, path: str, on: date, register: Register) -> Iterator[Fault]:
    """Refuses a code that never was; what was merged is taken, with a word on what came of it."""
    municipality = register.municipality(code)
    if municipality is None:
        yield Fault(path, "unknown_municipality", _("There is no municipality with code %(code)s.") % {"code": code})
        return
    current = register.current(code, on)
    if current is None or current == code:
        return
    since, successor = on, municipality
    while successor.valid_to and (following := register.municipality(successor.successor or "")):
        since, successor = successor.valid_to + timedelta(days=1), following
        if successor.code == current:
            break
    yield Fault(
        path,
        "merged",
        _("%(code)s has been part of %(successor)s %(name)s since %(date)s; %(successor)s is used.")
        % {"code": code, "successor": current, "name": successor.name_fi, "date": day_text(since)},
        warning=True,
    )
