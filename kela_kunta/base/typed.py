"""What was typed into a form that a serializer drives, as plain values: read, cleaned of blanks, and written out again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict
from rest_framework import serializers
from rest_framework.fields import empty

Asked = serializers.Field[Any, Any, Any, Any]

MOST_ROWS = 1_000


def read(asked: Asked, name: str, data: QueryDict) -> Any:
    """What was typed under `name`: None, text, a flag, a list or an object."""
    if isinstance(asked, serializers.Serializer):
        return {key: read(field, inside(name, key), data) for key, field in asked.fields.items() if not field.read_only}
    if is_list(asked):
        if name in data and not isinstance(asked, serializers.ListSerializer):
            return [value for value in data.getlist(name) if value]
        return [read(asked.child, f"{name}[{place}]", data) for place in _row_numbers(name, data)]
    if isinstance(asked, serializers.BooleanField):
        return (
            data.get(name) == "true" if not asked.required else {"true": True, "false": False}.get(data.get(name, ""))
        )
    return data.get(name)


def is_list(asked: Asked) -> bool:
    return isinstance(asked, serializers.ListSerializer | serializers.ListField)


def default_of(asked: Asked) -> Any:
    return None if asked.default is empty or callable(asked.default) else asked.default


def inside(name: str, key: str) -> str:
    """The name of an input inside another object or a row."""
    return f"{name}{'.' if name and not name.endswith(']') else ''}{key}"


def text_of(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def value_at(values: Any, path: str) -> Any:
    for key in path.split("."):
        if isinstance(values, Mapping):
            values = values.get(key)
        elif isinstance(values, list) and key.isdigit() and int(key) < len(values):
            values = values[int(key)]
        else:
            return None
    return values


def _row_numbers(name: str, data: QueryDict) -> list[int]:
    begins = re.compile(re.escape(name) + r"\[([0-9]{1,4})\]")
    numbers = {int(match[1]) for key in data if (match := begins.match(key))}
    return sorted(numbers)[:MOST_ROWS]


def _is_blank(asked: Asked, value: Any) -> bool:
    """Nothing was typed there; an answer that stood there from the beginning counts for nothing."""
    if isinstance(asked, serializers.Serializer):
        return value is None or all(_is_blank(field, value.get(name)) for name, field in asked.fields.items())
    if isinstance(value, list):
        return all(_is_blank(asked.child, one) for one in value) if is_list(asked) else not value
    if isinstance(value, str):
        return not value.strip() or value == default_of(asked)
    return value is None or (value is False and not asked.required)


def without_blank_rows(asked: Asked, value: Any) -> Any:
    if isinstance(asked, serializers.Serializer) and isinstance(value, Mapping):
        return {
            name: without_blank_rows(field, value.get(name)) for name, field in asked.fields.items() if name in value
        }
    if is_list(asked) and isinstance(value, list):
        return [without_blank_rows(asked.child, one) for one in value if not _is_blank(asked.child, one)]
    return value


def compact(asked: Asked, value: Any) -> Any:
    """`value` without what is blank and need not be there."""
    if isinstance(asked, serializers.Serializer):
        present = {name: field for name, field in asked.fields.items() if name in (value or {})}
        return {name: compact(field, value[name]) for name, field in present.items() if _is_needed(field, value[name])}
    if isinstance(asked, serializers.ListSerializer):
        return [compact(asked.child, one) for one in value]  # type: ignore[arg-type]  # a list's child is a field
    return value


def _is_needed(asked: Asked, value: Any) -> bool:
    if isinstance(asked, serializers.Serializer):
        return asked.required or not _is_blank(asked, value)
    return value is not None and value != [] and not (isinstance(value, str) and not value.strip())


def flat(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from flat(inner, inside(name, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from flat(inner, f"{name}[{place}]")
    else:
        yield name, text_of(value)
