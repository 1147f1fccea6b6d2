"""The pieces that pages are made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from django import forms, template
from django.template.defaultfilters import capfirst
from django.utils.formats import date_format

from kela_kunta.base import clock
from kela_kunta.base.fields import Field, field_of
from kela_kunta.base.forms import Form, Part, Wrong

register = template.Library()


class Due(Protocol):
    """A deadline: `left` of `marks` on the ruler are still there; `state` is "late", "soon" or ""."""

    @property
    def on(self) -> date: ...
    @property
    def state(self) -> str: ...
    @property
    def marks(self) -> int: ...
    @property
    def left(self) -> int: ...
    @property
    def words(self) -> str: ...


@register.filter
def day(on: date) -> str:
    """A day with its weekday, such as "Mon 23.11.", and with the year where it is not this one."""
    return str(capfirst(date_format(on, "D j.n." if on.year == clock.today().year else "D j.n.Y")))


@register.inclusion_tag("parts/due.html")
def due(due: Due, large: bool = False) -> dict[str, Any]:
    """The ruler with the date and the words beside it."""
    return {"due": due, "day": day(due.on), "marks": [mark < due.left for mark in range(due.marks)], "large": large}


@register.inclusion_tag("parts/field.html")
def field(
    form: Form | forms.BaseForm, path: str, size: str = "", when: str = "", label: str = "", hint: str = ""
) -> dict[str, Any]:
    """What stands at `path` of the form: a question, a group of them, or rows of them.

    `size` is "short" or "wide"; `when`, such as "details.urgent=true", shows it only after that
    answer; `label` and `hint` stand instead of those of the form.
    """
    part: Part = field_of(form[path]) if isinstance(form, forms.BaseForm) else form.part(path)
    if when and isinstance(form, Form):
        asked, _, answer = when.partition("=")
        when = f"{form.name_of(asked)}={answer}"
    return {"part": _worded(part, label, hint), "size": size, "when": when}


@register.inclusion_tag("parts/field.html")
def part(part: Part, size: str = "") -> dict[str, Any]:
    """A question, a group of them or rows of them, taken from a form's `parts`."""
    return {"part": part, "size": size, "when": ""}


@register.filter
def questions(form: forms.BaseForm) -> list[Field]:
    """The fields of a Django form in order, the hidden ones too."""
    return [field_of(bound) for bound in form]


@register.filter
def wrongs(form: Form | forms.BaseForm) -> list[Wrong]:
    """Every fault of a form for the summary above it, in the order of its questions."""
    if isinstance(form, Form):
        return form.wrongs()
    found = [Wrong("", "", str(error)) for error in form.non_field_errors()]
    return found + [
        Wrong(one.id if not one.is_group else f"{one.id}-0", str(one.label), str(error))
        for one in questions(form)
        for error in one.errors
    ]


def _worded(part: Part, label: str, hint: str) -> Part:
    worded: dict[str, Any] = {name: text for name, text in (("label", label), ("hint", hint)) if text}
    return replace(part, **worded) if worded else part
