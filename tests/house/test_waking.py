"""Actions wake tasks by name: each name must be a task's."""

import re

import pytest
from django.conf import settings
from django.utils.module_loading import autodiscover_modules

from kela_kunta.celery import app
from tools.servers import ROOT

WOKEN = re.compile(r"""\bwake\(\s*["']([\w.]+)["']""")


def woken() -> set[str]:
    rooms = ("contacts", "accounts", "delivery", "referrals", "stats", "kela_kunta")
    return {name for room in rooms for path in (ROOT / room).rglob("*.py") for name in WOKEN.findall(path.read_text())}


def scheduled() -> set[str]:
    return {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}


@pytest.mark.parametrize("name", sorted(woken() | scheduled()))
def test_every_name_is_a_registered_task(name):
    autodiscover_modules("tasks")
    assert name in app.tasks


def test_every_wake_up_has_a_sweep_that_comes_when_it_is_lost():
    assert woken() <= scheduled()


def test_no_sweep_piles_up_while_workers_are_away():
    assert all(entry["options"]["expires"] for entry in settings.CELERY_BEAT_SCHEDULE.values())
