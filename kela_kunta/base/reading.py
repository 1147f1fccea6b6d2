"""Reading what was sent by the fields of a serializer, with every fault told at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from rest_framework import serializers
from rest_framework.settings import api_settings

from kela_kunta.base.inputs import StrictSerializer
from kela_kunta.base.problems import FieldError, Invalid

MOST_ERRORS = 100
LONGEST_NAME = 60  # characters of an unknown field's name that an answer repeats


def read_values(reader: StrictSerializer, body: Any) -> dict[str, Any]:
    """What `body` (plain JSON) says by the fields of `reader`, one that stands alone, such as a move's.

    Raises:
        Invalid: with every fault that was found, each by its field.
    """
    if errors := errors_of(reader, body):
        raise Invalid(errors=errors)
    return reader.accepted


def errors_of(reader: StrictSerializer, body: Any) -> list[FieldError]:
    """Read `body` into `reader.accepted`; the faults found, at most `MOST_ERRORS`."""
    try:
        reader.run_validation(body)
    except serializers.ValidationError as error:
        return list(islice(_field_errors(error.detail, "#"), MOST_ERRORS))
    return []


def _field_errors(detail: Any, pointer: str) -> Iterator[FieldError]:
    """The errors of a serializer, flat, each with its JSON pointer (RFC 6901)."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _field_errors(
                inner, pointer if name == api_settings.NON_FIELD_ERRORS_KEY else f"{pointer}/{_escaped(name)}"
            )
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            yield from _field_errors(inner, pointer if isinstance(inner, str) else f"{pointer}/{place}")
    else:
        yield FieldError(pointer, detail.code, detail)


def _escaped(name: object) -> str:
    shown = "".join(mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in str(name)[:LONGEST_NAME])
    return shown.replace("~", "~0").replace("/", "~1")
