"""A page's form that a serializer drives: the one that reads JSON tells how to ask, and what was typed becomes JSON.

Addresses of questions are dotted paths into the JSON, such as "client.identity_code" or
"details.expenses.0.code"; names of inputs follow the REST framework's HTML input
("client.identity_code", "details.expenses[0]code").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.settings import api_settings

from kela_kunta.base.fields import YES_NO, Choice, Field, Text, choices_of
from kela_kunta.base.problems import FieldError
from kela_kunta.base.typed import (
    Asked,
    compact,
    default_of,
    flat,
    inside,
    is_list,
    read,
    text_of,
    value_at,
    without_blank_rows,
)

ROWS = "rows"  # The button that adds a row ("details.expenses+") or takes one away ("details.expenses-0").
FEW = 6  # Up to so many answers stand open beside each other.
_PRESSED = re.compile(r"(?P<path>[a-z0-9_.]+)(?:(?P<more>\+)|-(?P<place>[0-9]{1,4}))")


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together: the fields of a nested object."""

    id: str
    label: Text
    hint: Text
    errors: list[Text]
    parts: list[Part]
    kind: str = "group"


@dataclass(frozen=True, slots=True)
class Line:
    """One row; `remove` is the value of the button that takes it away, "" where it may not go."""

    number: int
    parts: list[Part]
    remove: str


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of the same questions; `add` is the value of the button for one more."""

    id: str
    label: Text
    hint: Text
    errors: list[Text]
    lines: list[Line]
    add: str
    added: bool
    kind: str = "rows"

    @property
    def is_plain(self) -> bool:
        """Each row is one question only."""
        return all(len(line.parts) == 1 for line in self.lines)


Part = Field | Group | Rows


@dataclass(frozen=True, slots=True)
class Wrong:
    """One line of the summary above a form: which question (its id, "" for none), its label, and the sentence."""

    id: str
    label: str
    text: Text


class Form:
    """The questions of `serializer`, with what was typed (`data`) or is known (`initial`, JSON as the serializer answers it).

    `choices` gives answers for fields that have no closed list of their own, by path without row
    numbers ("details.expenses.code"), and for each row of a plain list by "serves[]". Rows in which nothing was typed are dropped, unless a row was just added.
    `order` names the parts of the page, top to bottom, where it is not the serializer's order.
    """

    order: ClassVar[Sequence[str]] = ()

    def __init__(
        self,
        serializer: serializers.BaseSerializer[Any],
        data: QueryDict | None = None,
        errors: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        choices: Mapping[str, Iterable[tuple[Any, Text]]] | None = None,
    ) -> None:
        self.serializer = serializer
        self.choices = choices or {}
        self.bound = data is not None
        self.pressed = _PRESSED.fullmatch(data.get(ROWS, "")) if data is not None else None
        self.values: Any = dict(initial or {}) if data is None else read(serializer, "", data)
        if self.pressed:
            self._press(self.pressed)
        elif self.bound:
            self.values = without_blank_rows(serializer, self.values)
        self.errors: dict[str, list[Text]] = {}
        self._take(errors or {}, "")

    def body(self) -> dict[str, Any]:
        """What was typed as plain JSON for the serializer; blank rows, texts and optional objects are left out."""
        return dict(compact(self.serializer, without_blank_rows(self.serializer, self.values)))

    def typed(self) -> list[tuple[str, str]]:
        """`body` as names and values of hidden inputs, so that it travels to the next page."""
        return list(flat(self.body(), ""))

    def refuse(self, errors: Iterable[FieldError]) -> None:
        """Put faults beside their questions."""
        for error in errors:
            path = error.pointer.lstrip("#").strip("/").replace("/", ".")
            self.errors.setdefault(path, []).append(error.detail)

    def wrongs(self) -> list[Wrong]:
        """Every fault, in the order of the questions."""
        known = {path: (label, id) for path, label, id in self._walk(self.serializer, "", "")}
        places = {path: (self._page_place(path), place) for place, path in enumerate(known)}

        def shown_at(path: str) -> str:
            while path and path not in known:
                path = path.rpartition(".")[0]
            return path

        found = [(shown_at(path), text) for path, texts in self.errors.items() for text in texts]
        found.sort(key=lambda one: places.get(one[0], (-1, -1)))
        return [Wrong(id, label, text) for path, text in found for label, id in [known.get(path, ("", ""))]]

    def _page_place(self, path: str) -> int:
        parts = [place for place, part in enumerate(self.order) if path == part or path.startswith(f"{part}.")]
        return parts[0] if parts else len(self.order)

    def name_of(self, path: str) -> str:
        """The name of the input at `path`."""
        name = ""
        for key in path.split("."):
            name = f"{name}[{key}]" if key.isdigit() else inside(name, key)
        return name

    def part(self, path: str) -> Part:
        """What stands at `path`.

        Raises:
            KeyError: the serializer has nothing there.
        """
        return self._part(self._asked(path), path)

    def parts(self, path: str = "", *, but: Sequence[str] = ()) -> list[Part]:
        """All that stands in the object at `path`, in order, without the names in `but`."""
        return [
            self._part(field, _at(path, name))
            for name, field in self._asked(path).fields.items()
            if name not in but and not field.read_only
        ]

    def _asked(self, path: str) -> Any:
        asked: Any = self.serializer
        for key in filter(None, path.split(".")):
            asked = asked.child if key.isdigit() else asked.fields[key]
        return asked

    def _part(self, asked: Asked, path: str) -> Part:
        if isinstance(asked, serializers.ListSerializer) or (is_list(asked) and not self._pairs(asked, path)):
            return self._rows(asked, path)
        if isinstance(asked, serializers.Serializer):
            return Group(_id(path), _label(asked), _hint(asked), self.errors.get(path, []), self.parts(path))
        return self._field(asked, path)

    def _rows(self, asked: Asked, path: str) -> Rows:
        lines = list(value_at(self.values, path) or [None])
        return Rows(
            id=_id(path),
            label=_label(asked),
            hint=_hint(asked),
            errors=self.errors.get(path, []),
            lines=[
                Line(
                    place + 1,
                    self._cells(asked.child, f"{path}.{place}", f"{_label(asked)} {place + 1}"),
                    f"{path}-{place}" if len(lines) > 1 else "",
                )
                for place in range(len(lines))
            ],
            add=f"{path}+",
            added=bool(self.pressed and self.pressed["more"] and self.pressed["path"] == path),
        )

    def _cells(self, child: Asked, path: str, label: str) -> list[Part]:
        if isinstance(child, serializers.Serializer):
            return self.parts(path)
        return [replace(self._field(child, path), label=label)]

    def _field(self, asked: Asked, path: str) -> Field:
        pairs, value, id = self._pairs(asked, path), value_at(self.values, path), _id(path)
        if value is None and not (self.bound and isinstance(asked, serializers.BooleanField)):
            value = default_of(asked)
        kind = _kind(asked, pairs, path)
        given = [text_of(one) for one in value] if isinstance(value, list) else [text_of(value)]
        return Field(
            name=self.name_of(path),
            id=id,
            kind=kind,
            label=_label(asked),
            value=given[0] if given else "",
            hint=_hint(asked),
            choices=self._answers(kind, asked, pairs, given, id),
            errors=self.errors.get(path, []),
            required=asked.required,
            lines=asked.style.get("rows", 3),
            autocomplete="off",
        )

    def _answers(
        self, kind: str, asked: Asked, pairs: list[tuple[Any, Text]], given: list[str], id: str
    ) -> list[Choice]:
        if kind == "check":
            return [Choice("true", _label(asked), given == ["true"], id)]
        nothing = [("", _("Choose") if asked.required else "–")] if kind == "select" else []
        return choices_of([*nothing, *pairs], given, id=id)

    def _pairs(self, asked: Asked, path: str) -> list[tuple[Any, Text]]:
        general = re.sub(r"\.[0-9]+", "", re.sub(r"\.[0-9]+$", "[]", path))
        if general in self.choices:
            return list(self.choices[general])
        if isinstance(asked, serializers.BooleanField):
            return list(YES_NO) if asked.required else []
        listed = asked.child if is_list(asked) else asked
        return list(listed.choices.items()) if isinstance(listed, serializers.ChoiceField) else []

    def _press(self, pressed: re.Match[str]) -> None:
        """A row more, or one less."""
        lines = value_at(self.values, pressed["path"])
        if not isinstance(lines, list):
            return
        if pressed["more"]:
            lines.append(None)
        elif int(pressed["place"]) < len(lines):
            del lines[int(pressed["place"])]

    def _take(self, errors: Any, path: str) -> None:
        """The errors of a serializer, flat."""
        if isinstance(errors, Mapping):
            for name, inner in errors.items():
                self._take(inner, path if name == api_settings.NON_FIELD_ERRORS_KEY else _at(path, str(name)))
        elif isinstance(errors, list) and any(isinstance(one, Mapping) for one in errors):
            for place, inner in enumerate(errors):
                self._take(inner, _at(path, str(place)))
        else:
            self.errors.setdefault(path, []).extend(errors if isinstance(errors, list) else [errors])

    def _walk(self, asked: Asked, path: str, label: str) -> Iterator[tuple[str, str, str]]:
        """Every question as (path, label with those of the rows around it, id), in order."""
        if path:
            yield path, label, self._first_id(asked, path)
        if isinstance(asked, serializers.Serializer):
            for name, field in asked.fields.items():
                within = f"{label}, " if "." in path else ""
                yield from self._walk(field, _at(path, name), f"{within}{_label(field)}")
        elif is_list(asked) and not self._pairs(asked, path):
            for place in range(len(value_at(self.values, path) or [None])):
                yield from self._walk(asked.child, f"{path}.{place}", f"{label} {place + 1}")

    def _first_id(self, asked: Asked, path: str) -> str:
        """The id to go to: that of the first input where there are several."""
        pairs = self._pairs(asked, path)
        chosen_from = not isinstance(asked, serializers.Serializer) and pairs
        return f"{_id(path)}-0" if chosen_from and _kind(asked, pairs, path) in ("radios", "checks") else _id(path)


def _kind(asked: Asked, pairs: list[tuple[Any, Text]], path: str) -> str:
    in_row = any(key.isdigit() for key in path.split("."))
    if "input_type" in asked.style:
        return str(asked.style["input_type"])
    if is_list(asked):
        return "checks"
    if isinstance(asked, serializers.BooleanField):
        return "check" if not asked.required else "select" if in_row else "radios"
    if pairs:
        return "radios" if asked.required and len(pairs) <= FEW and not in_row else "select"
    for kind, fields in _KINDS.items():
        if isinstance(asked, fields):
            return kind
    return "textarea" if asked.style.get("rows", 1) > 1 else "text"


_KINDS: dict[str, tuple[type[Asked], ...]] = {
    "date": (serializers.DateField,),
    "money": (serializers.DecimalField,),
    "number": (serializers.IntegerField,),
    "email": (serializers.EmailField,),
}


def _label(asked: Asked) -> str:
    return str(asked.label or "")


def _hint(asked: Asked) -> str:
    return str(asked.help_text or "")


def _id(path: str) -> str:
    return path.replace(".", "-")


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
