"""An authority's lead tells that it cannot receive as usual, and that it can again."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from accounts.models import Role
from contacts.actions.pausing import pause, resume
from contacts.models import Pause
from contacts.queries.entries import pause_of, pauses_of
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Invalid, NotAllowed, NotFound
from tests.cast import LAPLAND, PIRKANMAA, _person
from tests.directory import paused
from tests.together import at_once

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TYPE = "supplementary_application"


@pytest.fixture
def neighbour(db):
    return _person("lead.lapland", Role.LEAD, LAPLAND)


def test_it_holds_from_its_beginning_to_its_end(lead):
    begins = clock.now() + HOUR
    row = paused(lead, begins=begins, ends=begins + HOUR)
    held = [pause_of(PIRKANMAA, TYPE, begins + shift) for shift in (-HOUR / 2, timedelta(0), HOUR / 2, HOUR)]
    assert held == [None, row, row, None]
    assert (row.set_by, row.authority_id) == (lead.name, PIRKANMAA)


def test_that_of_a_type_counts_before_that_of_all(lead):
    everything, one = paused(lead), paused(lead, type=TYPE)
    at = clock.now()
    assert (pause_of(PIRKANMAA, TYPE, at), pause_of(PIRKANMAA, "guidance_need", at)) == (one, everything)
    assert pauses_of([PIRKANMAA, LAPLAND], at) == [everything, one]


@pytest.mark.parametrize("role", ["worker", "directory", "supervisor", "editor"])
def test_only_a_lead_pauses_and_ends(lead, role):
    by = Actor(role, role, role, PIRKANMAA)
    row = paused(lead)
    with pytest.raises(NotAllowed):
        resume(row.pk, by=by)
    with pytest.raises(NotAllowed):
        pause(
            type=TYPE, begins=clock.now(), ends=None, cause="staff", text="", fallback_phone="", inbox_read=True, by=by
        )
    assert Pause.objects.get() == row


def test_it_does_not_end_before_it_begins(lead):
    with pytest.raises(Invalid) as refused:
        paused(lead, ends=clock.now() - HOUR)
    assert [(error.pointer, error.code) for error in refused.value.errors] == [("#/ends", "backwards")]


def test_another_at_the_same_time_is_refused_in_words(lead):
    row = paused(lead)
    with pytest.raises(Invalid) as refused:
        paused(lead, begins=clock.now() + HOUR)
    assert [(error.pointer, error.code) for error in refused.value.errors] == [("#/begins", "overlaps")]
    assert Pause.objects.get() == row


def test_it_ends_now_and_once(lead):
    row = paused(lead)
    resume(row.pk, by=lead.actor)
    row.refresh_from_db()
    assert row.valid.upper <= clock.now()
    assert row.ended_by == lead.name
    assert pause_of(PIRKANMAA, TYPE, clock.now()) is None
    with pytest.raises(NotFound):
        resume(row.pk, by=lead.actor)


def test_one_that_has_not_begun_never_was(lead):
    resume(paused(lead, begins=clock.now() + HOUR).pk, by=lead.actor)
    assert not Pause.objects.exists()


def test_one_is_ended_by_its_own_authority_alone(lead, neighbour):
    row = paused(lead)
    for id in (row.pk, uuid4()):
        with pytest.raises(NotFound):
            resume(id, by=neighbour.actor)
    with acting(neighbour.actor):
        assert Pause.objects.filter(pk=row.pk).update(text="X") == 0
        assert Pause.objects.filter(pk=row.pk).delete()[0] == 0
    row.refresh_from_db()
    assert (row.valid.upper, row.text) == (None, "")


def test_straight_by_sql_nobody_pauses_another(lead, neighbour):
    row = paused(lead)
    forged = Pause(
        authority_id=PIRKANMAA, type=TYPE, valid=row.valid, cause="staff", inbox_read=True, set_at=row.set_at
    )
    with acting(neighbour.actor), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        forged.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_stands_and_the_other_is_told(lead):
    answers = at_once(*[lambda: paused(lead)] * 2)
    assert sum(isinstance(answer, Invalid) for answer in answers) == 1
    assert Pause.objects.count() == 1
