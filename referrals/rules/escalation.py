"""When an urgent referral that nobody has taken note of is brought before those who lead."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from referrals.rules.lifecycle import Status


class Because(StrEnum):
    """Why a referral is escalated."""

    RECEIVER_PAUSED = "receiver_paused"
    NOT_ACKNOWLEDGED = "not_acknowledged"


def escalation(
    *, status: str, urgent: bool, acknowledge_by: datetime | None, paused: bool, now: datetime
) -> Because | None:
    """Why a referral in `status` is to be escalated at `now`, None for not at all.

    `paused`: its receiver cannot receive as usual in matters of its type. A pause is told
    before a lateness, which it explains.
    """
    if not urgent or status != Status.DELIVERED:
        return None
    if paused:
        return Because.RECEIVER_PAUSED
    return Because.NOT_ACKNOWLEDGED if acknowledge_by is not None and acknowledge_by <= now else None
