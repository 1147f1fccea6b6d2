"""A year's months of assistance, week by week as they become known, and the searches that find the alerts in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connection

from kela_kunta.base import clock, sealed
from kela_kunta.base.actor import Actor, acting
from kela_kunta.demo import people
from kela_kunta.demo.chance import Chance
from kela_kunta.demo.plan import Planned
from referrals import parameters
from referrals.actions.detecting import detect_alerts
from referrals.actions.taking_in import take_in
from referrals.models import Alert, AlertRun, AlertState
from referrals.queries.found import MONTHS_AFTER
from referrals.rules.detection import rule_of
from referrals.rules.months import add_months, month_of
from referrals.types import TYPES

REPLAYER = Actor.system("replay")
_FOLLOWED = 4  # of so many alerts one
_FIRST_SAMPLE, _SAMPLE_EACH = 180_000, 40  # people who come close to an alert and are none
_GROUNDS = (
    *["international_protection"] * 8, *["family_tie"] * 5, *["quota_refugee"] * 2, "temporary_protection", "work",
    "study", "continuous_other", "eu_registered",
)  # fmt: skip
Month = dict[str, Any]


def searches(working_days: Iterable[date]) -> dict[str, list[date]]:
    """The days of the year on which Kela looks for alerts, by type: the first working day of each week on which the
    type has a rule."""
    weeks: dict[tuple[int, int], date] = {}
    for day in working_days:
        weeks.setdefault(day.isocalendar()[:2], day)
    rules = parameters.every_alert_rule()
    found = {
        type: [day for day in weeks.values() if rule_of(rules, type, day)]
        for type in sorted({one.type for one in rules})
    }
    return {type: days for type, days in found.items() if days}


def tell_months(plan: Sequence[Planned], year: int) -> None:
    """Tell the year's months week by week, with a search each week, unless that has been done; one transaction.

    The plan says whose months there are. That they make an alert, when, and of which months, is
    found by the product's own detection.
    """
    with acting(REPLAYER):
        if not AlertRun.objects.filter(by_id=REPLAYER.id, as_of__year=year).exists():
            _tell_year(plan, year)


def found_alerts(plan: Sequence[Planned], year: int) -> dict[int, dict[str, Any]]:
    """The details of each alert of `plan` that was found, by its number."""
    wanted = {_index(one, year): one for one in plan if TYPES[one.type].is_alert}
    with acting(REPLAYER):
        found = Alert.objects.filter(run__by_id=REPLAYER.id, run__as_of__year=year, state__in=["waiting", "sent"])
        rows = found.values_list("recipient__person_index", "type", "first_month", "last_month")
        return {
            one.number: _details(one, first, last)
            for index, type, first, last in rows
            if (one := wanted.get((bytes(index), type)))
        }


def _tell_year(plan: Sequence[Planned], year: int) -> None:
    by_week: defaultdict[date, list[Month]] = defaultdict(list)
    days = sorted({one.day for one in plan if TYPES[one.type].is_alert})
    for day, month in [*_of_alerts(plan, days, year), *_of_others(days, year)]:
        by_week[day].append(month)
    for day in days:
        with clock.frozen(datetime.combine(day, time(5), clock.HELSINKI).astimezone(UTC)):
            take_in(by_week[day], by=REPLAYER)
            detect_alerts(day, by=REPLAYER, lists=day == days[-1])
    with clock.frozen(datetime(year + 1, 6, 1, tzinfo=UTC)):
        take_in(list(_afterwards(plan, year)), by=REPLAYER)


def _afterwards(plan: Sequence[Planned], year: int) -> Iterator[Month]:
    """What was paid to some of those alerted for the fourth month after: to five in eight something, to the others
    nothing."""
    for one in plan:
        if TYPES[one.type].is_alert and one.number % _FOLLOWED == 0:
            month = _told(one, add_months(month_of(one.day), MONTHS_AFTER), year)
            yield month if one.number // _FOLLOWED % 8 < 5 else month | {"amount": Decimal(0)}


def _of_alerts(plan: Sequence[Planned], days: Sequence[date], year: int) -> Iterator[tuple[date, Month]]:
    """The last month becomes known on the day of the plan, the others in their own first weeks."""
    for one in plan:
        if not TYPES[one.type].is_alert:
            continue
        last = month_of(one.day) if one.type == "under_25" else add_months(month_of(one.day), -1)
        count = 4 if one.type == "under_25" else 2
        for month in [add_months(last, -place) for place in reversed(range(count))]:
            yield one.day if month == last else _first_week(month, days), _told(one, month, year)


def _of_others(days: Sequence[date], year: int) -> Iterator[tuple[date, Month]]:
    """Some who come close: three months, a gap, a plan, too old, not unemployed."""
    if not days:
        return
    last = month_of(days[-1])
    for number in range(5 * _SAMPLE_EACH):
        kind, person = number % 5, people.person(_FIRST_SAMPLE + number, people.under_25(year), "fi")
        if kind == 3:
            person = people.person(_FIRST_SAMPLE + number, people.over_25(year), "fi")
        places = {0: (0, 1, 2), 1: (0, 1, 2, 4, 5, 6)}.get(kind, (0, 1, 2, 3, 4))
        for place in places:
            month = add_months(last, -place)
            facts = {"integration_plan": kind == 2, "unemployed": kind != 4}
            yield _first_week(month, days), told_of(person, "837", month, **facts)


def _first_week(month: date, days: Sequence[date]) -> date:
    """The first search in a month, or the first of all when that was later."""
    return next((day for day in days if day >= month), days[-1])


def _told(one: Planned, month: date, year: int) -> Month:
    facts: Month = {"unemployed": True}
    if one.type == "immigrant":
        facts = {"unemployed": None, **_residence(one)}
    return told_of(_person(one.person, one.type, one.home.languages, year), one.home.code, month, **facts)


def told_of(person: people.Person, home: str, month: date, **facts: Any) -> Month:
    """A person's month as `taking_in.take_in` has it: unemployed, and living on it, unless `facts` say otherwise."""
    return {
        "identity_code": person.identity_code,
        "family_name": person.family_name,
        "given_names": person.given_names,
        "month": month,
        "amount": Decimal(200 + (person.birth_date - month).days * 37 % 700),
        "home_municipality_id": home,
        "main_income": True,
        "unemployed": True,
        "integration_plan": False,
        "residence_ground": "",
        "first_permit_on": None,
        "phone": person.phone,
        "contact_language": person.contact_language,
        "non_disclosure": False,
        "died_on": None,
    } | facts


@cache
def _person(number: int, type: str, languages: str, year: int) -> people.Person:
    return people.person(number, people.immigrants(year) if type == "immigrant" else people.under_25(year), languages)


def _index(one: Planned, year: int) -> tuple[bytes, str]:
    person = _person(one.person, one.type, one.home.languages, year)
    return sealed.blind_index(person.identity_code), one.type


def _residence(one: Planned) -> Month:
    random = Chance(one.number)
    permit = add_months(month_of(one.day), -2) - timedelta(days=random.randint(20, 600))
    return {"residence_ground": random.choice(_GROUNDS), "first_permit_on": permit}


def _details(one: Planned, first: date, last: date) -> dict[str, Any]:
    """What the alert tells of itself, in the shape of the interface."""
    months = []
    while first <= last:
        months.append(f"{first:%Y-%m}")
        first = add_months(first, 1)
    told: dict[str, Any] = {"months": months}
    if one.type == "immigrant":
        facts = _residence(one)
        told |= {"residence_ground": facts["residence_ground"], "first_permit_on": facts["first_permit_on"].isoformat()}
    return told


def link_alerts() -> int:
    """The alerts that the replay has sent know their referrals; how many were linked now. One statement."""
    with acting(REPLAYER), connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE referrals_alert alert SET state = %s, referral_id = client.referral_id
            FROM referrals_alertrun run, referrals_recipient person, referrals_client client, referrals_referral sent
            WHERE run.id = alert.run_id AND run.by_id = %s AND alert.state = %s AND person.id = alert.recipient_id
                AND client.person_index = person.person_index AND sent.id = client.referral_id AND sent.type = alert.type
            """,
            [AlertState.SENT, REPLAYER.id, AlertState.WAITING],
        )
        return cursor.rowcount
