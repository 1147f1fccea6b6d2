"""Waking workers: after the commit, and never at the cost of what was committed."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterator

import pytest
from celery import Celery, current_app
from django.db import transaction

from kela_kunta.base import wake as waking
from kela_kunta.base.actor import acting
from kela_kunta.base.wake import wake
from kela_kunta.celery import QuickAMQP
from referrals.models import Referral


@pytest.fixture
def sent_tasks(monkeypatch):
    """The names of the tasks that were sent, instead of sending them."""
    names: list[str] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **options: names.append(name))
    return names


@pytest.mark.django_db
def test_nobody_is_woken_before_the_commit(sent_tasks, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        wake("some.task")
        assert sent_tasks == []
    assert sent_tasks == ["some.task"]


@pytest.mark.django_db
def test_nobody_is_woken_for_what_was_rolled_back(sent_tasks, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        wake("some.task")
        transaction.set_rollback(True)
    assert sent_tasks == []


@pytest.mark.django_db
def test_a_transaction_wakes_once_however_often_it_asks(sent_tasks, django_capture_on_commit_callbacks):
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            for _ in range(3):
                with transaction.atomic():
                    wake("some.task")
            wake("other.task")
    assert sent_tasks == ["some.task", "other.task"] * 2


@pytest.mark.django_db
def test_what_a_savepoint_asked_for_in_vain_does_not_keep_the_transaction_from_asking(
    sent_tasks, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            wake("some.task")
            transaction.set_rollback(True)
        wake("some.task")
    assert sent_tasks == ["some.task"]


@pytest.mark.django_db
def test_a_broker_that_is_away_costs_a_warning_that_names_nobody(
    monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def refuse(name: str, **options: object) -> None:
        raise ConnectionError("redis://:secret@10.0.0.1")

    monkeypatch.setattr(current_app, "send_task", refuse)
    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        wake("some.task")
    assert caplog.messages == ["no wake-up for some.task: ConnectionError"]


@pytest.fixture(params=["hung", "gone"])
def broker_away(request, monkeypatch) -> Iterator[None]:
    """A port that takes connections and never says a word, or one that takes none."""
    away = Celery("away", amqp=QuickAMQP, set_as_current=False)
    away.config_from_object("django.conf:settings", namespace="CELERY")
    with socket.create_server(("127.0.0.1", 0)) as server:
        away.conf.broker_url = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        monkeypatch.setattr(waking, "current_app", away)
        if request.param == "gone":
            server.close()
        yield
        away.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # kombu leaves the socket of a connection that failed
def test_sending_takes_no_longer_than_seconds_without_redis(broker_away, send, handler, caplog):
    began = time.monotonic()
    referral = send()
    assert time.monotonic() - began < 5
    assert {record.name for record in caplog.records} == {"kela_kunta.base.wake"}
    with acting(handler.actor):
        assert Referral.objects.get(pk=referral.pk).status == "delivered"
