"""A story's rows: what the actions of sending, routing, working and correcting would have written, on plain values.

A test plays a sample through the actions themselves and compares every column and event.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from delivery.events import Happening
from kela_kunta.base.actor import Actor
from kela_kunta.demo.drafts import Columns
from kela_kunta.demo.lives import Step
from kela_kunta.demo.stories import Story
from referrals.actions.routing import ROUTER, arrival_event
from referrals.actions.working import ENDED
from referrals.models import Referral
from referrals.rules import deadlines
from referrals.rules.lifecycle import Status

_BLANK = {field.attname: field.get_default() for field in Referral._meta.concrete_fields}


class Followed:
    """A referral's `columns`, its `decisions` and its `events` at the end of its story, by the `rules` of deadlines."""

    def __init__(self, story: Story, rules: list[deadlines.Rule]) -> None:
        self._rules = rules
        self.columns: Columns = _BLANK | story.sent | {"id": story.id, "sender_id": story.by.id, "key": story.key}
        self.decisions: list[Columns] = [{**story.draft.decision, "version": 1}] if story.draft.decision else []
        self._protected: bool = story.sent["protected"]
        sent = ("referral", story.id, 1, "sent", Status.SENT, story.by)
        self.events = [Happening(*sent, protected=self._protected, at=story.sent["sent_at"])]
        if story.arrived is not None:
            self._deliver(story.arrived, story.routed_at)
        for step in story.steps:
            _MOVES[step.move](self, step)

    def _deliver(self, arrived: Columns, at: datetime) -> None:
        self.columns |= arrived | {
            "version": 2,
            "updated_at": at,
            "first_delivered_at": arrived["delivered_at"],
            "first_due_on": arrived["due_on"],
        }
        self.events.append(arrival_event(self.columns["id"], 2, arrived, protected=self._protected, by=ROUTER, at=at))

    def _change(
        self,
        kind: str,
        by: Actor,
        at: datetime,
        *,
        data: dict[str, Any] | None = None,
        feed: str | None = None,
        **columns: Any,
    ) -> None:
        now = self.columns
        now |= columns
        now["version"] += 1
        now["updated_at"] = at
        self.events.append(
            Happening(
                "referral",
                now["id"],
                now["version"],
                kind,
                now["status"],
                by,
                protected=self._protected,
                authority=feed or now["receiving_authority_id"],
                at=at,
                data=data or {},
            )
        )

    def _acknowledge(self, step: Step) -> None:
        self._change(
            "acknowledged",
            step.by,
            step.at,
            status=Status.ACKNOWLEDGED,
            acknowledged_at=self.columns["acknowledged_at"] or step.at,
        )

    def _start(self, step: Step) -> None:
        if self.columns["status"] == Status.DELIVERED:
            self._acknowledge(step)
        worker = step.assignee or step.by
        self._change(
            "started",
            step.by,
            step.at,
            data={"assignee": worker.name},
            status=Status.IN_PROGRESS,
            assignee_id=_identifier(worker.id),
            started_at=self.columns["started_at"] or step.at,
        )

    def _close(self, step: Step) -> None:
        self._change(
            "closed",
            step.by,
            step.at,
            data={"outcome": step.code, "text": step.text},
            status=Status.CLOSED,
            outcome=step.code,
            outcome_text=step.text,
            closed_at=step.at,
            due_on=None,
            acknowledge_by=None,
        )

    def _return(self, step: Step) -> None:
        self._change(
            "returned",
            step.by,
            step.at,
            data={"reason": step.code, "text": step.text, "proposed_authority": step.authority},
            status=Status.RETURNED,
            return_reason=step.code,
            return_text=step.text,
            proposed_authority_id=step.authority,
            first_return_reason=self.columns["first_return_reason"] or step.code,
            first_returned_by_id=self.columns["first_returned_by_id"] or self.columns["receiving_authority_id"],
            **ENDED,
        )

    def _withdraw(self, step: Step) -> None:
        self._change(
            "withdrawn",
            step.by,
            step.at,
            data={"reason": step.code, "text": step.text},
            status=Status.WITHDRAWN,
            withdrawal_reason=step.code,
            **ENDED,
        )

    def _transfer(self, step: Step) -> None:
        self._hand_over(
            step,
            "transferred",
            {"reason": step.code, "text": step.text},
            {"code": "transferred", "params": {"authority": step.authority, "reason": step.code}},
        )

    def _reroute(self, step: Step) -> None:
        self._hand_over(
            step, "rerouted", {"text": step.text}, {"code": "by_hand", "params": {"authority": step.authority}}
        )

    def _hand_over(self, step: Step, kind: str, data: dict[str, Any], routing: dict[str, Any]) -> None:
        now, former = self.columns, self.columns["receiving_authority_id"]
        due = deadlines.due(self._rules, type=now["type"], urgent=now["urgent"], arrived_at=step.at)
        self._change(
            kind,
            step.by,
            step.at,
            data=data | {"from": former, "authority": step.authority},
            feed=former,
            status=Status.DELIVERED,
            receiving_authority_id=step.authority,
            routing_reason=routing,
            handovers=now["handovers"] + 1,
            delivered_at=step.at,
            due_on=due.due_on,
            acknowledge_by=due.acknowledge_by,
            assignee_id=None,
            return_reason="",
            return_text="",
            proposed_authority_id=None,
        )
        self._change("delivered", step.by, step.at, data={"routing": routing, "authority": step.authority})

    def _attach_decision(self, step: Step) -> None:
        number = len(self.decisions) + 1
        self.decisions.append({**(step.decision or {}), "version": number})
        self._change(
            "decision_attached" if number == 1 else "decision_corrected", step.by, step.at, data={"decision": number}
        )


@cache
def _identifier(text: str) -> UUID:
    return UUID(text)


_MOVES: dict[str, Callable[[Followed, Step], None]] = {
    "acknowledge": Followed._acknowledge,
    "start": Followed._start,
    "close": Followed._close,
    "return": Followed._return,
    "withdraw": Followed._withdraw,
    "transfer": Followed._transfer,
    "reroute": Followed._reroute,
    "attach_decision": Followed._attach_decision,
}
