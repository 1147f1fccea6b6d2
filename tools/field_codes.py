"""The codes of single fields' faults with their sentences, read from the code of the API's side.

A sentence stands beside its code where a fault is raised, or in a serializer's `default_error_messages`.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tools.servers import ROOT

# What the API reads bodies and addresses with, and what its calls do.
ROOMS = (
    "accounts/api.py",
    "referrals",
    "delivery/api",
    "delivery/actions",
    "stats/api",
    "contacts/api",
    "kela_kunta/base",
)
PAGES = {"pages", "management", "migrations", "queries"}
RAISED = {"FieldError", "ErrorDetail", "Fault", "_fault"}
TRANSLATED = {"_", "gettext_lazy", "ngettext"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def field_codes() -> dict[str, list[str]]:
    """Every code with the sentences that it comes with, in English; the framework's own where we have none."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in _files():
        for code, sentence in _told(ast.parse(file.read_text())):
            found[code].add(sentence)
    for code, sentence in _of_the_framework():
        if not found.get(code, set()) - {""}:
            found[code].add(sentence)
    return {code: sorted(found[code] - {""}) for code in sorted(found)}


def _files() -> Iterator[Path]:
    for room in ROOMS:
        path = ROOT / room
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            if not PAGES & set(file.relative_to(ROOT).parts):
                yield file


def _told(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Codes and sentences that stand side by side; the sentence is "" where it is made elsewhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := _called(node)) in RAISED:
            if any(one.arg == "warning" for one in node.keywords):  # it refuses nothing
                continue
            parts = node.args[::-1] if name == "ErrorDetail" else node.args[1:]
            if len(parts) == 2 or (len(parts) > 2 and name != "ErrorDetail"):
                yield from _pair(parts[0], parts[1])
        elif isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "default_error_messages":
            messages = node.value
            if isinstance(messages, ast.Dict):
                for key, value in zip(messages.keys, messages.values, strict=True):
                    yield from _pair(key, value)


def _pair(code: ast.AST | None, sentence: ast.AST) -> Iterator[tuple[str, str]]:
    if code is not None and (text := _text(code)):
        yield text, PLACEHOLDER.sub("…", _sentence(sentence))


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _sentence(node: ast.AST) -> str:
    """The text within `_("…")`, also where it is filled in afterwards."""
    if isinstance(node, ast.BinOp):
        return _sentence(node.left)
    if isinstance(node, ast.Call) and node.args:
        return _text(node.args[0]) if _called(node) in TRANSLATED else _sentence(node.args[0])
    return ""


def _of_the_framework() -> Iterator[tuple[str, str]]:
    """What fields of Django REST framework tell by themselves."""
    from django.utils import translation
    from rest_framework import serializers

    kinds = (
        serializers.CharField, serializers.ChoiceField, serializers.IntegerField, serializers.DecimalField,
        serializers.BooleanField, serializers.DateField, serializers.DateTimeField, serializers.ListField,
        serializers.Serializer,
    )  # fmt: skip
    with translation.override("en"):
        for kind in kinds:
            for base in kind.__mro__:
                for code, sentence in vars(base).get("default_error_messages", {}).items():
                    yield code, PLACEHOLDER.sub("…", str(sentence))
