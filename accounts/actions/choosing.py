"""What people choose for themselves."""

from __future__ import annotations

from accounts.models import User
from kela_kunta.base.actor import Actor


def choose_language(language: str, *, by: Actor) -> None:
    """`by` is a person, who reads `language` from now on, in letters too."""
    User.objects.filter(pk=by.id).update(language=language)
