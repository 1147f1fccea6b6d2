"""What one question on a page consists of, wherever it comes from: a serializer or a Django form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
YES_NO = (("true", _("Yes")), ("false", _("No")))


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose; `id` is that of its input where it has one of its own."""

    value: str
    label: Text
    chosen: bool
    id: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `kind` says how it is asked: text, password, email, tel, search, number, money, date, month, textarea,
    select, radios, checks (several of a list), check (one box), file or hidden."""

    name: str
    id: str
    kind: str
    label: Text
    value: str = ""
    hint: Text = ""
    choices: list[Choice] = field(default_factory=list)
    errors: list[Text] = field(default_factory=list)
    required: bool = False
    lines: int = 3
    autocomplete: str = ""

    @property
    def is_group(self) -> bool:
        """Several inputs, which a legend names; `id` is then that of the group."""
        return self.kind in ("radios", "checks")

    @property
    def is_brief(self) -> bool:
        """The answers are so few and short that they stand side by side."""
        return len(self.choices) <= 3 and all(len(str(choice.label)) <= 12 for choice in self.choices)

    @property
    def type(self) -> str:
        """Of the HTML input."""
        return "text" if self.kind == "money" else self.kind

    @property
    def described_by(self) -> str:
        """The ids of the texts that belong to the input."""
        return " ".join(
            f"{self.id}-{name}" for name in ("hint", "error") if (self.hint if name == "hint" else self.errors)
        )


def choices_of(pairs: Iterable[tuple[Any, Text]], chosen: Iterable[str], *, id: str) -> list[Choice]:
    """The answers of a closed list, those in `chosen` chosen."""
    wanted = set(chosen)
    return [
        Choice(str(value), label, str(value) in wanted, f"{id}-{place}") for place, (value, label) in enumerate(pairs)
    ]


KINDS: Mapping[type[forms.Widget], str] = {
    forms.HiddenInput: "hidden",
    forms.PasswordInput: "password",
    forms.Textarea: "textarea",
    forms.RadioSelect: "radios",
    forms.CheckboxSelectMultiple: "checks",
    forms.CheckboxInput: "check",
    forms.FileInput: "file",
    forms.Select: "select",
    forms.DateInput: "date",
    forms.NumberInput: "number",
    forms.EmailInput: "email",
}


def field_of(bound: BoundField) -> Field:
    """A field of a Django form."""
    widget = bound.field.widget
    kind = next((kind for widgets, kind in KINDS.items() if isinstance(widget, widgets)), "text")
    value = bound.value()
    chosen = [str(one) for one in value] if isinstance(value, list | tuple) else ["" if value is None else str(value)]
    id = bound.auto_id or bound.html_name
    pairs = getattr(widget, "choices", ())
    if kind == "check":
        pairs, chosen = [("on", bound.label)], ["on"] if value else []
    return Field(
        name=bound.html_name,
        id=id,
        kind=kind,
        label=bound.label,
        value="" if kind in ("password", "file") else " ".join(chosen),
        hint=bound.help_text,
        choices=choices_of(pairs, chosen, id=id),
        errors=[str(error) for error in bound.errors],
        required=bound.field.required,
        lines=int(widget.attrs.get("rows", 3)),
        autocomplete=str(widget.attrs.get("autocomplete", "")),
    )
