"""A planned referral told to its end: what is sent, where it goes, and each step after, by the product's own rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from contacts.rules.register import Register
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from kela_kunta.demo import bodies, cast, people
from kela_kunta.demo.calendar import OfficeHours
from kela_kunta.demo.chance import Chance
from kela_kunta.demo.drafts import Columns, decision_of, draft_of
from kela_kunta.demo.lives import Arrival, Lives, Step
from kela_kunta.demo.plan import Neighbours, Planned
from referrals.actions.grounds import DETECTOR
from referrals.actions.routing import arrival
from referrals.actions.sending import referral_columns
from referrals.parameters import Parameters
from referrals.rules import deadlines
from referrals.rules.routing import Case
from referrals.types import TYPES
from referrals.types.base import Draft

_ROUTER_EVERY = 5  # seconds
_URGENT = {"supplementary_application": 0.08, "social_work_need": 0.15}
_WITH_DECISION, _DECISION_LATER = 0.6, 0.25
_BY_ETOTU = 0.15  # of the applications


@dataclass(frozen=True, slots=True)
class Story:
    """One referral: as sent by `by`, as it arrived at `routed_at` if it has, and the steps after."""

    id: UUID
    key: str
    body: bodies.Body
    draft: Draft
    by: Actor
    sent: Columns
    routed_at: datetime
    arrived: Columns | None
    steps: list[Step]


def case_of(draft: Draft) -> Case:
    """What the routing rule needs to know of a referral that is not in the tables yet."""
    return Case(
        type=draft.type.code,
        order=draft.type.places,
        home=draft.client["home_municipality_id"],
        permanent_stay=draft.client["permanent_stay_id"],
        place_of_stay=draft.client["place_of_stay_id"],
        urgent=draft.urgent,
    )


class Teller:
    """Tells the stories of a year, each alone from its own number."""

    def __init__(
        self,
        year: int,
        *,
        register: Register,
        neighbours: Neighbours,
        rules: Parameters,
        workers: Mapping[str, Sequence[Actor]],
    ) -> None:
        self.year = year
        self._register = register
        self._neighbours = neighbours
        self.rules = rules
        self._hours = OfficeHours(date(year, 1, 1), date(year + 1, 12, 31))
        self._lives = Lives(self._hours, workers)
        self._cohorts = {"under_25": people.under_25(year), "immigrant": people.immigrants(year)}
        self._adults = people.adults(year)
        self._random = Chance()

    def story(self, planned: Planned) -> Story:
        """The whole story of `planned`."""
        random = self._random
        random.reseed(self.year * 1_000_000 + planned.number)
        urgent = random.random() < _URGENT.get(planned.type, 0)
        by, sent_at = self._sending(planned, random)
        body = self._body(planned, random, urgent=urgent, by=by)
        draft = draft_of(body)
        sent = referral_columns(draft, by=by, at=sent_at, rules=self.rules)
        routed_at = _next_routing(max(sent_at, sent["release_at"]))
        arrived = arrival(case_of(draft), self._register, self.rules.deadlines, routed_at)
        steps = self._afterwards(planned, body, arrived, by, random, urgent=urgent)
        return Story(
            id=cast.uuid7(sent_at, random),
            key=f"{key_prefix(self.year)}{planned.number:06}",
            body=body,
            draft=draft,
            by=by,
            sent=sent,
            routed_at=routed_at,
            arrived=arrived,
            steps=steps,
        )

    def _sending(self, planned: Planned, random: Chance) -> tuple[Actor, datetime]:
        if TYPES[planned.type].is_alert:
            early = datetime.combine(planned.day, time(5), clock.HELSINKI) + timedelta(seconds=random.randint(0, 3000))
            return DETECTOR, early.astimezone(UTC)
        sent_at = self._hours.within(planned.day, random)
        if planned.type == "supplementary_application" and random.random() < _BY_ETOTU:
            return cast.ETOTU, sent_at
        return random.choice(cast.handlers()), sent_at

    def _body(self, planned: Planned, random: Chance, *, urgent: bool, by: Actor) -> bodies.Body:
        who = people.person(planned.person, self._cohorts.get(planned.type, self._adults), planned.home.languages)
        on, kind = planned.day, planned.type
        stay = self._stay(planned, random) if urgent else None
        if kind == "supplementary_application":
            details = bodies.supplementary_application(
                random, who, on=on, number=planned.number, urgent=urgent, decided=random.random() < _WITH_DECISION
            )
        elif kind == "social_work_need":
            details = bodies.social_work_need(random, who, on=on, urgent=urgent)
        elif kind == "under_25":
            details = bodies.unemployment_alert(random, on=on, at_least=4)
        else:
            details = bodies.immigrant(random, on=on)
        details |= planned.found or {}
        by_hand = by.role == "handler"
        return bodies.referral(
            kind,
            who,
            details,
            home=planned.home.code,
            stay=stay,
            informed_on=None if TYPES[kind].is_alert else on,
            note=bodies.note(random, who) if by_hand else "",
            reference="" if by_hand else f"{self.year}-{planned.number:06}",
        )

    def _stay(self, planned: Planned, random: Chance) -> str:
        """Where an urgent case is: mostly at home, else somewhere in the region."""
        home = planned.home.code
        duty = self._register.responsible(home, planned.type, planned.day)
        if duty is None or random.random() < 0.85:
            return home
        return random.choice(self._neighbours.areas(duty.authority, planned.type))

    def _afterwards(
        self, planned: Planned, body: bodies.Body, arrived: Columns, by: Actor, random: Chance, *, urgent: bool
    ) -> list[Step]:
        authority, at, rules = arrived["receiving_authority_id"], arrived["delivered_at"], self.rules.deadlines
        steps = self._lives.life(
            Arrival(
                planned.type,
                urgent,
                by,
                authority,
                at,
                arrived["due_on"],
                lambda at: deadlines.due(rules, type=planned.type, urgent=urgent, arrived_at=at).due_on,
                self._neighbours.receivers(authority, planned.type),
            ),
            random,
        )
        if _may_get_decision(body, by, steps) and random.random() < _DECISION_LATER:
            steps.append(self._decision(planned, body, by, at, random))
            steps.sort(key=lambda step: step.at)
        return steps

    def _decision(self, planned: Planned, body: bodies.Body, by: Actor, at: datetime, random: Chance) -> Step:
        """The basic decision, made and attached some days after the application was forwarded."""
        later = self._hours.later(at, random.randint(1, 4), random)
        language, period = body["client"]["contact_language"], body["details"]["application_period"]
        decision = bodies.basic_decision(random, language, on=later.date(), number=planned.number, period=period)
        return Step("attach_decision", later, by, decision=decision_of(decision))


def key_prefix(year: int) -> str:
    """How the idempotency keys of a year's stories begin; six digits follow."""
    return f"replay-{year}-"


def _may_get_decision(body: bodies.Body, by: Actor, steps: list[Step]) -> bool:
    return (
        body["type"] == "supplementary_application"
        and body["details"]["basic_decision"] is None
        and by.role == "handler"
        and steps[-1].move != "withdraw"
    )


def _next_routing(moment: datetime) -> datetime:
    """When the router, which looks every five seconds, comes next."""
    return moment + timedelta(seconds=-moment.timestamp() % _ROUTER_EVERY)
