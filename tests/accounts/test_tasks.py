from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.utils import timezone
from oauth2_provider.models import get_access_token_model

from accounts.tasks import clear_expired_tokens


def test_expired_tokens_are_forgotten_and_valid_ones_kept(db: Any) -> None:
    tokens = get_access_token_model().objects
    for name, minutes in (("old", -5), ("new", 5)):
        tokens.create(token=name, token_checksum=name, expires=timezone.now() + timedelta(minutes=minutes), scope="")

    clear_expired_tokens()

    assert tokens.filter(expires__lt=timezone.now()).count() == 0
    assert tokens.count() == 1


def test_sessions_that_are_over_are_forgotten_and_valid_ones_kept(db: Any) -> None:
    for name, minutes in (("old", -5), ("new", 5)):
        Session.objects.create(session_key=name, expire_date=timezone.now() + timedelta(minutes=minutes))

    clear_expired_tokens()

    assert [session.session_key for session in Session.objects.all()] == ["new"]
