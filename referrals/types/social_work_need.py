"""Type 2: someone at Kela has seen a need for social work (SHL 1301/2014, section 35; TTL 1412/1997, section 10 a).

The paper asks for additional information too; `observed_facts` is that duty's text, so the
common field stays optional and nobody has to write "see above".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kela_kunta.base.inputs import CodeField, CodesField, DayField, FlagField, StrictSerializer, TextField
from referrals.rules.routing import Places
from referrals.types.base import Details, Draft, Fault, ReferralType

LEAST_FACTS = 30  # characters
LEAST_WORDS = 5  # different ones, so that "see attachment" written many times says nothing still
BASES_KNOWN_TO_CLIENT = frozenset({"consent", "client_request"})

REASONS = {
    "life_management": gettext_lazy("Managing everyday life"),
    "livelihood": gettext_lazy("Livelihood"),
    "housing": gettext_lazy("Housing"),
    "health": gettext_lazy("Health"),
    "eviction_threat": gettext_lazy("Threat of eviction"),
    "over_indebtedness": gettext_lazy("Over-indebtedness"),
    "substance_use": gettext_lazy("Substance use"),
    "mental_health": gettext_lazy("Mental health"),
    "violence_or_safety": gettext_lazy("Violence or safety"),
    "family_and_children": gettext_lazy("Family and children"),
    "older_person": gettext_lazy("Older person"),
    "young_person": gettext_lazy("Young person"),
    "undocumented": gettext_lazy("No right of residence"),
    "assessment_before_lowering": gettext_lazy("Assessment before the basic amount is lowered"),
    "personal_discussion": gettext_lazy("Personal discussion"),
    "other": gettext_lazy("Other reason"),
}
LEGAL_BASES = {
    "consent": gettext_lazy("The client consents"),
    "unable_to_care": gettext_lazy("Evidently unable to look after own care, health or safety"),
    "child_interest": gettext_lazy("A child's interest requires it"),
    "lowering_considered": gettext_lazy("Lowering of the basic amount is considered"),
    "client_request": gettext_lazy("The client asks for it"),
}
OUTCOMES = {
    "urgent_help_given": gettext_lazy("Urgent help given"),
    "assessment_started": gettext_lazy("Assessment of service needs started"),
    "existing_client_worker_informed": gettext_lazy("Client already, own worker told"),
    "services_started": gettext_lazy("Services started"),
    "guided_elsewhere": gettext_lazy("Guided elsewhere"),
    "no_need_found": gettext_lazy("No need found"),
    "declined_by_client": gettext_lazy("Client declined"),
    "not_reached": gettext_lazy("Client was not reached"),
}


class SocialWorkNeed(Details):
    reasons = ArrayField(models.CharField(max_length=40))
    legal_basis = models.CharField(max_length=30)
    basis_text = models.TextField(blank=True)
    observed_facts = models.TextField()
    client_wish = models.TextField(blank=True)
    personal_discussion_requested_on = models.DateField(null=True)
    urgent = models.BooleanField()
    urgent_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="social_work_reasons", condition=Q(reasons__len__range=(1, 5))),
            models.CheckConstraint(name="social_work_urgency_told", condition=Q(urgent=False) | ~Q(urgent_reason="")),
        ]


class SocialWorkNeedSerializer(StrictSerializer):
    """What was seen of a need for social work, and on what ground it is told."""

    reasons = CodesField(
        REASONS,
        min_length=1,
        max_length=5,
        label=gettext_lazy("Reasons"),
        help_text=gettext_lazy(
            "One to five. This does not replace a child welfare notification or a notification about an older person."
        ),
    )
    legal_basis = CodeField(LEGAL_BASES, label=gettext_lazy("On what ground"))
    basis_text = TextField(
        max_length=2000,
        lines=3,
        required=False,
        label=gettext_lazy("What the ground rests on"),
        help_text=gettext_lazy("Needed where the client has neither asked nor consented."),
    )
    observed_facts = TextField(
        max_length=10_000,
        lines=8,
        label=gettext_lazy("What was seen"),
        help_text=gettext_lazy("What you saw, what the client wishes, what has been tried."),
    )
    client_wish = TextField(max_length=2000, lines=3, required=False, label=gettext_lazy("What the client wishes"))
    personal_discussion_requested_on = DayField(
        default=None,
        allow_null=True,
        label=gettext_lazy("Personal discussion asked for on"),
        help_text=gettext_lazy("The client's right to it within seven working days begins then (TTL 14 d §)."),
    )
    urgent = FlagField(label=gettext_lazy("Urgent"))
    urgent_reason = TextField(max_length=500, lines=3, required=False, label=gettext_lazy("Why it is urgent"))


def check(draft: Draft, on: date) -> Iterator[Fault]:
    details = draft.details
    yield from _basis_faults(draft)
    if details["observed_facts"] and _says_nothing(details["observed_facts"]):
        yield Fault(
            "details.observed_facts",
            "says_too_little",
            _("Say what you saw, what the client wishes, what has been tried."),
        )
    asked_on = details["personal_discussion_requested_on"]
    if asked_on and asked_on > on:
        yield Fault("details.personal_discussion_requested_on", "future", _("This day is still to come."))
    if not asked_on and "personal_discussion" in (details["reasons"] or []):
        yield Fault(
            "details.personal_discussion_requested_on",
            "discussion_day_untold",
            _("When was the discussion asked for? Its seven working days begin then."),
            warning=True,
        )
    if details["urgent"]:
        if details["urgent_reason"] == "":
            yield Fault("details.urgent_reason", "urgency_untold", _("Say why it is urgent."))
        if draft.client["place_of_stay_id"] is None:
            yield Fault(
                "client.place_of_stay",
                "stay_untold",
                _(
                    "Where is the client now? Urgent help is given there; without it this goes to the home municipality."
                ),
                warning=True,
            )


def _basis_faults(draft: Draft) -> Iterator[Fault]:
    basis = draft.details["legal_basis"]
    if basis in BASES_KNOWN_TO_CLIENT and draft.common["client_informed_on"] is None:
        yield Fault("client_informed_on", "client_not_informed", _("Has the client been told? Write when."))
    elif basis and basis not in BASES_KNOWN_TO_CLIENT:
        if draft.details["basis_text"] == "":
            yield Fault("details.basis_text", "basis_untold", _("Say what the ground rests on."))
        if draft.common["client_informed_on"] is None:
            yield Fault(
                "client_informed_on", "client_not_informed", _("Has the client been told? Write when."), warning=True
            )


def _says_nothing(facts: str) -> bool:
    words = {word.casefold() for word in re.findall(r"[^\W\d_]{2,}", facts)}
    return len(" ".join(facts.split())) < LEAST_FACTS or len(words) < LEAST_WORDS


def matter(details: Any) -> str:
    """Such as "Threat of eviction, Mental health"."""
    return ", ".join(str(REASONS.get(reason, reason)) for reason in details.reasons)


TYPE = ReferralType(
    code="social_work_need",
    number=2,
    mark="ST",
    label=gettext_lazy("Need for social work"),
    short_label=gettext_lazy("Social work"),
    when=gettext_lazy("You have seen that the client needs social work."),
    law="SHL 1301/2014 35 §",
    model=SocialWorkNeed,
    serializer=SocialWorkNeedSerializer,
    places=Places.URGENT_STAY,
    outcomes=OUTCOMES,
    outcomes_needing_text=frozenset({"guided_elsewhere"}),
    matter=matter,
    check=check,
    can_be_urgent=True,
    discussion_requested_on=lambda details: details["personal_discussion_requested_on"],
    is_urgent=lambda details: bool(details["urgent"]),
)
