"""Moves that must be refused, and what stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from delivery.models import Event
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Problem
from referrals.models import Referral
from referrals.queries import history


def at(text: str) -> datetime:
    """That moment in Helsinki."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.HELSINKI)


def last_event(referral: Referral) -> Event:
    with acting(Actor.system("test")):
        return history(referral)[-1]


def as_it_is(referral: Referral) -> dict[str, Any]:
    """The whole row and how many events it has."""
    with acting(Actor.system("test")):
        row = Referral.objects.filter(pk=referral.pk).values().get()
        return row | {"events": Event.objects.filter(subject_id=referral.pk).count()}


def refused(problem: type[Problem], call: Callable[..., Any], referral: Referral, **facts: Any) -> Problem:
    """The refusal; nothing has changed."""
    before = as_it_is(referral)
    with pytest.raises(problem) as caught:
        call(referral.pk, **facts)
    assert as_it_is(referral) == before
    return caught.value


def faults(problem: Problem) -> list[tuple[str, str]]:
    return [(error.pointer, error.code) for error in problem.errors]
