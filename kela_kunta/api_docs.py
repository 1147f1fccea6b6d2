"""The API's description as people read it: the OpenAPI document, turned into calls and objects for a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kela_kunta.api_problems import Told

Json = Mapping[str, Any]

_CODE = re.compile(r"\* `(.+?)` - (.+)")
_WORDS = {"date": "date", "date-time": "time in UTC", "uuid": "identifier", "uri-reference": "address"}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value may be: in words, with the object it is if it is one."""

    words: str
    link: str = ""
    or_null: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A field or a parameter; `codes` are those of a closed list, each with its meaning."""

    name: str
    kind: Kind
    required: bool
    note: SafeString
    codes: list[tuple[str, str]]
    where: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back with a status."""

    status: str
    kind: Kind | None
    notes: list[SafeString]


@dataclass(frozen=True, slots=True)
class Call:
    """One method of one address."""

    id: str
    method: str
    path: str
    text: SafeString
    scopes: list[str]
    parameters: list[Value]
    body: Kind | None
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Thing:
    """An object with its fields, or the choice between several."""

    name: str
    text: SafeString
    fields: list[Value]
    choices: list[str]


def calls(document: Json) -> list[Call]:
    """Every call, in the order of the addresses."""
    return [
        _call(method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def things(document: Json) -> list[Thing]:
    """Every object that calls send and answer, by name."""
    return [_thing(name, schema) for name, schema in sorted(document["components"]["schemas"].items())]


def scopes(document: Json) -> list[tuple[str, str]]:
    """Every scope with its meaning."""
    flows = document["components"]["securitySchemes"]["oauth2"]["flows"]
    return list(flows["clientCredentials"]["scopes"].items())


def problems(told: Iterable[Told]) -> list[tuple[Told, SafeString, SafeString]]:
    """Every problem, with what it means and what to do about it."""
    return [(one, marked(one.meaning), marked(one.remedy)) for one in told]


def _call(method: str, path: str, operation: Json) -> Call:
    body = operation.get("requestBody")
    return Call(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        text=marked(operation["description"]),
        scopes=[scope for way in operation["security"] for scopes in way.values() for scope in scopes],
        parameters=[
            _value(
                parameter["name"], parameter["schema"] | parameter, parameter.get("required", False), parameter["in"]
            )
            for parameter in operation.get("parameters", ())
        ],
        body=_kind(_content(body)) if body else None,
        answers=[_answer(status, response) for status, response in operation["responses"].items()],
    )


def _answer(status: str, response: Json) -> Answer:
    content = _content(response)
    return Answer(
        status=status,
        kind=_kind(content) if content else None,
        notes=[marked(line.removeprefix("- ")) for line in response["description"].splitlines() if line],
    )


def _content(holder: Json) -> Json | None:
    """The schema of a body, whatever its media type."""
    return next((content["schema"] for content in holder.get("content", {}).values()), None)


def _thing(name: str, schema: Json) -> Thing:
    required = schema.get("required", ())
    return Thing(
        name=name,
        text=marked(schema.get("description", "")),
        fields=[_value(field, inner, field in required) for field, inner in schema.get("properties", {}).items()],
        choices=[_name(choice) for choice in schema.get("oneOf", ())],
    )


def _value(name: str, schema: Json, required: bool, where: str = "") -> Value:
    lines = schema.get("description", "").splitlines()
    told = [found.groups() for line in lines if (found := _CODE.fullmatch(line))]
    codes = [(str(code), str(meaning)) for code, meaning in told]
    codes = codes or [(str(code), "") for code in schema.get("enum", ()) if code is not None]
    note = " ".join(line for line in lines if line and not _CODE.fullmatch(line))
    return Value(name, _kind(schema), required, marked(note or schema.get("title", "")), codes, where)


def _kind(schema: Json | None) -> Kind:
    if schema is None:
        return Kind("anything")
    for several in ("oneOf", "allOf"):
        if several in schema:
            parts = [part for part in schema[several] if part != {"type": "null"}]
            return Kind("", _name(parts[0]), or_null=len(parts) < len(schema[several]))
    if "$ref" in schema:
        return Kind("", _name(schema))
    names = schema.get("type", "object")
    or_null = isinstance(names, list) and "null" in names
    name = next(part for part in names if part != "null") if isinstance(names, list) else names
    if name == "array":
        inner = _kind(schema["items"])
        return Kind(f"list of {inner.words}".strip(), inner.link, or_null)
    return Kind(_words(name, schema), or_null=or_null)


def _words(name: str, schema: Json) -> str:
    """Such as "text, at most 64 characters"."""
    if "enum" in schema:
        return "one of"
    if name == "string":
        words = _WORDS.get(schema.get("format", ""), "text")
        if "example" in schema:
            words += f", like {schema['example']}"
        return words + (f", at most {schema['maxLength']} characters" if "maxLength" in schema else "")
    return {"integer": "whole number", "boolean": "true or false", "number": "number"}.get(name, name)


def _name(schema: Json) -> str:
    return str(schema["$ref"]).rsplit("/", 1)[-1]


def marked(text: str) -> SafeString:
    """`text` with what stands between backticks as code."""
    parts = escape(text).split("`")
    return mark_safe("".join(f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts)))  # noqa: S308
