"""Every problem that the API tells, for its reference: from the problems themselves."""

from __future__ import annotations

import inspect
from dataclasses import dataclass

from django.utils import translation

from kela_kunta.base.problems import Problem


@dataclass(frozen=True, slots=True)
class Told:
    """One problem: its code and status, what it says, what it means and what to do about it, in English."""

    code: str
    status: int
    title: str
    meaning: str
    remedy: str


def told() -> list[Told]:
    """The problems that the API tells, by status and code."""
    with translation.override("en"):
        found = [
            Told(kind.code, kind.status, str(kind.title), _meaning(kind), kind.remedy)
            for kind in _kinds(Problem)
            if kind.remedy
        ]
    return sorted(found, key=lambda one: (one.status, one.code))


def _kinds(of: type[Problem]) -> list[type[Problem]]:
    return [of, *(kind for inner in of.__subclasses__() for kind in _kinds(inner))]


def _meaning(kind: type[Problem]) -> str:
    """The first paragraph of what the problem says of itself."""
    return " ".join((inspect.getdoc(kind) or "").split("\n\n")[0].split())
