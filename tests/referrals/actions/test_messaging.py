from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from delivery.models import Event
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Invalid, NotAllowed, NotFound
from referrals.actions.messaging import mark_read, note, write_message
from referrals.actions.working import acknowledge, transfer
from referrals.models import Message
from referrals.queries import conversation, unread_by
from tests.cast import LAPLAND, now

pytestmark = pytest.mark.django_db


def texts(by, referral) -> list[str]:
    with acting(by.actor):
        return [said.message.text for said in conversation(by.actor, referral.pk)]


def events(referral) -> list[Event]:
    with acting(Actor.system("test")):
        return list(Event.objects.filter(subject_id=referral.pk).order_by("version"))


def test_both_sides_read_what_either_wrote_in_order(send, handler, pirkanmaa):
    referral = send()
    write_message(referral.pk, by=handler.actor, text=" When is she called? ")
    write_message(referral.pk, by=pirkanmaa.actor, text="Tomorrow.")
    assert texts(handler, referral) == texts(pirkanmaa, referral) == ["When is she called?", "Tomorrow."]


def test_a_message_is_a_new_version_and_an_event_in_the_feed_without_its_text(send, handler):
    referral = send()
    message = write_message(referral.pk, by=handler.actor, text="Secret of hers")
    told = events(referral)[-1]
    assert (told.kind, told.version, told.status, told.authority_id) == ("message", 3, "delivered", "county-08")
    assert told.data == {"message": str(message.pk)}
    assert now(referral).version == message.version == 3
    assert (now(referral).status, now(referral).due_on) == (referral.status, referral.due_on)


def test_a_note_leaves_no_trace_for_the_other_side(send, handler, supervisor, pirkanmaa, lead):
    referral = send()
    note(referral.pk, by=pirkanmaa.actor, text="Ours")
    note(referral.pk, by=handler.actor, text="Kela's")
    assert len(events(referral)) == 2
    assert now(referral).version == 2
    assert now(referral).updated_at == referral.updated_at
    assert texts(pirkanmaa, referral) == texts(lead, referral) == ["Ours"]
    assert texts(handler, referral) == texts(supervisor, referral) == ["Kela's"]


def test_after_a_transfer_the_new_authority_reads_the_messages_but_not_the_formers_notes(
    send, handler, pirkanmaa, lapland
):
    referral = send()
    write_message(referral.pk, by=handler.actor, text="To whoever has it")
    note(referral.pk, by=pirkanmaa.actor, text="Pirkanmaa's own")
    transfer(referral.pk, by=pirkanmaa.actor, version=3, authority=LAPLAND, reason="moved", text="")
    assert texts(lapland, referral) == ["To whoever has it"]
    assert texts(pirkanmaa, referral) == []


def test_a_protected_persons_messages_show_to_the_cleared_alone(send, handler, handler2, pirkanmaa, pirkanmaa2):
    referral = send(client={"non_disclosure": True})
    write_message(referral.pk, by=handler.actor, text="Hidden")
    assert texts(pirkanmaa, referral) == texts(handler2, referral) == []
    assert texts(pirkanmaa2, referral) == ["Hidden"]
    with pytest.raises(NotFound):
        write_message(referral.pk, by=pirkanmaa.actor, text="X")


def test_another_county_writes_nothing(send, lapland):
    referral = send()
    for action in (write_message, note):
        with pytest.raises(NotFound):
            action(referral.pk, by=lapland.actor, text="X")
    with pytest.raises(NotFound):
        mark_read(referral.pk, by=lapland.actor)


def test_who_works_with_no_clients_writes_nothing(send, analyst):
    with pytest.raises((NotFound, NotAllowed)):
        write_message(send().pk, by=analyst.actor, text="X")


@pytest.mark.parametrize("text", ["", "  \n", "x" * 10_001])
def test_nothing_and_too_much_are_refused(send, handler, text):
    referral = send()
    with pytest.raises(Invalid):
        write_message(referral.pk, by=handler.actor, text=text)
    assert now(referral).version == 2


def test_a_move_on_the_version_before_a_message_is_stale(send, handler, pirkanmaa):
    from kela_kunta.base.problems import Stale

    referral = send()
    write_message(referral.pk, by=handler.actor, text="Read this first")
    with pytest.raises(Stale):
        acknowledge(referral.pk, by=pirkanmaa.actor, version=2)
    acknowledge(referral.pk, by=pirkanmaa.actor, version=3)


def test_messages_are_read_by_each_for_themselves_and_never_unread(send, handler, pirkanmaa, lead):
    referral = send()
    first = write_message(referral.pk, by=handler.actor, text="One")
    second = write_message(referral.pk, by=handler.actor, text="Two")
    mark_read(referral.pk, by=pirkanmaa.actor, upto=second.pk)
    mark_read(referral.pk, by=pirkanmaa.actor, upto=first.pk)
    with acting(pirkanmaa.actor):
        assert [said.is_read for said in conversation(pirkanmaa.actor, referral.pk)] == [True, True]
        assert unread_by(pirkanmaa.actor) == []
    with acting(lead.actor):
        assert [said.is_read for said in conversation(lead.actor, referral.pk)] == [False, False]
        assert unread_by(lead.actor) == [referral.pk]
    with acting(handler.actor):  # the writer sees that somebody over there has read
        assert [said.is_read for said in conversation(handler.actor, referral.pk)] == [True, True]


def test_reading_a_note_tells_the_other_side_of_no_message(send, handler, lead, pirkanmaa):
    referral = send()
    write_message(referral.pk, by=handler.actor, text="One")
    note(referral.pk, by=lead.actor, text="Ours")
    with pytest.raises(NotFound):
        mark_read(referral.pk, by=handler.actor, upto=Message(pk=referral.pk).pk)


def test_an_answer_waits_for_the_one_who_sent_and_a_systems_for_the_supervisor(
    send, send_only, handler, handler2, supervisor, pirkanmaa, etotu
):
    mine, systems = send(), send_only("social_work_need", by=etotu.actor)
    from referrals.actions.routing import route_batch

    route_batch()
    for referral in (mine, systems):
        write_message(referral.pk, by=pirkanmaa.actor, text="Whose rent is it?")
    found = {}
    for who in (handler, handler2, supervisor):
        with acting(who.actor):
            found[who.username] = unread_by(who.actor)
    assert found == {"handler": [mine.pk], "handler2": [], "supervisor": [systems.pk]}


def test_nobody_writes_in_anothers_name_nor_takes_a_word_back(send, handler, handler2, pirkanmaa, lead):
    referral = send()
    write_message(referral.pk, by=handler.actor, text="Said")
    forged = (
        "INSERT INTO referrals_message (referral_id, side, role, author_id, author_name, at, text, internal, recipient,"
        " version) VALUES (%s, %s, 'worker', %s, 'Name', now(), 'X', true, '', NULL)"
    )
    read = "INSERT INTO referrals_messagesread (referral_id, reader_id, side, upto, at) VALUES (%s, %s, %s, %s, now())"
    for sql, values in (
        (forged, (referral.pk, "kela", str(pirkanmaa.pk))),
        (forged, (referral.pk, "county-08", str(lead.pk))),
        (read, (referral.pk, str(lead.pk), "county-08", referral.pk)),
        (read, (referral.pk, str(pirkanmaa.pk), "kela", referral.pk)),
    ):
        with acting(pirkanmaa.actor), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
            connection.cursor().execute(sql, values)
    for sql in ("UPDATE referrals_message SET text = 'X'", "DELETE FROM referrals_message"):
        with acting(handler.actor), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(sql)
