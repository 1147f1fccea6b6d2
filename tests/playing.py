"""Stories played through the product's actions, one step after another, each at its own moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from kela_kunta.base import clock
from kela_kunta.demo.lives import Step
from referrals.actions import correcting, working


@dataclass(frozen=True, slots=True)
class Act:
    """Something to be done at a moment; of two at the same moment the lower `rank` comes first."""

    at: datetime
    rank: int
    do: Callable[[], object]


def play(acts: Iterable[Act]) -> None:
    """Do all acts in the order of time, with the product's clock standing at each one's moment."""
    for act in sorted(acts, key=attrgetter("at", "rank")):
        with clock.frozen(act.at):
            act.do()


def take(referral_id: UUID, step: Step) -> None:
    """Take a step through the action that people take it by.

    Raises:
        Problem: whatever that action refuses.
    """
    _ACTIONS[step.move](referral_id, step)


def _acknowledge(pk: UUID, step: Step) -> None:
    working.acknowledge(pk, by=step.by, version=None)


def _start(pk: UUID, step: Step) -> None:
    working.start(pk, by=step.by, version=None, assignee=UUID(step.assignee.id) if step.assignee else None)


def _close(pk: UUID, step: Step) -> None:
    working.close(pk, by=step.by, version=None, outcome=step.code, text=step.text)


def _return(pk: UUID, step: Step) -> None:
    working.return_to_kela(
        pk, by=step.by, version=None, reason=step.code, text=step.text, proposed_authority=step.authority
    )


def _transfer(pk: UUID, step: Step) -> None:
    working.transfer(pk, by=step.by, version=None, authority=step.authority or "", reason=step.code, text=step.text)


def _reroute(pk: UUID, step: Step) -> None:
    correcting.reroute(pk, by=step.by, version=None, authority=step.authority or "", text=step.text)


def _withdraw(pk: UUID, step: Step) -> None:
    correcting.withdraw(pk, by=step.by, version=None, reason=step.code, text=step.text)


def _attach_decision(pk: UUID, step: Step) -> None:
    correcting.attach_decision(pk, step.decision or {}, by=step.by)


_ACTIONS: dict[str, Callable[[UUID, Step], None]] = {
    "acknowledge": _acknowledge,
    "start": _start,
    "close": _close,
    "return": _return,
    "transfer": _transfer,
    "reroute": _reroute,
    "withdraw": _withdraw,
    "attach_decision": _attach_decision,
}
