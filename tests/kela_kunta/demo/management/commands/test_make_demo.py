"""Tests of the command make_demo."""

from __future__ import annotations

import json
from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from kela_kunta.base.actor import Actor, acting
from kela_kunta.demo import today
from kela_kunta.demo.scenes import scenes
from referrals.models import Alert, Referral

pytestmark = pytest.mark.django_db


def _make() -> dict[str, Any]:
    out = StringIO()
    call_command("make_demo", "--sample", "50", "--processes", "1", "--json", stdout=out)
    return dict(json.loads(out.getvalue()))


def test_the_second_time_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    some = scenes()[:30]
    monkeypatch.setattr(today, "scenes", lambda: some)
    first, second = _make(), _make()
    assert (first["accounts"], first["today"], first["replayed"]["referrals"]) == (21, 30, 50)
    assert first["directory"] > 1_000
    with acting(Actor.system("test")):
        types = Counter(Referral.objects.filter(sent_at__year=2017).values_list("type", flat=True))
        assert types["under_25"] + types["immigrant"] > 0
        assert not Alert.objects.filter(state="dropped").exists()
    assert (second["accounts"], second["directory"], second["today"], second["replayed"]["events"]) == (0, 0, 0, 0)
