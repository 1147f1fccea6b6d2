"""How far a scene of the living demo has come: the steps that lead to its status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kela_kunta.base.actor import Actor
from kela_kunta.demo import texts
from kela_kunta.demo.calendar import OfficeHours
from kela_kunta.demo.chance import Chance
from kela_kunta.demo.lives import Step, closing
from kela_kunta.demo.scenes import Scene
from referrals.rules.lifecycle import ReturnReason, Status, TransferReason, WithdrawalReason

_WITHDRAWN = {
    "supplementary_application": (WithdrawalReason.CLIENT_CANCELLED, "Asiakas perui hakemuksen."),
    "social_work_need": (WithdrawalReason.CLIENT_CANCELLED, "Asiakas perui suostumuksensa."),
}
_ASSIGNED = 0.4  # of what is started where there is a team lead


@dataclass(frozen=True, slots=True)
class Team:
    """Who works at an authority."""

    workers: Sequence[Actor]
    lead: Actor | None


class Courses:
    """Tells what happens to scenes, in office hours; whoever plays it stops at the present."""

    def __init__(self, hours: OfficeHours, teams: Mapping[str, Team]) -> None:
        self._hours = hours
        self._teams = teams

    def steps(self, scene: Scene, at: datetime, sender: Actor, others: Sequence[str], chance: Chance) -> list[Step]:
        """The steps from the arrival to the scene's status. `others` are authorities that receive its type, too."""
        team = self._teams.get(scene.authority or "")
        if scene.status == Status.WITHDRAWN:
            at = self._later(at, scene, chance)
            reason, text = _WITHDRAWN.get(scene.type, (WithdrawalReason.GROUND_REMOVED, "Peruste poistui oikaisussa."))
            return [Step("withdraw", at, sender, reason, text)]
        if team is None or scene.status in (Status.SENT, Status.UNROUTABLE):
            return []
        worker = chance.choice(team.workers)
        if scene.transferred:
            at = self._hours.later(at, 0, chance)
            target = chance.choice(others)
            return [Step("transfer", at, worker, TransferReason.MOVED, chance.choice(texts.TRANSFER["fi"]), target)]
        if scene.status == Status.DELIVERED:
            return []
        steps = [Step("acknowledge", self._later(at, scene, chance), worker)]
        if scene.status == Status.RETURNED:
            return [*steps, self._return(steps[-1].at, worker, others, chance)]
        if scene.status in (Status.IN_PROGRESS, Status.CLOSED):
            steps.append(
                self._start(self._hours.later(steps[-1].at, chance.choice((0, 0, 1)), chance), worker, team, chance)
            )
        if scene.status == Status.CLOSED:
            steps.append(closing(scene.type, self._later(steps[-1].at, scene, chance), worker, chance))
        return steps

    def _later(self, at: datetime, scene: Scene, chance: Chance) -> datetime:
        """Soon, but not always the same day: within what the scene's age leaves."""
        return self._hours.later(at, chance.randint(0, min(scene.age // 2, 3)), chance)

    def _start(self, at: datetime, worker: Actor, team: Team, chance: Chance) -> Step:
        if team.lead and chance.random() < _ASSIGNED:
            return Step("start", at, team.lead, assignee=worker)
        return Step("start", at, worker)

    def _return(self, at: datetime, worker: Actor, others: Sequence[str], chance: Chance) -> Step:
        at = self._hours.later(at, 0, chance)
        reason = chance.choice((ReturnReason.WRONG_AUTHORITY, ReturnReason.MOVED, ReturnReason.INSUFFICIENT_CONTENT))
        goes_elsewhere = reason is not ReturnReason.INSUFFICIENT_CONTENT
        text = chance.choice(texts.RETURN[reason]["fi"])
        return Step("return", at, worker, reason, text, chance.choice(others) if goes_elsewhere else None)
