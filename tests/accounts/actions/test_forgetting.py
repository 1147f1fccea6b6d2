from __future__ import annotations

from datetime import UTC, datetime

import pytest

from accounts.actions.forgetting import forget_looks
from accounts.models import AccessLog, Look
from kela_kunta.base.actor import Actor, acting

JOB = Actor.system("test")


@pytest.mark.django_db
def test_lines_before_a_moment_are_forgotten_and_counted():
    with acting(JOB):
        for year in (2009, 2010, 2011):
            at = datetime(year, 6, 1, tzinfo=UTC)
            AccessLog.objects.create(at=at, role="worker", actor_id="x", look=Look.LIST, referrals=[])
    assert forget_looks(datetime(2011, 1, 1, tzinfo=UTC), by=JOB) == 2
    with acting(JOB):
        assert AccessLog.objects.get().at.year == 2011
