"""Telephone numbers: read from what people write, kept in E.164, shown as people write them."""

from __future__ import annotations

import phonenumbers

FINLAND = 358


def read_phone(text: str) -> str:
    """The number in E.164; without a country's code it is Finnish.

    Raises:
        ValueError: `text` is no number that could be called.
    """
    try:
        number = phonenumbers.parse(text, "FI")
    except phonenumbers.NumberParseException:
        raise ValueError from None
    if not phonenumbers.is_valid_number(number):
        raise ValueError
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_text(number: str) -> str:
    """A number kept in E.164 as people write it: Finnish ones without the country's code."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    at_home = parsed.country_code == FINLAND
    form = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)
