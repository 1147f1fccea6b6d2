"""The demo's directory: what each owner wrote, with its history, as if people had kept it for years.

Nobody in it exists. Addresses end in .example. Telephone numbers begin with 048 000, as those of the demo's clients
do (see kela_kunta.demo.people): Finland sets no range aside for fiction, 048 is no operator's, and no subscriber's
number begins with 000; five more digits make them longer than any client's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from contacts.models import Contact, LocalPractice, Pause, Revision, ServicePoint
from contacts.models.pauses import PauseCause
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.demo.accounts import LAPLAND
from kela_kunta.demo.directory.contacts import contacts
from kela_kunta.demo.directory.country import areas
from kela_kunta.demo.directory.lives import Keepers, Written, live
from kela_kunta.demo.directory.numbers import Numbers
from kela_kunta.demo.directory.points import points
from kela_kunta.demo.directory.practices import practices

MAKER = Actor.system("demo")
NORTH_SAVO = "county-13"
_AT_ONCE = 2_000


def make_directory() -> int:
    """Make the directory, once; how many entries, 0 when there are some. The demo's accounts are there already.

    One transaction: all of it or nothing.
    """
    with acting(MAKER):
        if Contact.objects.exists():
            return 0
        today, numbers = clock.today(), Numbers()
        entries = written(today, numbers)
        _store(entries, today)
        Pause.objects.bulk_create(_pauses(today, numbers))
        return len(entries)


def written(today: date, numbers: Numbers) -> list[Written]:
    """All entries as they stand on `today`, the same each time."""
    country = areas(today)
    return [*contacts(country, numbers), *points(country, numbers), *practices(country, today)]


def _store(entries: Iterable[Written], today: date) -> None:
    keepers = Keepers()
    lives = [live(one, number, keepers, today) for number, one in enumerate(entries)]
    models: tuple[type[Any], ...] = (Contact, ServicePoint, LocalPractice)
    for model in models:
        model.objects.bulk_create([row for row, _revisions in lives if isinstance(row, model)], batch_size=_AT_ONCE)
    revisions = chain.from_iterable(revisions for _row, revisions in lives)
    Revision.objects.bulk_create(revisions, batch_size=_AT_ONCE)


def _pauses(today: date, numbers: Numbers) -> list[Pause]:
    """One that goes on into next week, and one that ended last week, before it was to."""

    def morning(days: int) -> datetime:
        return datetime.combine(today + timedelta(days=days), time(8), clock.HELSINKI)

    return [
        Pause(
            authority_id=LAPLAND,
            type="under_25",
            valid=DateTimeTZRange(morning(-2), morning(7)),
            cause=PauseCause.SYSTEM,
            text="Asiakastietojärjestelmä vaihtuu. Nuorten ilmoitukset käsitellään ensi viikolla, kiireelliset puhelimitse.",
            fallback_phone=numbers.next(),
            set_at=morning(-5),
            set_by="Lauri Kuvitelmaniemi",
        ),
        Pause(
            authority_id=NORTH_SAVO,
            type="",
            valid=DateTimeTZRange(morning(-12), morning(-8)),
            cause=PauseCause.STAFF,
            text="Sairauspoissaoloja on paljon. Kiireelliset käsitellään, muut viivästyvät.",
            inbox_read=True,
            set_at=morning(-12),
            set_by="Sirpa Otosjärvi",
            ended_by="Sirpa Otosjärvi",
        ),
    ]
