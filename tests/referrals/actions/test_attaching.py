from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Invalid, MoveForbidden, NotAllowed, NotFound
from referrals.actions.attaching import upload
from referrals.actions.correcting import withdraw
from referrals.actions.routing import route_batch
from referrals.models import AttachmentContent, Referral
from tests.cast import now
from tests.files import declared, image, pdf

pytestmark = pytest.mark.django_db
LEASE, PHOTO = pdf("Lease"), image("JPEG")
FILES = [declared("Vuokrasopimus.pdf", LEASE), declared("Kuva.jpg", PHOTO)]


@pytest.fixture
def held(send_only):
    return send_only(common={"attachments": FILES})


def put(referral, content, handler, file=None):
    return upload(referral.pk, (file or declared("", content))["sha256"], content, by=handler.actor)


def test_a_referral_is_held_until_its_last_file_is_there(held, handler):
    assert route_batch() == 0
    put(held, LEASE, handler)
    assert (route_batch(), now(held).status) == (0, "sent")
    put(held, PHOTO, handler)
    assert now(held).attachments_due is None
    assert (route_batch(), now(held).status, now(held).version) == (1, "delivered", 3)


def test_a_missing_file_never_lets_it_go(held, handler):
    put(held, LEASE, handler)
    with clock.frozen(held.sent_at + timedelta(hours=24)):
        with pytest.raises(MoveForbidden):
            put(held, PHOTO, handler)
        assert route_batch() == 0
    with clock.frozen(held.sent_at + timedelta(days=30)):
        assert (route_batch(), now(held).status) == (0, "sent")
        withdraw(held.pk, by=handler.actor, version=1, reason="sent_by_mistake")
    assert now(held).status == "withdrawn"


def test_the_database_lets_nothing_out_without_its_files(held):
    with (
        acting(Actor.system("test")),
        pytest.raises(DatabaseError, match="nothing_leaves_without_its_files"),
        transaction.atomic(),
    ):
        Referral.objects.filter(pk=held.pk).update(
            status="delivered", version=2, receiving_authority="county-08", due_on=clock.today()
        )


@pytest.mark.parametrize(
    ("content", "file", "code"),
    [
        (LEASE[:-1], FILES[0], "size"),
        (LEASE[:-1] + b"X", FILES[0], "sha256"),
        (b"MZ program", declared("a.pdf", b"MZ program"), "media_type"),
        (PHOTO, declared("a.pdf", PHOTO, media_type="application/pdf"), "media_type"),
    ],
)
def test_what_was_not_declared_so_is_not_kept(send_only, handler, content, file, code):
    held = send_only(common={"attachments": [file]})
    with pytest.raises(Invalid) as refused:
        put(held, content, handler, file)
    assert [error.code for error in refused.value.errors] == [code]
    with acting(Actor.system("test")):
        assert not AttachmentContent.objects.exists()
    assert now(held).version == 1


def test_the_same_file_again_changes_nothing(held, handler):
    assert put(held, LEASE, handler).pk == put(held, LEASE, handler).pk
    put(held, PHOTO, handler)
    put(held, PHOTO, handler)
    assert now(held).version == 2


def test_nobody_but_the_sender_uploads(held, handler2, pirkanmaa):
    with pytest.raises(NotAllowed):
        put(held, LEASE, handler2)
    with pytest.raises(NotFound):
        put(held, LEASE, pirkanmaa)


def test_a_file_that_was_not_declared_is_not_found(held, handler):
    with pytest.raises(NotFound):
        put(held, pdf("Another"), handler)


def test_files_are_encrypted_and_never_change(held, handler):
    put(held, LEASE, handler)
    with acting(handler.actor):
        sealed = bytes(AttachmentContent.objects.get().sealed)
        assert b"%PDF" not in sealed
        for sql in (
            "UPDATE referrals_attachmentcontent SET sealed = ''",
            "UPDATE referrals_attachment SET name = 'X'",
            "DELETE FROM referrals_attachment",
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(sql)
