"""Translation catalogues held against the code: what is missing, what is no longer used, what differs in its places.

`python -m tools.translations` brings the catalogues up to date; `make check` asks for `faults()`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from tools.catalogues import LOCALE, catalogues
from tools.servers import ROOT

LANGUAGES = ("fi", "sv")
ROOMS = ("kela_kunta", "contacts", "accounts", "delivery", "referrals", "stats")
KEYWORDS = {
    "_": None,
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACE = re.compile(r"%\((\w+)\)\w|\{(\w*)\}|%[sd]")


@dataclass(slots=True)
class Message:
    """A text of the code, in English, and the files it stands in."""

    context: str | None
    text: str
    plural: str | None
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.text


def messages() -> dict[tuple[str | None, str], Message]:
    """Every text that the code and the pages show, in the order of files."""
    found: dict[tuple[str | None, str], Message] = {}
    for path in _sources():
        source = path.read_text()
        if path.suffix == ".html":
            # What is left of a page beside the calls is letters; indented ones would not read as Python.
            source = re.sub(r"^\s+", "", templatize(source, origin=str(path)), flags=re.MULTILINE)
        for message in _read(source):
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            file = str(path.relative_to(ROOT))
            if file not in known.files:
                known.files.append(file)
    return found


def _sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted(path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts)
    yield from sorted((ROOT / "templates").rglob("*.html"))


def _read(source: str) -> Iterator[Message]:
    for _line, text, _comments, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
        singular, plural = text if isinstance(text, tuple) else (text, None)
        if singular:
            yield Message(context, singular, plural)


def update(language: str) -> None:
    """Add to the catalogue what the code shows, untranslated, and drop what it does not."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    kept = {(entry.msgctxt, entry.msgid): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=110)
    new.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message in messages().values():
        entry = kept.get(message.key) or polib.POEntry(msgctxt=message.context, msgid=message.text)
        entry.occurrences = [(file, "") for file in message.files]
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = entry.msgstr_plural or {0: "", 1: ""}
            entry.msgstr = ""
        new.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path))


def faults() -> list[str]:
    """One line for every text that a catalogue lacks, has too many, or translates with other places."""
    wanted = messages()
    lines = [f"{language}: there is no catalogue" for language in LANGUAGES if not _path(language).exists()]
    for path in catalogues():
        entries = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}
        name = path.relative_to(LOCALE).parts[0]
        lines += [f'{name}: missing "{text}"' for _, text in wanted.keys() - entries.keys()]
        lines += [f'{name}: no longer used "{text}"' for _, text in entries.keys() - wanted.keys()]
        lines += [f'{name}: {fault} "{entry.msgid}"' for entry in entries.values() for fault in _entry_faults(entry)]
    return sorted(lines)


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _entry_faults(entry: polib.POEntry) -> Iterator[str]:
    if entry.fuzzy:
        yield "fuzzy"
    translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(translations):
        yield "untranslated"
        return
    places = _places(entry.msgid_plural or entry.msgid)
    if any(_places(text) - places for text in translations) or _places(translations[-1]) != places:
        yield "other places in the translation of"


def _places(text: str) -> set[str]:
    return {match.group(0) for match in PLACE.finditer(text)}


if __name__ == "__main__":
    for wanted_language in LANGUAGES:
        update(wanted_language)
