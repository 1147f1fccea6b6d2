"""What of an OpenAPI document would break those who call by an older one (docs/api/compatibility.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = Mapping[str, Any]
Place = tuple[str, str]  # of a parameter: where it stands, and its name

SENT, ANSWERED = "sent", "answered"
# What may be sent may only grow, so these bounds may only move one way.
LOWER = ("minLength", "minimum", "minItems")
UPPER = ("maxLength", "maximum", "maxItems")
FIXED = ("pattern", "format", "multipleOf")


def breaks(old: Json, new: Json) -> list[str]:
    """One line for each thing that a program written for `old` may stumble over in `new`."""
    return list(dict.fromkeys(_Comparison(old, new).calls()))


@dataclass
class _Comparison:
    old: Json
    new: Json
    seen: set[tuple[str, str, str]] = field(default_factory=set)

    def calls(self) -> Iterator[str]:
        for path, methods in self.old["paths"].items():
            for method, call in methods.items():
                place = f"{method.upper()} {path}"
                there = self.new["paths"].get(path, {}).get(method)
                if there is None:
                    yield f"{place}: is gone"
                else:
                    yield from self._call(place, call, there)

    def _call(self, place: str, old: Json, new: Json) -> Iterator[str]:
        for scope in sorted(_scopes(old) - _scopes(new)):
            yield f"{place}: the scope {scope} is not enough any more"
        yield from self._parameters(place, _parameters(old), _parameters(new))
        yield from self._body(place, old.get("requestBody", {}), new.get("requestBody", {}))
        for status, answer in old["responses"].items():
            there = new["responses"].get(status)
            if there is not None:
                yield from self._answer(f"{place} {status}", answer, there)
            elif status.startswith("2"):
                yield f"{place}: never answers {status} any more"

    def _parameters(self, place: str, old: Mapping[Place, Json], new: Mapping[Place, Json]) -> Iterator[str]:
        for key, parameter in new.items():
            if parameter.get("required") and not old.get(key, {}).get("required"):
                yield f"{place}: {key[1]} must be given now"
        for key, parameter in old.items():
            if key not in new:
                yield f"{place}: {key[1]} is not understood any more"
            else:
                yield from self._schema(f"{place} {key[1]}", parameter["schema"], new[key]["schema"], SENT)

    def _body(self, place: str, old: Json, new: Json) -> Iterator[str]:
        if new.get("required") and not old.get("required"):
            yield f"{place}: a body must be sent now"
        yield from self._contents(f"{place} body", old, new, SENT)

    def _answer(self, place: str, old: Json, new: Json) -> Iterator[str]:
        for name in old.get("headers", {}):
            if name not in new.get("headers", {}):
                yield f"{place}: the header {name} is gone"
        yield from self._contents(place, old, new, ANSWERED)

    def _contents(self, place: str, old: Json, new: Json, way: str) -> Iterator[str]:
        for media_type, content in old.get("content", {}).items():
            there = new.get("content", {}).get(media_type)
            if there is None:
                yield f"{place}: {media_type} is gone"
            elif "schema" in content and "schema" in there:
                yield from self._schema(place, content["schema"], there["schema"], way)

    def _schema(self, place: str, old: Json, new: Json, way: str) -> Iterator[str]:
        """Compare two schemas of what is `way`; each pair of named ones once."""
        names = (str(old.get("$ref", "")), str(new.get("$ref", "")), way)
        if all(names):
            if names in self.seen:
                return
            self.seen.add(names)
            place = _name(old)
        old, new = _resolved(self.old, old), _resolved(self.new, new)
        yield from self._choices(place, old, new, way)
        yield from _types(place, old, new, way)
        yield from _values(place, old, new, way)
        yield from self._fields(place, old, new, way)
        if "items" in old and "items" in new:
            yield from self._schema(f"{place}[]", old["items"], new["items"], way)

    def _choices(self, place: str, old: Json, new: Json, way: str) -> Iterator[str]:
        """Alternatives, by name; one that is only sometimes there counts as if it were always."""
        for several in ("oneOf", "anyOf", "allOf"):
            there = {_name(choice): choice for choice in new.get(several, ())}
            for choice in old.get(several, ()):
                if _name(choice) in there:
                    yield from self._schema(place, choice, there[_name(choice)], way)
                else:
                    yield f"{place}: {_name(choice)} is no choice any more"

    def _fields(self, place: str, old: Json, new: Json, way: str) -> Iterator[str]:
        before, after = old.get("properties", {}), new.get("properties", {})
        needed, needed_now = set(old.get("required", ())), set(new.get("required", ()))
        for name in before.keys() - after.keys():
            yield f"{place}.{name}: is gone"
        if way == SENT:
            for name in sorted(needed_now - needed):
                yield f"{place}.{name}: must be sent now"
        else:
            for name in sorted((needed - needed_now) & after.keys()):
                yield f"{place}.{name}: may be missing now"
        for name in before.keys() & after.keys():
            yield from self._schema(f"{place}.{name}", before[name], after[name], way)


def _types(place: str, old: Json, new: Json, way: str) -> Iterator[str]:
    before, after = _kinds(old), _kinds(new)
    if way == SENT and after and before - after:
        yield f"{place}: {', '.join(sorted(before - after)) or 'anything'} is not taken any more"
    elif way == SENT and after and not before:
        yield f"{place}: only {', '.join(sorted(after))} is taken now"
    if way == ANSWERED and before and (after - before or not after):
        yield f"{place}: may be {', '.join(sorted(after - before)) or 'anything'} now"


def _values(place: str, old: Json, new: Json, way: str) -> Iterator[str]:
    gone = [value for value in old.get("enum", ()) if "enum" in new and value not in new["enum"]]
    for value in gone:
        yield f"{place}: {value} is no value any more"
    if way != SENT:
        return
    if "enum" in new and "enum" not in old:
        yield f"{place}: is a closed list now"
    for bound in LOWER:
        if new.get(bound, float("-inf")) > old.get(bound, float("-inf")):
            yield f"{place}: {bound} is {new[bound]} now"
    for bound in UPPER:
        if new.get(bound, float("inf")) < old.get(bound, float("inf")):
            yield f"{place}: {bound} is {new[bound]} now"
    for bound in FIXED:
        if bound in new and new[bound] != old.get(bound):
            yield f"{place}: {bound} is {new[bound]} now"


def _kinds(schema: Json) -> set[str]:
    """JSON's types that the schema names."""
    named = schema.get("type", [])
    return {named} if isinstance(named, str) else set(named)


def _scopes(call: Json) -> set[str]:
    return {scope for way in call.get("security", ()) for scopes in way.values() for scope in scopes}


def _parameters(call: Json) -> dict[Place, Json]:
    return {(one["in"], one["name"]): one for one in call.get("parameters", ())}


def _resolved(document: Json, schema: Json) -> Json:
    while "$ref" in schema:
        schema = document["components"]["schemas"][_name(schema)]
    return schema


def _name(schema: Json) -> str:
    """What a choice is called: its own name, or its type and format."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    return f"{schema.get('type', 'anything')} {schema.get('format', '')}".strip()
