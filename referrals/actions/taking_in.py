"""Months of assistance are taken in; whoever they change is looked at by the next detection of alerts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from kela_kunta.base import clock, sealed
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import NotAllowed
from kela_kunta.base.rows import array
from referrals.actions.watching import watch
from referrals.models import AssistanceImport, ImportWay
from referrals.rules.identity import birth_date
from referrals.rules.lifecycle import KELA_SYSTEM, SYSTEM

INTAKE = Actor.system("assistance-months")
AT_ONCE = 5_000  # rows in a statement

# What a later month tells of the person holds; a correction of an earlier month changes nobody's name or home.
_RECIPIENTS = """
INSERT INTO referrals_recipient AS known (sealed_identity_code, person_index, birth_date, family_name, given_names,
    home_municipality_id, phone, contact_language, non_disclosure, died_on, told_of)
SELECT * FROM unnest(%s::bytea[], %s::bytea[], %s::date[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
    %s::boolean[], %s::date[], %s::date[])
ON CONFLICT (person_index) DO UPDATE SET family_name = excluded.family_name, given_names = excluded.given_names,
    home_municipality_id = excluded.home_municipality_id, phone = excluded.phone,
    contact_language = excluded.contact_language, non_disclosure = excluded.non_disclosure,
    died_on = excluded.died_on, told_of = excluded.told_of
WHERE excluded.told_of >= known.told_of AND (known.family_name, known.given_names, known.home_municipality_id, known.phone,
    known.contact_language, known.non_disclosure, known.died_on, known.told_of)
    IS DISTINCT FROM (excluded.family_name, excluded.given_names, excluded.home_municipality_id, excluded.phone,
                      excluded.contact_language, excluded.non_disclosure, excluded.died_on, excluded.told_of)
RETURNING id
"""

# Two things hold whichever month tells them, so that nobody is told of the dead, or where a protected person lives; what
# a later month says ends the protection.
_WARNINGS = """
UPDATE referrals_recipient known SET non_disclosure = known.non_disclosure OR told.non_disclosure,
    died_on = coalesce(known.died_on, told.died_on)
FROM unnest(%s::bytea[], %s::boolean[], %s::date[]) AS told (person_index, non_disclosure, died_on)
WHERE told.person_index = known.person_index
    AND (told.non_disclosure AND NOT known.non_disclosure OR told.died_on IS NOT NULL AND known.died_on IS NULL)
RETURNING id
"""

_MONTHS = """
INSERT INTO referrals_assistancemonth AS known (recipient_id, month, amount, main_income, unemployed, integration_plan,
    residence_ground, first_permit_on, updated_at, brought_by_id)
SELECT recipient.id, told.month, told.amount, told.main_income, told.unemployed, told.integration_plan,
    told.residence_ground, told.first_permit_on, %s, %s
FROM unnest(%s::bytea[], %s::date[], %s::numeric[], %s::boolean[], %s::boolean[], %s::boolean[], %s::text[], %s::date[])
    AS told (person_index, month, amount, main_income, unemployed, integration_plan, residence_ground, first_permit_on)
JOIN referrals_recipient recipient USING (person_index)
ORDER BY recipient.id, told.month
ON CONFLICT (recipient_id, month) DO UPDATE SET amount = excluded.amount, main_income = excluded.main_income,
    unemployed = excluded.unemployed, integration_plan = excluded.integration_plan,
    residence_ground = excluded.residence_ground, first_permit_on = excluded.first_permit_on,
    updated_at = excluded.updated_at, brought_by_id = excluded.brought_by_id
WHERE (known.amount, known.main_income, known.unemployed, known.integration_plan, known.residence_ground,
       known.first_permit_on)
    IS DISTINCT FROM (excluded.amount, excluded.main_income, excluded.unemployed, excluded.integration_plan,
                      excluded.residence_ground, excluded.first_permit_on)
    OR known.brought_by_id IN (SELECT id FROM referrals_assistanceimport
                               WHERE recalled_at IS NOT NULL AND recall_done_at IS NULL)
RETURNING recipient_id
"""


def take_in(
    months: Sequence[Mapping[str, Any]], *, by: Actor, way: ImportWay = ImportWay.API
) -> AssistanceImport | None:
    """Store months of assistance, as `referrals.assistance` reads them: one import, which can be recalled.

    The same person and month again replaces what was there; in `months` the later one of two
    holds. What is told again as it stands stays with the import that told it first, unless that is
    being recalled. Four statements at most for each 5 000, all in one transaction.

    None is the answer where nothing is kept: of no months, and of a test client's, since alerts have no test.

    Raises:
        NotAllowed: `by` is no system of Kela.
    """
    if by.role not in (KELA_SYSTEM, SYSTEM):
        raise NotAllowed
    if by.test or not months:
        return None
    told = {(row["identity_code"], row["month"]): row for row in months}
    rows = sorted(told.values(), key=lambda row: (row["identity_code"], row["month"]))
    with acting(INTAKE):
        made = AssistanceImport.objects.create(
            way=way, by_id=by.id, by_name=by.name, told_at=clock.now(), told=len(months)
        )
        made.changed = sum(_store(rows[start : start + AT_ONCE], made) for start in range(0, len(rows), AT_ONCE))
        made.save(update_fields=["changed"])
        return made


def _store(rows: Sequence[Mapping[str, Any]], made: AssistanceImport) -> int:
    """How many were new or different."""
    latest = {row["identity_code"]: row for row in rows}
    indexes = {code: sealed.blind_index(code) for code in latest}
    with connection.cursor() as cursor:
        cursor.execute(_RECIPIENTS, _people(latest, indexes))
        known_anew = {recipient for (recipient,) in cursor.fetchall()}
        if warned := [row for row in latest.values() if row["non_disclosure"] or row["died_on"]]:
            people = array(indexes[row["identity_code"]] for row in warned)
            cursor.execute(_WARNINGS, [people, _column(warned, "non_disclosure"), _column(warned, "died_on")])
            known_anew |= {recipient for (recipient,) in cursor.fetchall()}
        cursor.execute(_MONTHS, [made.told_at, made.pk, *_columns_of(rows, indexes)])
        changed = [recipient for (recipient,) in cursor.fetchall()]
    # After the months: who looks deletes the row first and reads the months then, so that no change is missed.
    watch(dict.fromkeys(known_anew.union(changed), clock.today()))
    return len(changed)


def _people(latest: Mapping[str, Mapping[str, Any]], indexes: Mapping[str, bytes]) -> list[str]:
    """An array for each column of `_RECIPIENTS`, in the order of the indexes: so two that store the same people wait
    for each other and do not lock up."""
    codes = sorted(latest, key=lambda code: indexes[code])
    rows = [latest[code] for code in codes]
    return [
        array(sealed.seal(code) for code in codes),
        array(indexes[code] for code in codes),
        array(birth_date(code) for code in codes),
        _column(rows, "family_name"),
        _column(rows, "given_names"),
        _column(rows, "home_municipality_id"),
        _column(rows, "phone"),
        _column(rows, "contact_language"),
        _column(rows, "non_disclosure"),
        _column(rows, "died_on"),
        _column(rows, "month"),
    ]


def _columns_of(rows: Sequence[Mapping[str, Any]], indexes: Mapping[str, bytes]) -> list[str]:
    names = ("month", "amount", "main_income", "unemployed", "integration_plan", "residence_ground", "first_permit_on")
    return [array(indexes[row["identity_code"]] for row in rows), *(_column(rows, name) for name in names)]


def _column(rows: Iterable[Mapping[str, Any]], name: str) -> str:
    return array(row[name] for row in rows)
