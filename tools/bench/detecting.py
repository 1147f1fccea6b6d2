"""Alerts found among five million months of assistance, against one bare aggregate over the same months."""

from __future__ import annotations

import resource
from statistics import median

from django.db import connection

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.actions.detecting import preview_alerts
from referrals.rules.months import add_months, month_of
from tools.bench.results import Result, seconds
from tools.bench.stage import Stage, say

PEOPLE, ROUNDS = 400_000, 3  # with 12.5 months each on average: five million
GOAL = 3.0

_PEOPLE = """
INSERT INTO referrals_recipient (sealed_identity_code, person_index, birth_date, family_name, given_names,
    home_municipality_id, phone, contact_language, non_disclosure, told_of)
SELECT 'x', int4send(place), date '1950-01-01' + mod(place::bigint * 7919, 20000)::integer, 'Esimerkki', 'Aino', '837', '', 'fi', false, %s
FROM generate_series(1, %s) place
"""
# Most have been on assistance off and on, one in a hundred for a year; one in nine has a permit, mostly an old one.
_MONTHS = """
INSERT INTO referrals_assistancemonth (recipient_id, month, amount, main_income, unemployed, integration_plan,
    residence_ground, first_permit_on, updated_at)
SELECT person.id, (%s::date - make_interval(months => back))::date, 400 + mod(place, 300), true, mod(place, 3) > 0, false,
    CASE WHEN mod(place, 9) = 0 THEN 'family_tie' ELSE '' END,
    CASE WHEN mod(place, 9) = 0 THEN date '2015-01-01' + mod(place, 4400)::integer END, now()
FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM referrals_recipient) person,
    generate_series(0, 18) back
WHERE mod(back, 3) < 2 OR (mod(place, 100) = 0 AND back < 12)
"""
_BARE = """
SELECT count(*), max(months), sum(paid) FROM (
    SELECT recipient_id, count(*) AS months, sum(amount) AS paid, max(month) FROM referrals_assistancemonth
    GROUP BY recipient_id
) AS people
"""


def measure(stage: Stage) -> list[Result]:
    made = stage.template("five_million_months", "base", lambda: _fill(stage))
    stage.use(made)
    before = _memory()
    on = add_months(month_of(clock.today()), 0)
    found: list[int] = []

    def detect() -> None:
        found.append(len(preview_alerts(on, whole=True).found))

    detecting = median(seconds(detect) for _ in range(ROUNDS))
    bare = median(seconds(_aggregate) for _ in range(ROUNDS))
    say(f"detecting: {found[0]} alerts found; {_memory() - before} MB of memory more")
    return [Result("Alerts among 5 million months", detecting, "s", bare, "one bare aggregate over them", goal=GOAL)]


def _aggregate() -> None:
    with acting(Actor.system("bench")), connection.cursor() as cursor:
        cursor.execute(_BARE)
        cursor.fetchall()


def _memory() -> int:
    """The most that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _fill(stage: Stage) -> None:
    say("detecting: making five million months ...")
    month = month_of(clock.today())
    with stage.superuser() as session:
        session.execute(_PEOPLE, [month, PEOPLE])
        session.execute(_MONTHS, [month])
        session.execute("VACUUM ANALYZE referrals_recipient")
        session.execute("VACUUM ANALYZE referrals_assistancemonth")
