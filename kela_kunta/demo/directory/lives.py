"""What became of an entry of the demo's directory: who wrote, agreed and confirmed it, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import User
from contacts.actions.revising import agree, confirm, revision_of
from contacts.models import Action, Entry, LocalPractice, Revision
from contacts.queries.entries import KELA
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from kela_kunta.demo import names
from kela_kunta.demo.accounts import PIRKANMAA
from kela_kunta.demo.cast import uuid7
from kela_kunta.demo.chance import Chance

DUE_SOON, LATE = 172, 230  # days since the confirmation of what is to be confirmed every six months


class Step(NamedTuple):
    """Something done `ago` days before today, by Kela or by the owner; `ends` is the first day of what comes after."""

    action: Action
    ago: int
    by_kela: bool = False
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An entry to be: the columns that its owner wrote, and what was done to it, the first first."""

    model: type[Entry]
    owner: str
    values: dict[str, Any]
    steps: tuple[Step, ...]


class Keepers:
    """Who writes for each owner: the demo's own accounts where there are some, else invented people."""

    def __init__(self) -> None:
        users = User.objects.in_bulk(["editor", "directory.pirkanmaa"], field_name="username")
        self._known = {KELA: users["editor"].actor, PIRKANMAA: users["directory.pirkanmaa"].actor}

    def of(self, owner: str) -> Actor:
        if owner not in self._known:
            chance = Chance(f"directory of {owner}")
            name = f"{chance.choice(names.FINNISH_WOMEN)} {chance.choice(names.FINNISH_FAMILIES)}"
            hired = datetime(2023, 1, 2, 8, tzinfo=clock.HELSINKI)
            self._known[owner] = Actor("directory", str(uuid7(hired, chance)), name, owner)
        return self._known[owner]


def kept(owner: str, chance: Chance, *, age: int | None = None) -> tuple[Step, ...]:
    """Steps of an entry confirmed `age` days ago: written then, or earlier and confirmed."""
    age = _age(owner, chance) if age is None else age
    if chance.random() < 0.4:
        return (Step(Action.ADDED, age),)
    return (Step(Action.ADDED, age + chance.randint(150, 600)), Step(Action.CONFIRMED, age))


def _age(owner: str, chance: Chance) -> int:
    """Days since the last confirmation. Most were confirmed in time, some are due soon, a few are late.

    What is due and late in Pirkanmaa is chosen one by one, elsewhere it is chance.
    """
    luck = 1.0 if owner == PIRKANMAA else chance.random()
    return LATE if luck < 0.02 else DUE_SOON if luck < 0.06 else chance.randint(4, 150)


def live(written: Written, number: int, keepers: Keepers, today: date) -> tuple[Entry, list[Revision]]:
    """The entry as it is today, and its history."""
    chance = Chance(f"entry {number}")
    row = written.model(owner_id=written.owner, **written.values)
    revisions = []
    for version, step in enumerate(written.steps, 1):
        by = keepers.of(KELA if step.by_kela else written.owner)
        day = today - timedelta(days=step.ago)
        row.version, row.updated_at = version, _moment(day, chance)
        if version == 1:
            row.pk = uuid7(row.updated_at, chance)
        if step.action in (Action.ADDED, Action.CONFIRMED):
            confirm(row, by, day)
        if isinstance(row, LocalPractice):
            if step.action in (Action.ADDED, Action.AGREED):
                agree(row, by, day)
            if step.ends:
                row.valid = DateRange(row.valid.lower, step.ends)
        with clock.frozen(row.updated_at):
            revisions.append(revision_of(row, step.action, by, None))
    return row, revisions


def _moment(day: date, chance: Chance) -> datetime:
    return datetime.combine(day, time(8 + int(chance.random() * 8), int(chance.random() * 60)), clock.HELSINKI)
