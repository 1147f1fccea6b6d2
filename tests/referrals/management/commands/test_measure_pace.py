"""By hand, for when no sweep comes."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from kela_kunta.base import clock

pytestmark = pytest.mark.django_db


def told(*options: str) -> str:
    out = StringIO()
    call_command("measure_pace", *options, stdout=out)
    return out.getvalue()


def test_it_tells_how_many_to_people_and_to_programs(send):
    with clock.frozen(clock.now() - timedelta(days=14)):
        send(urgent_supplementary=True, urgent_supplementary_reason="No food.")
    assert told() == "1 lines measured.\n"
    assert json.loads(told("--json")) == {"measured": 1}
