"""Alerts are found from months of assistance: set by set, each run a row, each finding a row that then waits to leave."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count
from psycopg import sql

from contacts.queries import register
from delivery.actions.telling import tell_leads
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.rows import array
from referrals import parameters
from referrals.actions.grounds import Grounds, check_grounds
from referrals.actions.watching import watch
from referrals.models import Alert, AlertRun, AlertState, RunOutcome
from referrals.queries.alerts import Search, lives, search
from referrals.rules.ages import age_on
from referrals.rules.detection import Found, Lacking, NotYet, Rule, coming, detect
from referrals.rules.lots import first_monday, release_days
from referrals.rules.months import month_of

DETECTION = Actor.system("alert-detection")
AT_ONCE = 1_000  # people in memory
DEAD_AFTER = timedelta(hours=12)  # many times what a run over millions of months takes

# Deleted before their months are read: who is told of again meanwhile waits here, and is looked at next time. So is
# whoever is being told of this moment, since waiting for them would lock both up.
_TAKE = """
CREATE TEMPORARY TABLE looked AS
WITH due AS (SELECT recipient_id FROM referrals_watch WHERE from_day <= %s FOR UPDATE SKIP LOCKED),
    taken AS (DELETE FROM referrals_watch USING due WHERE referrals_watch.recipient_id = due.recipient_id
              RETURNING due.recipient_id)
SELECT recipient_id FROM taken
"""
_TO_COME = """
INSERT INTO referrals_watch AS known (recipient_id, from_day)
SELECT recipient_id, min(month) FROM referrals_assistancemonth JOIN looked USING (recipient_id) WHERE month > %s
GROUP BY recipient_id
ON CONFLICT (recipient_id) DO UPDATE SET from_day = least(known.from_day, excluded.from_day)
"""
_INSERT = """
INSERT INTO referrals_alert (run_id, state, recipient_id, type, first_month, last_month, municipality_id, release_on,
    lacks, dropped_because)
SELECT %s, %s, recipient, type, first, last, municipality, release_on,
    coalesce(string_to_array(nullif(lacks, ''), ' '), ARRAY[]::text[]), ''
FROM unnest(%s::uuid[], %s::text[], %s::date[], %s::date[], %s::text[], %s::date[], %s::text[])
    AS found (recipient, type, first, last, municipality, release_on, lacks)
ON CONFLICT (recipient_id, type, state) WHERE state IN ('waiting', 'lacking', 'coming') DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """Of one person and kind: an alert that is due on day `release_on`, or would be but for the facts it `lacks`."""

    recipient: UUID
    type: str
    first: date
    last: date
    age: int
    municipality: str | None
    lacks: tuple[str, ...] = ()
    first_permit_on: date | None = None
    release_on: date | None = None


@dataclass(slots=True)
class Detected:
    """What a run found."""

    run: AlertRun
    found: list[Finding] = field(default_factory=list)
    lacking: list[Finding] = field(default_factory=list)
    grounds: Grounds = field(default_factory=Grounds)


def detect_alerts(on: date, *, by: Actor = DETECTION, whole: bool = False, lists: bool = True) -> Detected:
    """Find the alerts that are due on day `on` (Helsinki) among those whom something changed; among everybody if
    `whole`, or when a rule has changed since the last run. With `lists` also who lacks a fact or is coming.

    Each becomes a row that waits for its day to leave (`releasing.release_alerts`). All in one
    transaction: a run that breaks off leaves everything to the next one, which says of one that
    was killed that it failed.
    """
    with acting(DETECTION):
        killed = AlertRun.objects.filter(outcome=RunOutcome.RUNNING, started_at__lt=clock.now() - DEAD_AFTER)
        killed.update(outcome=RunOutcome.FAILED, finished_at=clock.now())
        rules = parameters.alert_rules(on)
        whole = whole or _rules_changed(rules)
        run = AlertRun.objects.create(as_of=on, whole=whole, by_id=by.id, by_name=by.name, started_at=clock.now())
    try:
        with acting(DETECTION):
            detected = _detect(run, rules, lists=lists)
            run.outcome, run.finished_at = RunOutcome.DONE, clock.now()
            run.save()
            return detected
    except Exception:
        with acting(DETECTION):
            AlertRun.objects.filter(pk=run.pk).update(outcome=RunOutcome.FAILED, finished_at=clock.now())
        raise


def preview_alerts(on: date, *, whole: bool = False) -> Detected:
    """What `detect_alerts` would find; nothing is stored or changed."""
    with acting(DETECTION):
        rules = parameters.alert_rules(on)
        whole = whole or _rules_changed(rules)
        run = AlertRun.objects.create(as_of=on, whole=whole, by_id="", by_name="", started_at=clock.now())
        detected = _detect(run, rules)
        transaction.set_rollback(True)
        return detected


def _rules_changed(rules: Mapping[str, Rule]) -> bool:
    """Whether the last run that came to its end went by other rules."""
    last = AlertRun.objects.filter(outcome=RunOutcome.DONE).order_by("-started_at", "-id").first()
    return last is not None and parameters.alert_rules(last.as_of) != rules


def _detect(run: AlertRun, rules: Mapping[str, Rule], *, lists: bool = True) -> Detected:
    detected = Detected(run)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [run.as_of])
        run.looked = cursor.rowcount
        cursor.execute(_TO_COME, [month_of(run.as_of)])
    if rules:
        _find(detected, rules)
        if lists:
            _find_near(detected, rules)
    detected.grounds = check_grounds()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE looked")
    run.found, run.lacking = len(detected.found), len(detected.lacking)
    run.withdrawn, run.told = detected.grounds.withdrawn, detected.grounds.told
    return detected


def _find(detected: Detected, rules: Mapping[str, Rule]) -> None:
    run, later = detected.run, dict[UUID, date]()
    wide = search(rules, on=run.as_of, only="" if run.whole else "looked")
    found: list[Finding] = []
    for meant in _meant(wide, "meant"):
        for finding in _look(meant, rules, run.as_of, later):
            (detected.lacking if finding.lacks else found).append(finding)
        watch(later)
        later.clear()
    detected.found = list(_with_days(found, rules, run.as_of))
    _store(run, detected.found, AlertState.WAITING)
    _tell_receivers(run, detected.found)


def _find_near(detected: Detected, rules: Mapping[str, Rule]) -> None:
    """Of those whom something changed: who would be alerted if every fact not told were right, and who is going to be."""
    run, due = detected.run, {(one.recipient, one.type) for one in detected.found + detected.lacking}
    for meant in _meant(search(rules, on=run.as_of, only="looked", guessing=True), "guessed"):
        detected.lacking += [
            one for one in _look(meant, rules, run.as_of, {}) if one.lacks and (one.recipient, one.type) not in due
        ]
    near: list[Finding] = []
    for meant in _meant(search(rules, on=run.as_of, only="looked", missing=2), "near"):
        near += _coming(meant, rules, run.as_of)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM referrals_alert alert USING looked"
            " WHERE alert.recipient_id = looked.recipient_id AND alert.state IN ('lacking', 'coming')"
        )
    _store(run, detected.lacking, AlertState.LACKING)
    _store(run, near, AlertState.COMING)


def _coming(meant: Mapping[UUID, Sequence[str]], rules: Mapping[str, Rule], on: date) -> Iterator[Finding]:
    known = lives(meant)
    for recipient, types in meant.items():
        life = known[recipient]
        person = life.recipient
        for type in types:
            spell = coming(life.months, person.birth_date, rules[type], on=on, alerted=life.alerted[type])
            if spell:
                age = age_on(person.birth_date, on)
                yield Finding(recipient, type, spell.first, spell.last, age, person.home_municipality_id)


def _meant(wide: Search, table: str) -> Iterator[dict[UUID, list[str]]]:
    """The types that each recipient may be meant by, some recipients at a time."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {table} AS {wide.statement}", wide.values)
        some = sql.SQL("SELECT * FROM {} WHERE recipient_id > %s ORDER BY recipient_id LIMIT %s").format(
            sql.Identifier(table)
        )
        last = UUID(int=0)
        while True:
            cursor.execute(some, [last, AT_ONCE])
            rows = cursor.fetchall()
            if not rows:
                break
            last = rows[-1][0]
            yield {
                recipient: [type for type, is_meant in zip(wide.types, flags, strict=True) if is_meant]
                for recipient, *flags in rows
            }
        cursor.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(table)))


def _look(
    meant: Mapping[UUID, Sequence[str]], rules: Mapping[str, Rule], on: date, later: dict[UUID, date]
) -> Iterator[Finding]:
    """What is due, or lacking; `later` learns who is to be looked at again, and when."""
    known = lives(meant)
    for recipient, types in meant.items():
        life = known[recipient]
        for type in types:
            what = detect(life.months, life.recipient.birth_date, rules[type], on=on, alerted=life.alerted[type])
            facts = recipient, type
            if isinstance(what, Found):
                home = life.recipient.home_municipality_id
                permit = what.first_permit_on if rules[type].residence_ground else None
                spell = what.spell
                yield Finding(*facts, spell.first, spell.last, what.age, home, first_permit_on=permit)
            elif isinstance(what, Lacking):
                first, last = what.spell.first, what.spell.last
                age = age_on(life.recipient.birth_date, on)
                home = life.recipient.home_municipality_id
                yield Finding(*facts, first, last, age, home, tuple(sorted(what.facts)))
            elif isinstance(what, NotYet):
                later[recipient] = min(what.on, later.get(recipient, what.on))


def _with_days(found: list[Finding], rules: Mapping[str, Rule], on: date) -> Iterator[Finding]:
    """Each with the day on which it leaves: of one municipality at once, or the oldest first in lots."""
    by_place: defaultdict[tuple[str, str | None], list[Finding]] = defaultdict(list)
    for one in sorted(found, key=lambda one: (one.first, one.last, one.recipient)):
        by_place[one.type, one.municipality].append(one)
    queued = _queued(on)
    for (type, place), those in by_place.items():
        most, lot = rules[type].most_at_once, rules[type].lot_size
        days = release_days(len(those), on=on, most_at_once=most, lot_size=lot, queued=queued[type, place])
        for one, day in zip(those, days, strict=True):
            yield replace(one, release_on=day)


def _queued(on: date) -> Counter[tuple[str, str | None]]:
    """How many, by type and municipality, have their places on the Mondays to come."""
    there = Alert.objects.filter(
        state__in=[AlertState.WAITING, AlertState.SENT], release_on__gte=first_monday(on), run__recalled_at=None
    )
    rows = there.values_list("type", "municipality").annotate(Count("pk"))
    return Counter({(type, place): count for type, place, count in rows})


def _tell_receivers(run: AlertRun, found: Sequence[Finding]) -> None:
    """A letter to the leads of each authority that is sent more than it can take at once: how many come in lots."""
    duties = register()
    later = Counter(
        (duty.authority, one.release_on)
        for one in found
        if one.municipality
        and one.release_on != run.as_of
        and (duty := duties.responsible(one.municipality, one.type, run.as_of))
    )
    for authority in sorted({code for code, _day in later}):
        days = [day for code, day in later if code == authority]
        data = {"alerts": sum(later[authority, day] for day in days), "weeks": len(days)}
        tell_leads(authority, "lots", str(run.pk), data)


def _store(run: AlertRun, findings: Sequence[Finding], state: AlertState) -> None:
    """One that waits already for the same person and kind is left to wait: its spell is looked at when it leaves."""
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                run.pk,
                str(state),
                array(one.recipient for one in findings),
                array(one.type for one in findings),
                array(one.first for one in findings),
                array(one.last for one in findings),
                array(one.municipality for one in findings),
                array(one.release_on for one in findings),
                array(" ".join(one.lacks) for one in findings),
            ],
        )
