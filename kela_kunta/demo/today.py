"""The living demo: referrals dated around today, told by the product's own rules as those of a year are."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date, datetime, timedelta
from operator import attrgetter

from accounts.models import ApiClient, Role, User
from contacts.queries import municipalities_on, register
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.demo import bodies, people
from kela_kunta.demo.accounts import CLIENTS, USERS
from kela_kunta.demo.calendar import OfficeHours
from kela_kunta.demo.cast import uuid7
from kela_kunta.demo.chance import Chance
from kela_kunta.demo.courses import Courses, Team
from kela_kunta.demo.drafts import decision_of
from kela_kunta.demo.lives import Step
from kela_kunta.demo.loading import load
from kela_kunta.demo.scenes import AUTHORITIES, Scene, scenes
from kela_kunta.demo.stories import Story, case_of
from referrals import parameters
from referrals.actions.routing import arrival
from referrals.actions.sending import referral_columns
from referrals.drafts import Readers, read_draft
from referrals.models import Referral
from referrals.types import TYPES

DIRECTOR = Actor.system("demo")
_KEY = "today-"
_FIRST_PERSON, _SHARED_PERSON = 150_000, 160_000  # beyond all of the replay
_ROUTED_AFTER = timedelta(seconds=2)
_MONTHS = {"under_25": 4, "over_25": 12}


def make_today() -> int:
    """Make the worklists of today, with the accounts of the demo; how many referrals, 0 when they are there.

    One transaction: all of them or none.
    """
    with acting(DIRECTOR):
        if Referral.objects.filter(key__startswith=_KEY).exists():
            return 0
        stage, wanted = Stage(clock.now()), scenes()
        load([stage.story(number, scene) for number, scene in enumerate(wanted)], stage.rules.deadlines)
        return len(wanted)


class Stage:
    """The places, people and times that scenes are set in, seen from `now`."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._today = clock.helsinki_day(now)
        self._hours = OfficeHours(self._today - timedelta(days=120), self._today + timedelta(days=30))
        self._register = register()
        self.rules = parameters.load()
        self._readers: Readers = {}
        self._actors = _actors()
        self._courses = Courses(self._hours, _teams(self._actors))
        self._areas = {area.code: area for area in municipalities_on(self._today)}
        self._homes = self._homes_by_receiver()
        self._receivers = {type: [code for code in AUTHORITIES if (type, code) in self._homes] for type in TYPES}

    def story(self, number: int, scene: Scene) -> Story:
        """What has happened by now: the sending, mostly the routing, and the steps after."""
        chance = Chance(number)
        sender = self._actors[scene.sender]
        sent_at = self._sent_at(scene, chance)
        on = clock.helsinki_day(sent_at)
        body = self._body(number, scene, on, chance)
        draft = read_draft(body, on=on, register=self._register, readers=self._readers)
        sent = referral_columns(draft, by=sender, at=sent_at, rules=self.rules)
        routed_at = max(sent["release_at"], sent_at) + _ROUTED_AFTER
        others = [code for code in self._receivers[scene.type] if code != scene.authority]
        steps = self._courses.steps(scene, routed_at, sender, others, chance)
        if scene.decision_later:
            steps.append(self._decision(number, body, sent_at, sender, chance))
        return Story(
            id=uuid7(sent_at, chance),
            key=f"{_KEY}{number:04}",
            body=body,
            draft=draft,
            by=sender,
            sent=sent,
            routed_at=routed_at,
            arrived=arrival(case_of(draft), self._register, self.rules.deadlines, routed_at)
            if routed_at < self._now
            else None,
            steps=sorted((step for step in steps if step.at < self._now), key=attrgetter("at")),
        )

    def _sent_at(self, scene: Scene, chance: Chance) -> datetime:
        if scene.held_back:  # its decision is of today, so it waits for midnight
            return self._now - timedelta(seconds=1)
        days = self._hours.days
        place = bisect_right(days, self._today) - 1 - scene.age
        sent_at = self._hours.within(days[place], chance)
        if sent_at + _ROUTED_AFTER < self._now:
            return sent_at
        return self._hours.within(days[place - 1], chance)

    def _body(self, number: int, scene: Scene, on: date, chance: Chance) -> bodies.Body:
        home = self._home(scene, chance) if scene.home is None else scene.home
        languages = self._areas[home].languages if home else "fi"
        who = self._who(number, scene, languages)
        details = _details(number, scene, who, on, chance)
        is_alert = TYPES[scene.type].is_alert
        return bodies.referral(
            scene.type,
            who,
            details,
            home=home or None,
            home_missing="" if home else "unknown",
            stay=home or None if scene.urgent else None,
            informed_on=None if is_alert else on,
            note=bodies.note(chance, who) if scene.sender != "etotu" else "",
            protected=scene.protected,
            reference=f"ET-{on.year}-{number:05}" if scene.sender == "etotu" else "",
        )

    def _home(self, scene: Scene, chance: Chance) -> str:
        codes = self._homes[scene.type, scene.authority or ""]
        return chance.choices(codes, [self._areas[code].population_2022 or 1 for code in codes])[0]

    def _who(self, number: int, scene: Scene, languages: str) -> people.Person:
        own = _FIRST_PERSON + number if scene.person is None else _SHARED_PERSON + scene.person
        return people.person(own, _cohort(scene.type, self._today.year), languages)

    def _decision(self, number: int, body: bodies.Body, sent_at: datetime, sender: Actor, chance: Chance) -> Step:
        """The basic decision that comes after the application was forwarded."""
        at = self._hours.later(sent_at, 1, chance)
        language, period = body["client"]["contact_language"], body["details"]["application_period"]
        decision = bodies.basic_decision(chance, language, on=clock.helsinki_day(at), number=number, period=period)
        return Step("attach_decision", at, sender, decision=decision_of(decision))

    def _homes_by_receiver(self) -> dict[tuple[str, str], list[str]]:
        """By type and authority, the municipalities that it serves today."""
        homes: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for type in TYPES:
            for code in self._areas:
                if duty := self._register.responsible(code, type, self._today):
                    homes[type, duty.authority].append(code)
        return dict(homes)


def _details(number: int, scene: Scene, who: people.Person, on: date, chance: Chance) -> bodies.Body:
    match scene.type:
        case "supplementary_application":
            decided = scene.held_back or (not scene.decision_later and chance.random() < 0.6)
            details = bodies.supplementary_application(
                chance, who, on=on, number=number, urgent=scene.urgent, decided=decided
            )
            if scene.held_back:
                details["basic_decision"]["decided_on"] = on.isoformat()
            return details
        case "social_work_need":
            return bodies.social_work_need(chance, who, on=on, urgent=scene.urgent)
        case "immigrant":
            return bodies.immigrant(chance, on=on)
        case "lowered_basic_amount":
            return bodies.lowered_basic_amount(chance, on=on)
        case alert:
            return bodies.unemployment_alert(chance, on=on, at_least=_MONTHS[alert])


def _cohort(type: str, year: int) -> people.Cohort:
    match type:
        case "under_25":
            return people.under_25(year)
        case "over_25":
            return people.over_25(year)
        case "immigrant":
            return people.immigrants(year)
        case _:
            return people.adults(year)


def _actors() -> dict[str, Actor]:
    """The demo's people and API clients by their names."""
    users = User.objects.filter(username__in=[user.username for user in USERS])
    clients = ApiClient.objects.filter(client_id__in=[client.client_id for client in CLIENTS])
    return {user.username: user.actor for user in users} | {client.client_id: client.actor for client in clients}


def _teams(actors: dict[str, Actor]) -> dict[str, Team]:
    """Who of the demo's people works at each authority."""
    workers: defaultdict[str, list[Actor]] = defaultdict(list)
    for actor in actors.values():
        if actor.role == Role.WORKER:
            workers[actor.authority].append(actor)
    leads = {actor.authority: actor for actor in actors.values() if actor.role == Role.LEAD}
    return {authority: Team(found, leads.get(authority)) for authority, found in workers.items()}
