"""Codes in words, for templates."""

from __future__ import annotations

from django import template

from kela_kunta.base.phones import phone_text
from referrals import wording
from referrals.rules.lifecycle import Status
from referrals.types.client import HOME_MISSING_REASONS

register = template.Library()
register.filter("authority_name", wording.authority_name)
register.filter("municipality_name", wording.municipality_name)
register.filter("language", wording.language_name)
register.filter("phone", phone_text)

_TAGS = {
    Status.SENT: "way",
    Status.DELIVERED: "new",
    Status.ACKNOWLEDGED: "seen",
    Status.IN_PROGRESS: "work",
    Status.CLOSED: "done",
    Status.RETURNED: "back",
    Status.WITHDRAWN: "gone",
    Status.UNROUTABLE: "lost",
}


@register.filter
def status_word(status: str) -> str:
    """The status in words."""
    return wording.label(wording.STATUSES, status)


@register.filter
def status_tag(status: str) -> str:
    """The class of the tag that gives the status its shape."""
    return _TAGS.get(Status(status), "seen")


@register.filter
def move_word(move: str) -> str:
    """What the button of a move says."""
    return wording.label(wording.MOVES, move)


@register.filter
def escalation_word(because: str) -> str:
    """Why a referral was escalated."""
    return wording.label(wording.ESCALATIONS, because)


@register.filter
def fault_word(code: str) -> str:
    """Why a client information system did not take a referral in."""
    return wording.label(wording.RECEIPT_FAULTS, code)


@register.filter
def home_missing(reason: str) -> str:
    """Why there is no home municipality."""
    return wording.label(HOME_MISSING_REASONS, reason)
