"""Alerts whose ground a correction has taken away: ended where nobody works on them, told of where somebody does."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from delivery.models import Event
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals import parameters
from referrals.actions.messaging import write_message
from referrals.actions.moving import change
from referrals.actions.working import ENDED
from referrals.models import Referral
from referrals.queries.alerts import lives, sent_alerts
from referrals.rules.detection import rule_of
from referrals.rules.grounds import Remedy, remedy, stands
from referrals.rules.lifecycle import KELA_SYSTEM, Status, WithdrawalReason

DETECTOR = Actor(KELA_SYSTEM, "alert-detection", "Hälytyshaku", "kela", cleared=True)
AT_ONCE = 1_000  # people in memory
GROUND_CHANGED = "ground_changed"

_ALERTED = """
SELECT recipient_id FROM looked JOIN referrals_recipient person ON person.id = recipient_id
WHERE recipient_id > %s AND EXISTS (
    SELECT 1 FROM referrals_client client JOIN referrals_referral sent ON sent.id = client.referral_id
    WHERE client.person_index = person.person_index AND sent.type IN ('under_25', 'over_25', 'immigrant')
)
ORDER BY recipient_id LIMIT %s
"""


@dataclass(slots=True)
class Grounds:
    """How many alerts were withdrawn for want of a ground, and of how many the authority at work was told."""

    withdrawn: int = 0
    told: int = 0


def check_grounds() -> Grounds:
    """Look whether the alerts about the people in the temporary table `looked` still have their grounds.

    Inside the detection's transaction. Each is told of once.
    """
    grounds, last = Grounds(), UUID(int=0)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_ALERTED, [last, AT_ONCE])
            people = [recipient for (recipient,) in cursor.fetchall()]
        if not people:
            return grounds
        last = people[-1]
        _remedy(_groundless(people), grounds)


def _groundless(people: list[UUID]) -> list[UUID]:
    """The referrals about `people` that are alerts without a ground."""
    known = lives(people)
    sent = sent_alerts(people)
    days = dict(Referral.objects.filter(pk__in=[one[3] for one in sent]).values_list("pk", "sent_at"))
    rules = parameters.every_alert_rule()
    return [
        referral
        for recipient, type, months, referral in sent
        if (rule := rule_of(rules, type, clock.helsinki_day(days[referral])))
        and not stands(known[recipient].months, months, rule)
    ]


def _remedy(referrals: list[UUID], grounds: Grounds) -> None:
    told_before = set(
        Event.objects.filter(subject_id__in=referrals, kind=GROUND_CHANGED).values_list("subject_id", flat=True)
    )
    rows = Referral.objects.filter(pk__in=referrals).exclude(status=Status.WITHDRAWN).order_by("id")
    for referral in rows.select_for_update(of=("self",), no_key=True):
        what = remedy(referral.status)
        if what is Remedy.WITHDRAW:
            reason = WithdrawalReason.GROUND_REMOVED
            change(
                referral,
                "withdrawn",
                by=DETECTOR,
                data={"reason": reason},
                status=Status.WITHDRAWN,
                withdrawal_reason=reason,
                **ENDED,
            )
            grounds.withdrawn += 1
        elif referral.pk not in told_before:
            change(referral, GROUND_CHANGED, by=DETECTOR)
            if what is Remedy.TELL:
                _tell(referral)
                grounds.told += 1


def _tell(referral: Referral) -> None:
    with acting(DETECTOR), override("fi"):
        text = _("The months of assistance behind this alert were corrected: its ground is gone. Kela does not withdraw it, "
                 "since you work on it; close it or go on, as is best for the client.")  # fmt: skip
        write_message(referral.pk, by=DETECTOR, text=text)
