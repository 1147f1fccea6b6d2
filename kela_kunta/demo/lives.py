"""What becomes of a referral: steps that people take one after another, as in a real year, until it is final.

Pure. How often each thing happens is our guess at practice, from no source.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kela_kunta.base.actor import Actor
from kela_kunta.demo import cast, texts
from kela_kunta.demo.calendar import OfficeHours
from kela_kunta.demo.chance import Chance
from referrals.rules.lifecycle import ReturnReason, TransferReason, WithdrawalReason

_RETURNED, _TRANSFERRED = 0.04, 0.02

# fmt: off
# Outcomes and how often, out of a hundred.
_OUTCOMES: dict[str, dict[str, int]] = {
    "supplementary_application": {
        "granted": 34, "partly_granted": 18, "granted_preventive": 9, "rejected": 29,
        "decided_on_available_information": 4, "cancelled_by_client": 3, "already_decided": 3,
    },
    "social_work_need": {
        "urgent_help_given": 6, "assessment_started": 30, "existing_client_worker_informed": 24, "services_started": 9,
        "guided_elsewhere": 9, "no_need_found": 7, "declined_by_client": 8, "not_reached": 7,
    },
    "under_25": {
        "activation_plan_started": 31, "multisector_plan": 8, "existing_plan": 19, "studying": 11, "working": 8,
        "other_benefit": 4, "guided_to_youth_services": 8, "declined_by_client": 2, "not_reached": 7, "moved": 2,
    },
    "over_25": {
        "activation_plan_started": 34, "multisector_plan": 14, "existing_plan": 27, "working": 6, "other_benefit": 9,
        "declined_by_client": 3, "not_reached": 6, "moved": 1,
    },
    "lowered_basic_amount": {
        "contacted": 34, "assessment_started": 15, "existing_client_worker_informed": 22, "no_need_found": 12,
        "declined_by_client": 6, "not_reached": 9, "lowering_reversed": 2,
    },
    "immigrant": {
        "assessment_started": 33, "integration_plan_started": 22, "existing_plan": 22, "outside_act": 7, "working": 4,
        "studying": 5, "declined_by_client": 1, "not_reached": 4, "moved": 2,
    },
}
_TEXTS = {"guided_elsewhere": texts.OUTCOME, "other_benefit": texts.OTHER_BENEFIT}
_RETURN_REASONS: dict[str, tuple[ReturnReason, ...]] = {
    "supplementary_application": (
        ReturnReason.WRONG_AUTHORITY, ReturnReason.MOVED, ReturnReason.MOVED, ReturnReason.INSUFFICIENT_CONTENT,
        ReturnReason.BASIC_DECISION_MISSING, ReturnReason.BELONGS_TO_KELA, ReturnReason.BELONGS_TO_KELA,
    ),
    "social_work_need": (ReturnReason.WRONG_AUTHORITY, ReturnReason.MOVED, ReturnReason.INSUFFICIENT_CONTENT),
    "under_25": (ReturnReason.MOVED, ReturnReason.WRONG_AUTHORITY, ReturnReason.GROUND_NOT_MET),
    "immigrant": (ReturnReason.MOVED, ReturnReason.WRONG_AUTHORITY, ReturnReason.GROUND_NOT_MET),
}
_GOES_ELSEWHERE = (ReturnReason.WRONG_AUTHORITY, ReturnReason.MOVED)
# fmt: on


@dataclass(frozen=True, slots=True)
class Step:
    """One move: `code` is a reason or an outcome, `authority` a proposal or a target, `decision` what is attached.

    Who starts takes the work, unless it is given to an `assignee`.
    """

    move: str
    at: datetime
    by: Actor
    code: str = ""
    text: str = ""
    authority: str | None = None
    decision: Mapping[str, Any] | None = None
    assignee: Actor | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a referral came to an authority, due on a day; `due` says on which when it arrives at another moment."""

    type: str
    urgent: bool
    sender: Actor
    authority: str
    at: datetime
    due_on: date
    due: Callable[[datetime], date]
    others: Sequence[str]


class Lives:
    """Tells lives in the office hours of `hours`, with the workers of each authority."""

    def __init__(self, hours: OfficeHours, workers: Mapping[str, Sequence[Actor]]) -> None:
        self._hours = hours
        self._workers = workers

    def life(self, arrival: Arrival, random: Chance) -> list[Step]:
        """All that happens after the arrival, until it is closed or withdrawn."""
        chance = random.random()
        if chance < _RETURNED:
            return self._returned(arrival, random)
        if chance < _RETURNED + _TRANSFERRED and arrival.others:
            return self._transferred(arrival, random)
        return self._worked(arrival, arrival.authority, arrival.at, arrival.due_on, random)

    def _worked(self, arrival: Arrival, authority: str, at: datetime, due_on: date, random: Chance) -> list[Step]:
        """Acknowledged, mostly started, and closed by the deadline, now and then after it."""
        worker = random.choice(self._workers[authority])
        later = self._hours.later
        steps: list[Step] = []
        at = later(at, 0 if arrival.urgent else random.choice((0, 0, 1, 1, 1, 2, 2, 3)), random)
        started_at_once = random.random() < 0.12
        if not started_at_once:
            steps.append(Step("acknowledge", at, worker))
        if started_at_once or random.random() < 0.88:
            if not started_at_once:
                at = later(at, 0 if arrival.urgent else random.choice((0, 0, 0, 1, 1, 2)), random)
            steps.append(Step("start", at, worker))
        left = max(self._hours.until(at, due_on), 0)
        is_late = random.random() < 0.04
        at = later(at, left + random.randint(1, 4) if is_late else random.randint(0, max(left - 1, 0)), random)
        return [*steps, closing(arrival.type, at, worker, random)]

    def _returned(self, arrival: Arrival, random: Chance) -> list[Step]:
        """Returned within days; sent on where it belongs, or the return is accepted and the referral withdrawn."""
        worker = random.choice(self._workers[arrival.authority])
        reason = random.choice(_RETURN_REASONS[arrival.type])
        if reason in _GOES_ELSEWHERE and not arrival.others:
            reason = ReturnReason.INSUFFICIENT_CONTENT
        target = random.choice(arrival.others) if reason in _GOES_ELSEWHERE else None
        steps, at = self._looked_at(arrival, worker, random)
        text = random.choice(texts.RETURN[reason]["fi"])
        steps.append(Step("return", at, worker, reason, text, target))
        at = self._hours.later(at, random.choice((0, 1, 1, 2, 3)), random)
        kela = arrival.sender if arrival.sender.role == "handler" else random.choice(cast.supervisors())
        if target is None:
            text = random.choice(texts.WITHDRAW["fi"])
            return [*steps, Step("withdraw", at, kela, WithdrawalReason.RETURN_ACCEPTED, text)]
        steps.append(Step("reroute", at, kela, text=random.choice(texts.REROUTE["fi"]), authority=target))
        return steps + self._worked(arrival, target, at, arrival.due(at), random)

    def _transferred(self, arrival: Arrival, random: Chance) -> list[Step]:
        """Handed over to another authority, mostly after a look at it, and worked there."""
        worker, target = random.choice(self._workers[arrival.authority]), random.choice(arrival.others)
        steps, at = self._looked_at(arrival, worker, random)
        reason = random.choice((TransferReason.MOVED, TransferReason.MOVED, TransferReason.AGREED_DIVISION))
        steps.append(Step("transfer", at, worker, reason, random.choice(texts.TRANSFER["fi"]), target))
        return steps + self._worked(arrival, target, at, arrival.due(at), random)

    def _looked_at(self, arrival: Arrival, worker: Actor, random: Chance) -> tuple[list[Step], datetime]:
        """Acknowledged, mostly, before it goes away again; and when it goes."""
        at = self._hours.later(arrival.at, random.choice((0, 1, 1, 2, 3)), random)
        if random.random() < 0.35:
            return [], at
        return [Step("acknowledge", at, worker)], self._hours.later(at, random.choice((0, 0, 1)), random)


def closing(type: str, at: datetime, by: Actor, random: Chance) -> Step:
    """The last step, with an outcome of the type and, where it needs one, a text."""
    outcomes = _OUTCOMES[type]
    outcome = random.choices(list(outcomes), list(outcomes.values()))[0]
    text = random.choice(_TEXTS[outcome]["fi"]) if outcome in _TEXTS else ""
    return Step("close", at, by, outcome, text)
