"""The demo's months of these days."""

from __future__ import annotations

import pytest

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.demo.accounts import make_accounts
from kela_kunta.demo.recent import make_recent
from referrals.models import Alert, AlertState, Referral
from referrals.queries.found import stayed_on
from referrals.rules.lifecycle import Status
from referrals.rules.months import add_months, month_of

pytestmark = pytest.mark.django_db


def test_every_list_of_the_alerts_pages_has_somebody():
    make_accounts()
    assert make_recent() == 57
    with acting(Actor.system("test")):
        states = set(Alert.objects.values_list("state", flat=True))
        assert states == {AlertState.SENT, AlertState.COMING, AlertState.LACKING}
        stayed = stayed_on(add_months(month_of(clock.today()), -4))
        assert (stayed.sent, len(stayed.still)) == (18, 9)
        assert Referral.objects.filter(status=Status.CLOSED).count() == 18
        assert Referral.objects.filter(status=Status.DELIVERED).count() == 9
    assert make_recent() == 0
