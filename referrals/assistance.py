"""Reading a month of assistance, as the payment system tells it in JSON or in a row of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.rules.register import Register
from kela_kunta.base.inputs import (
    CodeField,
    DayField,
    FlagField,
    LanguageField,
    MoneyField,
    MonthField,
    MunicipalityField,
    PhoneField,
    StrictSerializer,
    TextField,
)
from kela_kunta.base.problems import FieldError, Invalid
from kela_kunta.base.reading import errors_of
from referrals.rules.identity import birth_date
from referrals.rules.months import add_months, month_of, month_text
from referrals.types.client import IdentityCodeField
from referrals.types.immigrant import RESIDENCE_GROUNDS

MOST_ROWS = 5_000


class AssistanceMonthSerializer(StrictSerializer):
    """A person's month for which basic social assistance was paid, or in the end was not (`amount` 0.00)."""

    identity_code = IdentityCodeField(max_length=40, label=gettext_lazy("Personal identity code"))
    family_name = TextField(max_length=100, label=gettext_lazy("Family name"))
    given_names = TextField(max_length=100, label=gettext_lazy("Given names"))
    month = MonthField(label=gettext_lazy("Month"))
    amount = MoneyField(
        label=gettext_lazy("Amount"), help_text=gettext_lazy("Net sum paid for the month, all corrections included.")
    )
    home_municipality = MunicipalityField(
        source="home_municipality_id", default=None, allow_null=True, label=gettext_lazy("Home municipality")
    )
    main_income = FlagField(default=None, allow_null=True, label=gettext_lazy("Assistance was the main living"))
    unemployed = FlagField(default=None, allow_null=True, label=gettext_lazy("Paid because of unemployment"))
    integration_plan = FlagField(default=None, allow_null=True, label=gettext_lazy("Has a valid integration plan"))
    residence_ground = CodeField(RESIDENCE_GROUNDS, required=False, label=gettext_lazy("Ground of residence"))
    first_permit_on = DayField(default=None, allow_null=True, label=gettext_lazy("First residence permit granted on"))
    phone = PhoneField(max_length=40, required=False, label=gettext_lazy("Telephone"))
    contact_language = LanguageField(max_length=3, required=False, label=gettext_lazy("Language"))
    non_disclosure = FlagField(default=False, label=gettext_lazy("Non-disclosure for personal safety"))
    died_on = DayField(default=None, allow_null=True, label=gettext_lazy("Died on"))


class AssistanceReader:
    """Reads month after month, told on day `on` (Helsinki)."""

    def __init__(self, *, on: date, register: Register) -> None:
        self._reader = AssistanceMonthSerializer()
        self._on = on
        self._register = register

    def read(self, body: Any) -> dict[str, Any]:
        """The values of one month: columns of the tables `AssistanceMonth` and `Recipient`, `identity_code` in clear.

        Raises:
            Invalid: with every fault that was found, each by its field.
        """
        errors = errors_of(self._reader, body)
        values = self._reader.accepted
        errors += [fault for fault in self._faults(values) if fault.pointer not in {one.pointer for one in errors}]
        if errors:
            raise Invalid(errors=errors)
        return dict(values)

    def _faults(self, values: Mapping[str, Any]) -> Iterator[FieldError]:
        month, home = values.get("month"), values.get("home_municipality_id")
        if month and month > add_months(month_of(self._on), 1):
            text = _("%(month)s is still to come.") % {"month": month_text(month)}
            yield FieldError("#/month", "future_month", text)
        if home and self._register.municipality(home) is None:
            text = _("There is no municipality with code %(code)s.") % {"code": home}
            yield FieldError("#/home_municipality", "unknown_municipality", text)
        for name in ("first_permit_on", "died_on"):
            if (day := values.get(name)) and day > self._on:
                yield FieldError(f"#/{name}", "future", _("This day is still to come."))
        code = values.get("identity_code")
        if code and birth_date(code) > self._on:
            yield FieldError("#/identity_code", "born_in_future", _("Birth date is in the future."))
