"""Alerts that were found leave when their day has come: looked at once more, and sent like any other referral."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from contacts.queries import register
from contacts.rules.register import Register
from kela_kunta.base.actor import acting
from kela_kunta.base.problems import Invalid, Text
from referrals import parameters
from referrals.actions.detecting import DETECTION
from referrals.actions.grounds import DETECTOR
from referrals.actions.sending import send_referrals
from referrals.actions.watching import watch
from referrals.drafts import read_draft
from referrals.models import Alert, AlertState, AssistanceImport, DropReason, Referral
from referrals.queries.alerts import Life, lives
from referrals.queries.found import found_in
from referrals.rules.detection import Found, Rule, detect
from referrals.rules.lifecycle import ALERT_LIFTED
from referrals.types.base import Draft
from referrals.types.client import SPOKEN_BY_OFFICIALS

NO_NUMBER = "Ei numeroa etuuskäsittelyn tiedoissa."


def release_alerts(on: date, *, limit: int = 500) -> int:
    """Send up to `limit` alerts whose day has come by `on`, the oldest spells first; how many were dealt with.

    Age, months and plan are looked at again as of today: who has turned 25 since is not told
    of, and the next detection looks at them anew. One transaction; two at once take different rows.
    """
    with acting(DETECTION):
        waiting = Alert.objects.filter(state=AlertState.WAITING, release_on__lte=on, run__recalled_at__isnull=True)
        if recalled := list(AssistanceImport.objects.filter(recalled_at__isnull=False, recall_done_at__isnull=True)):
            waiting = waiting.exclude(pk__in=found_in([one.pk for one in recalled]))
        due = list(
            waiting.order_by("release_on", "first_month", "id").select_for_update(
                of=("self",), no_key=True, skip_locked=True
            )[:limit]
        )
        if not due:
            return 0
        known = lives({alert.recipient_id for alert in due}, but=[alert.pk for alert in due])
        rules, names, drafts = parameters.alert_rules(on), register(), dict[str, Draft]()
        leaving, former = {}, _withdrawn(due)
        for alert in due:
            if draft := _draft(alert, known[alert.recipient_id], rules, names, on):
                key = f"{alert.type}:{alert.first_month:%Y-%m}:{alert.recipient_id}:{former[alert.recipient_id]}"
                drafts[key], leaving[key] = draft, alert
        _send(drafts, leaving)
        watch({alert.recipient_id: on for alert in due if alert.dropped_because == DropReason.GROUND_GONE})
        Alert.objects.bulk_update(
            due, ["state", "referral", "first_month", "last_month", "dropped_because", "municipality"], batch_size=500
        )
        return len(due)


def why_refused(alerts: Collection[Alert], on: date) -> dict[UUID, list[Text]]:
    """What still keeps each of those that a rule refused from being sent, in sentences, by the alert's id; as of `on`."""
    known, rules, names = lives({alert.recipient_id for alert in alerts}), parameters.alert_rules(on), register()
    why = dict[UUID, list[Text]]()
    for alert in alerts:
        life = known[alert.recipient_id]
        what = _ground(alert.type, life, rules, on)
        if what is None:
            why[alert.pk] = [_("The ground is gone")]
            continue
        try:
            read_draft(body_of(life, alert.type, what), on=on, register=names)
        except Invalid as refused:
            why[alert.pk] = [error.detail for error in refused.errors]
    return why


def _ground(type: str, life: Life, rules: Mapping[str, Rule], on: date) -> Found | None:
    rule = rules.get(type)
    what = rule and detect(life.months, life.recipient.birth_date, rule, on=on, alerted=life.alerted[type])
    return what if isinstance(what, Found) and not life.recipient.died_on else None


def _draft(alert: Alert, life: Life, rules: Mapping[str, Rule], names: Register, on: date) -> Draft | None:
    """What is sent; None, and the alert dropped, where there is no ground any more or a rule refuses it."""
    what = _ground(alert.type, life, rules, on)
    if what is None:
        alert.state, alert.dropped_because = AlertState.DROPPED, DropReason.GROUND_GONE
        return None
    alert.first_month, alert.last_month = what.spell.first, what.spell.last
    alert.municipality_id = life.recipient.home_municipality_id
    try:
        return read_draft(body_of(life, alert.type, what), on=on, register=names)
    except Invalid:
        alert.state, alert.dropped_because = AlertState.DROPPED, DropReason.REFUSED
        return None


def body_of(life: Life, type: str, what: Found) -> dict[str, Any]:
    """The referral in the shape of the interface."""
    person, last = life.recipient, {month.month: month for month in life.months}[what.spell.last]
    language = person.contact_language or "fi"
    details: dict[str, Any] = {
        "months": [f"{month:%Y-%m}" for month in what.spell.months],
        "main_income": True,
        "found_by": "detection",
    }
    if type == "immigrant":
        permit = what.first_permit_on.isoformat() if what.first_permit_on else None
        details |= {"residence_ground": last.residence_ground, "first_permit_on": permit}
    else:
        details |= {"unemployed": True, "jobseeker_registered": "unknown", "integration_plan": False}
    return {
        "type": type,
        "client": {
            "identity_code": person.identity_code,
            "family_name": person.family_name,
            "given_names": person.given_names,
            "home_municipality": person.home_municipality_id,
            "home_municipality_missing_reason": None if person.home_municipality_id else "unknown",
            "phone": person.phone or None,
            "phone_missing_reason": None if person.phone else NO_NUMBER,
            "contact_language": language,
            "interpreter_language": None if language in SPOKEN_BY_OFFICIALS else language,
            "non_disclosure": person.non_disclosure,
        },
        "client_informed_on": None,
        "additional_information": "",
        "sender_reference": "",
        "details": details,
    }


def _withdrawn(alerts: Iterable[Alert]) -> Counter[UUID]:
    """How many alerts about each person were withdrawn so that another may come.

    The key of a sending is one for a person, kind and spell, so that PostgreSQL too refuses a
    second alert of it; after such a withdrawal the next has another number.
    """
    people = [alert.recipient_id for alert in alerts]
    gone = Alert.objects.filter(recipient__in=people, referral__withdrawal_reason__in=ALERT_LIFTED)
    return Counter(gone.values_list("recipient_id", flat=True))


def _send(drafts: Mapping[str, Draft], leaving: Mapping[str, Alert]) -> None:
    if not drafts:
        return
    send_referrals(drafts, by=DETECTOR)
    sent = dict(Referral.objects.filter(sender_id=DETECTOR.id, key__in=drafts).values_list("key", "pk"))
    for key, alert in leaving.items():
        alert.state, alert.referral_id = AlertState.SENT, sent[key]
