"""A line for every look at client data."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from accounts.actions.looking import log_look
from accounts.models import AccessLog, Look
from kela_kunta.base import clock, sealed
from kela_kunta.base.actor import acting

pytestmark = pytest.mark.django_db


def test_a_look_says_who_saw_what_when_and_how(pirkanmaa, auditor):
    seen, index = [uuid4(), uuid4()], sealed.blind_index("010190-900L")
    with acting(pirkanmaa.actor):
        log_look(pirkanmaa.actor, Look.SEARCH, referrals=seen, person_index=index, about={"view": "open"})
    with acting(auditor.actor):
        line = AccessLog.objects.get()
    assert (line.actor_id, line.actor_name, line.role) == (str(pirkanmaa.pk), pirkanmaa.name, "worker")
    assert (line.authority, line.look, line.referrals) == ("county-08", "search", seen)
    assert (bytes(line.person_index), line.about) == (index, {"view": "open"})
    assert abs(clock.now() - line.at) < timedelta(minutes=1)


def test_a_look_without_anything_found_is_a_line_too(pirkanmaa, auditor):
    with acting(pirkanmaa.actor):
        log_look(pirkanmaa.actor, Look.LIST)
    with acting(auditor.actor):
        line = AccessLog.objects.get()
    assert (line.referrals, line.person_index, line.about) == ([], None, {})


def test_only_the_auditor_reads_it(pirkanmaa, handler, supervisor, auditor):
    with acting(pirkanmaa.actor):
        log_look(pirkanmaa.actor, Look.VIEW, referrals=[uuid4()])
    for user, lines in ((pirkanmaa, 0), (handler, 0), (supervisor, 0), (auditor, 1)):
        with acting(user.actor):
            assert AccessLog.objects.count() == lines, user.username
    assert AccessLog.objects.count() == 0


def test_nobody_changes_or_deletes_a_line_not_even_the_auditor(auditor):
    with acting(auditor.actor):
        log_look(auditor.actor, Look.VIEW)
        for change in (AccessLog.objects.all().delete, lambda: AccessLog.objects.update(actor_name="Somebody else")):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                change()
        assert AccessLog.objects.get().actor_name == auditor.name


def test_who_does_not_say_who_acts_writes_no_line(pirkanmaa):
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        log_look(pirkanmaa.actor, Look.VIEW)
