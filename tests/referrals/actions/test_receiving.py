from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from delivery.models import Event
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Invalid, NotAllowed, NotFound
from referrals.actions.receiving import give_receipt
from referrals.actions.working import acknowledge, transfer
from referrals.models import Receipt
from tests.cast import LAPLAND, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(county_pirkanmaa):
    return county_pirkanmaa.actor


def receipts(referral) -> int:
    with acting(Actor.system("test")):
        return Receipt.objects.filter(referral=referral).count()


def test_a_refusal_is_kept_and_told_and_stops_nobody(send, system, pirkanmaa):
    referral = send()
    give_receipt(referral.pk, by=system, accepted=False, code="storage_failed", detail="Disk full")
    after = now(referral)
    assert (after.status, after.due_on, after.acknowledge_by) == ("delivered", referral.due_on, referral.acknowledge_by)
    assert (after.fault, after.version) == ("storage_failed", 3)
    with acting(Actor.system("test")):
        event = Event.objects.filter(subject_id=referral.pk).order_by("-version").first()
    assert (event.kind, event.authority_id, event.data) == (
        "receipt", "county-08", {"accepted": False, "code": "storage_failed"},
    )  # fmt: skip
    acknowledge(referral.pk, by=pirkanmaa.actor, version=3)


def test_the_same_again_changes_nothing(send, system):
    referral = send()
    first = give_receipt(referral.pk, by=system, accepted=False, code="duplicate")
    assert give_receipt(referral.pk, by=system, accepted=False, code="duplicate").pk == first.pk
    assert (receipts(referral), now(referral).version) == (1, 3)


def test_accepting_after_all_clears_the_fault(send, system):
    referral = send()
    give_receipt(referral.pk, by=system, accepted=False, code="duplicate")
    give_receipt(referral.pk, by=system, accepted=True)
    assert (now(referral).fault, receipts(referral)) == ("", 2)


def test_the_next_authoritys_system_begins_anew(send, system, pirkanmaa, county_lapland):
    referral = send()
    give_receipt(referral.pk, by=system, accepted=False, code="unknown_client")
    transfer(referral.pk, by=pirkanmaa.actor, version=3, authority=LAPLAND, reason="moved", text="")
    assert (now(referral).fault, now(referral).receipt_at) == ("", None)
    give_receipt(referral.pk, by=county_lapland.actor, accepted=True)
    with acting(county_lapland.actor):  # what the former one's system said is not Lapland's to see
        assert [receipt.authority_id for receipt in Receipt.objects.all()] == [LAPLAND]
    with pytest.raises(NotFound):
        give_receipt(referral.pk, by=system, accepted=True)


def test_people_and_kela_give_no_receipts(send, pirkanmaa, etotu):
    referral = send()
    for who in (pirkanmaa.actor, etotu.actor):
        with pytest.raises(NotAllowed):
            give_receipt(referral.pk, by=who, accepted=True)
    assert receipts(referral) == 0


def test_half_a_refusal_is_refused(send, system):
    referral = send()
    with pytest.raises(Invalid) as refused:
        give_receipt(referral.pk, by=system, accepted=False, code="other")
    assert [(error.pointer, error.code) for error in refused.value.errors] == [("#/detail", "required")]
    assert now(referral).version == 2


def test_a_receipt_is_given_in_ones_own_name_and_stands(send, system, pirkanmaa):
    referral = send()
    give_receipt(referral.pk, by=system, accepted=True)
    forged = (
        "INSERT INTO referrals_receipt (referral_id, authority_id, client_id, client_name, at, accepted, code, detail,"
        " version) VALUES (%s, %s, %s, 'X', now(), true, '', '', 9)"
    )
    for who, authority in ((pirkanmaa.actor, "county-08"), (system, "county-21")):
        with acting(who), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
            connection.cursor().execute(forged, [referral.pk, authority, who.id])
    with acting(system), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("UPDATE referrals_receipt SET accepted = false")
