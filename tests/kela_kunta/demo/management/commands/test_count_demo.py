"""Tests of the command count_demo."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from kela_kunta.base import clock
from kela_kunta.demo.replay import replay
from kela_kunta.demo.world import world
from stats.models import CountedYear

pytestmark = pytest.mark.django_db


def test_both_years_of_the_demo_are_counted_once() -> None:
    replay(world(2017, sample=50), processes=1)
    for _time in range(2):
        call_command("count_demo")
        counted = dict(CountedYear.objects.values_list("year", "referrals"))
        assert counted == {2017: 50, clock.today().year: 0}
