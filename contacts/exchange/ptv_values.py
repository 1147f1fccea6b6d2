"""Single values of the service catalogue's JSON, which tells texts by language, and nothing, null or [] for none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kela_kunta.base.phones import read_phone

_VOICE = ("", "Phone")


@dataclass(frozen=True, slots=True)
class Texts:
    """A text in each language that it is told in, "" where it is not."""

    fi: str = ""
    sv: str = ""
    en: str = ""

    def any(self) -> str:
        return self.fi or self.sv or self.en


def text(value: Any) -> str:
    """One line of text; what could not stand on a page is dropped."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return ""
    shown = "".join(mark if mark == "\n" or unicodedata.category(mark) not in ("Cc", "Cs") else " " for mark in value)
    return " ".join(shown.split())


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects of a list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def texts(value: Any, *types: str) -> Texts:
    """A localised text of one of the `types` (by default those named as such), as a list of values, by language or plain."""
    if isinstance(value, str):
        return Texts(fi=text(value))
    if isinstance(value, Mapping):
        return Texts(*(text(value.get(language)) for language in ("fi", "sv", "en")))
    wanted = types or ("Name", "")
    found: dict[str, str] = {}
    for one in dicts(value):
        if text(one.get("type")) in wanted and (told := text(one.get("value"))):
            found.setdefault(text(one.get("language")), told)
    return Texts(found.get("fi", ""), found.get("sv", ""), found.get("en", ""))


def codes(value: Any) -> list[str]:
    """Codes of languages, each once."""
    given = value if isinstance(value, list) else []
    return list(dict.fromkeys(code for code in (text(one).lower() for one in given) if code))


def numbers(one: Mapping[str, Any]) -> tuple[list[str], int]:
    """Telephone numbers in E.164, each once, and how many could not be read. Text messages and fax are none."""
    read, refused = [], 0
    for phone in dicts(one.get("phoneNumbers")) or dicts(one.get("supportPhones")):
        if text(phone.get("type")) not in _VOICE:
            continue
        try:
            read.append(read_phone(text(phone.get("prefixNumber")) + text(phone.get("number"))))
        except ValueError:
            refused += 1
    return list(dict.fromkeys(read)), refused


def emails(one: Mapping[str, Any]) -> Iterator[str]:
    """E-mail addresses, the channel's own before those of its support."""
    for name in ("emails", "supportEmails"):
        yield from (address for row in dicts(one.get(name)) if (address := text(row.get("value"))))
