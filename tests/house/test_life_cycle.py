"""The database knows the same lawful moves as the rules."""

import pytest
from django.db import DatabaseError, connection

from kela_kunta.base.actor import Actor, acting
from referrals.models import Referral
from referrals.rules.lifecycle import PAIRS, Status
from tests.cast import now


@pytest.mark.django_db
def test_the_database_and_the_rules_have_the_same_pairs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT old_status, new_status FROM referrals_lawfulmove")
        assert set(cursor.fetchall()) == {(str(source), str(to)) for source, to in PAIRS}


@pytest.mark.parametrize("status", sorted(set(Status) - {to for source, to in PAIRS if source == Status.DELIVERED}))
def test_the_database_refuses_a_move_that_no_rule_makes(send, status):
    referral = send()
    with pytest.raises(DatabaseError, match=f"no move from delivered to {status}"), acting(Actor.system("test")):
        Referral.objects.filter(pk=referral.pk).update(status=status, version=referral.version + 1)
    assert now(referral).status == Status.DELIVERED
