"""Who acts: told to PostgreSQL for one transaction, cleared on leaving, and what happened in it written at its end."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from contacts.models import Region
from kela_kunta.base.actor import Actor, LiveActs, NobodyActs, acting, collect, current_actor, is_test
from referrals.models import Referral

WORKER = Actor("worker", "id-of-worker", "Worker", "county-08", cleared=True)
HANDLER = Actor("handler", "id-of-handler", "Handler", "kela")
SEEN = "SELECT acting_role(), acting_id(), acting_authority(), acting_cleared()"
NOBODY = (None, None, None, False)


def seen() -> tuple:
    """Who acts, as PostgreSQL sees it."""
    with connection.cursor() as cursor:
        cursor.execute(SEEN)
        return cursor.fetchone()


class Refused(Exception):
    pass


@pytest.mark.django_db
def test_postgresql_knows_who_acts_inside_and_nobody_after():
    with acting(WORKER):
        assert seen() == ("worker", "id-of-worker", "county-08", True)
        assert current_actor() == WORKER
    assert seen() == NOBODY
    with pytest.raises(NobodyActs):
        current_actor()


@pytest.mark.django_db
def test_leaving_clears_it_though_an_outer_transaction_goes_on():
    """What is set for a transaction outlives a released savepoint."""
    with transaction.atomic():
        with acting(WORKER):
            pass
        assert seen() == NOBODY


@pytest.mark.django_db
def test_the_inner_actor_acts_for_the_inner_block_only():
    with acting(HANDLER):
        with acting(WORKER):
            assert seen()[0] == "worker"
        assert seen() == ("handler", "id-of-handler", "kela", False)
        assert current_actor() == HANDLER


@pytest.mark.django_db
def test_the_outer_actor_is_back_after_an_inner_block_failed():
    with acting(HANDLER):
        with pytest.raises(DatabaseError), acting(WORKER), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert seen()[0] == "handler"
        assert current_actor() == HANDLER


@pytest.mark.django_db
def test_the_cause_of_a_failure_comes_through():
    with pytest.raises(Refused), acting(HANDLER):
        raise Refused
    with pytest.raises(NobodyActs):
        current_actor()
    assert seen() == NOBODY


@pytest.mark.django_db
def test_a_block_marked_for_rollback_is_rolled_back_and_writes_nothing_at_its_end():
    """As the middleware does when a view failed."""
    written = []
    with acting(HANDLER):
        collect(written.extend, "event")
        transaction.set_rollback(True)
    assert written == []
    assert seen() == NOBODY


@pytest.mark.django_db
def test_what_was_collected_is_handed_over_once_at_the_outermost_end():
    written = []

    def write(items: list[str]) -> None:
        written.append((items, current_actor(), seen()[0]))

    with acting(HANDLER):
        collect(write, "first")
        with acting(WORKER):
            collect(write, "second")
        assert written == []
    assert written == [(["first", "second"], HANDLER, "handler")]


@pytest.mark.django_db
def test_what_a_savepoint_collected_is_forgotten_with_it():
    written = []

    def fail() -> None:
        with acting(WORKER):
            collect(written.extend, "lost")
            with acting(HANDLER):
                collect(written.extend, "lost too")
            raise Refused

    with acting(HANDLER):
        collect(written.extend, "kept")
        with pytest.raises(Refused):
            fail()
        with acting(WORKER):
            collect(written.extend, "lost with its block's mark")
            transaction.set_rollback(True)
        collect(written.extend, "kept too")
    assert written == ["kept", "kept too"]


@pytest.mark.django_db
def test_what_is_collected_while_writing_is_written_as_well():
    written = []

    def write(items: list[str]) -> None:
        written.extend(items)
        if items == ["cause"]:
            collect(write, "consequence")

    with acting(HANDLER):
        collect(write, "cause")
    assert written == ["cause", "consequence"]


@pytest.mark.django_db
def test_when_the_writing_fails_the_whole_transaction_is_undone():
    def write(items: list[str]) -> None:
        raise Refused

    def rename() -> None:
        with acting(HANDLER):
            Region.objects.update(name_en="Nowhere")
            collect(write, "event")

    with pytest.raises(Refused):
        rename()
    assert not Region.objects.filter(name_en="Nowhere").exists()


def test_nothing_is_collected_where_nobody_acts():
    with pytest.raises(NobodyActs):
        collect(print, "event")


@pytest.mark.django_db(transaction=True)
def test_who_forgot_to_act_sees_nothing_of_what_is_committed(send, handler):
    """With real transactions: before, after and between acting, in this connection and in another one."""
    referral = send()
    assert Referral.objects.count() == 0
    with acting(handler.actor):
        assert Referral.objects.get() == referral
        assert in_another_connection(Referral.objects.count) == 0
    assert Referral.objects.count() == 0
    with pytest.raises(Refused), acting(handler.actor):
        raise Refused
    assert Referral.objects.count() == 0
    with pytest.raises(DatabaseError), acting(handler.actor), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert Referral.objects.count() == 0
    assert Referral.objects.update(status="closed") == 0
    connection.close()  # back to the pool: what the next one gets
    assert Referral.objects.count() == 0
    with pytest.raises(DatabaseError, match="row-level security"):
        Referral.objects.create(**facts_of(referral))


def facts_of(referral: Referral) -> dict:
    kept = (
        "type",
        "urgent",
        "protected",
        "sender_role",
        "sender_id",
        "sender_name",
        "sent_at",
        "release_at",
        "updated_at",
    )
    return {name: getattr(referral, name) for name in kept} | {"key": "another", "digest": b"x" * 32}


def in_another_connection(ask):
    answers = []

    def run() -> None:
        try:
            answers.append(ask())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return answers[0]


def side() -> tuple[bool, bool]:
    """Whether this is a test, as we see it and as PostgreSQL does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_test()")
        return is_test(), cursor.fetchone()[0]


@pytest.mark.django_db
def test_what_began_for_a_test_stays_so_within():
    with acting(WORKER.in_test):
        with acting(HANDLER) as inner:
            assert (inner, side()) == (HANDLER.in_test, (True, True))
        assert side() == (True, True)
    with acting(HANDLER):
        assert side() == (False, False)
    assert side() == (False, False)


@pytest.mark.django_db
def test_no_test_begins_within_a_live_transaction():
    with acting(HANDLER):
        with pytest.raises(LiveActs), acting(WORKER.in_test):
            pass
        assert (current_actor(), side()) == (HANDLER, (False, False))
