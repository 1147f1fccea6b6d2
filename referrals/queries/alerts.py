"""Reading months of assistance for alerts: who may be meant, found set by set, and what is known of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from referrals.models import Recipient
from referrals.rules.ages import years_after
from referrals.rules.detection import Month, Rule
from referrals.rules.lifecycle import ALERT_LIFTED
from referrals.rules.months import add_months, month_of

WIDE = timedelta(days=3)
LIFTED = sorted(map(str, ALERT_LIFTED))

# A bit for each month, the lowest for that of the day: how many months back, told by days, since a join would cost more
# than the rest.
_MASKS = """
SELECT told.recipient_id, max(told.first_permit_on) AS first_permit_on, {masks}
FROM referrals_assistancemonth told
{only}
WHERE told.month BETWEEN %s AND %s
GROUP BY told.recipient_id
"""
_MASK = "coalesce(bit_or(1::bigint << (((date '{here}' - told.month) * 12 + 182) / 365)) FILTER (WHERE {counted}), 0) AS mask_{number}"

# Long enough, of the age, and not alerted of a month of the same unbroken run already.
_MEANT = """
SELECT * FROM (
    SELECT masks.recipient_id, {flags}
    FROM ({masks}) AS masks
    JOIN referrals_recipient person ON person.id = masks.recipient_id
    WHERE person.died_on IS NULL
) AS meant WHERE {any}
"""
_FLAG = """(
    ((mask_{number} & {need}) = {need} OR ((mask_{number} >> 1) & {need}) = {need})
    AND person.birth_date > '{born_after}' AND person.birth_date <= '{born_until}' AND {permitted}
    AND NOT EXISTS (
        SELECT 1 FROM referrals_alert standing
        JOIN unnest(%s::date[], %s::bigint[]) AS end_place (month, run) ON end_place.month = standing.last_month
        LEFT JOIN referrals_referral sent ON sent.id = standing.referral_id
        WHERE standing.recipient_id = masks.recipient_id AND standing.type = '{type}'
            AND (standing.state = 'waiting' OR (standing.state = 'sent' AND sent.withdrawal_reason <> ALL (%s)))
            AND ((mask_{number} & end_place.run) = end_place.run
                 OR ((mask_{number} >> 1) & (end_place.run >> 1)) = end_place.run >> 1)
    )
) AS meant_{number}"""


@dataclass(frozen=True, slots=True)
class Search:
    """Whom `rules` may mean on day `on`: `statement` with `values` gives recipients, and a flag for each of `types`."""

    statement: str
    values: list[Any]
    types: list[str]


def search(rules: Mapping[str, Rule], *, on: date, only: str = "", missing: int = 0, guessing: bool = False) -> Search:
    """The search for those who have the months that `rules` ask for, or all but `missing` of them, at least one.

    `only` is a table of recipients to keep to; with `guessing` a fact that nobody has told does
    not exclude a month. The search is wide: it errs by naming people whom `detect` then
    refuses, never by leaving somebody out, but who is more than a year too young.
    """
    types = sorted(rules)
    wide = max(rule.min_months for rule in rules.values()) + 1
    months = [add_months(month_of(on), -place) for place in range(wide)]
    runs = [(2 << place) - 1 for place in range(wide)]
    masks = _MASKS.format(
        masks=", ".join(
            _MASK.format(here=months[0], number=number, counted=_counted(rules[type], guessing))
            for number, type in enumerate(types)
        ),
        only=f"JOIN {only} USING (recipient_id)" if only else "",
    )
    flags = ", ".join(_flag(rules[type], number, on, missing) for number, type in enumerate(types))
    anyone = " OR ".join(f"meant_{number}" for number in range(len(types)))
    statement = _MEANT.format(masks=masks, flags=flags, any=anyone)
    return Search(statement, [*[months, runs, LIFTED] * len(types), months[-1], months[0]], types)


def _counted(rule: Rule, guessing: bool) -> str:
    """Of one month, in SQL, what `referrals.rules.detection.counts` says of it."""
    yes, no = ("IS NOT FALSE", "IS NOT TRUE") if guessing else ("", "IS FALSE")
    asked = ["told.amount > 0"]
    if rule.main_income:
        asked.append(f"told.main_income {yes}")
    if rule.unemployed:
        asked.append(f"told.unemployed {yes}")
    if rule.without_plan:
        asked.append(f"told.integration_plan {no}")
    if rule.residence_ground:
        asked.append("told.residence_ground NOT IN ('', 'none')")
    return " AND ".join(asked)


def _flag(rule: Rule, number: int, on: date, missing: int) -> str:
    """Ages and permits are left wide by some days, and by a year for those who are going to be old enough; a permit may
    stand in a month too old for the search."""
    need = (1 << max(rule.min_months - missing, 1)) - 1
    permitted = "true"
    if rule.years_since_first_permit is not None:
        since = years_after(on, -rule.years_since_first_permit) - WIDE
        permitted = f"(masks.first_permit_on >= '{since}' OR masks.first_permit_on IS NULL)"
    return _FLAG.format(
        number=number,
        need=need,
        born_after=years_after(on, -rule.age_below) - WIDE if rule.age_below else date.min,
        born_until=years_after(on, 1 - rule.age_at_least) + WIDE if rule.age_at_least else date.max,
        permitted=permitted,
        type=rule.type,
    )


@dataclass(slots=True)
class Life:
    """What is known of a recipient: all months told, and by type the months of the alerts that stand."""

    recipient: Recipient
    months: list[Month] = field(default_factory=list)
    alerted: defaultdict[str, list[date]] = field(default_factory=lambda: defaultdict(list))


_MONTHS = """
SELECT recipient_id, month, amount, main_income, unemployed, integration_plan, residence_ground, first_permit_on
FROM referrals_assistancemonth WHERE recipient_id = ANY(%s) ORDER BY recipient_id, month
"""
# Who was recalled before the alert left is not found anew, as little as who was recalled afterwards, or is forgotten by now.
_FOUND = """
SELECT recipient_id, type, first_month, last_month FROM referrals_alert
WHERE recipient_id = ANY(%s) AND (state = 'waiting' OR dropped_because IN ('recalled', 'purged')) AND id <> ALL(%s)
"""
# By people's hands too: whoever sent it, it is about the same person.
_SENT = """
SELECT person.id, sent.type, coalesce(under_25.months, over_25.months, immigrant.months), sent.id
FROM referrals_recipient person
JOIN referrals_client client USING (person_index)
JOIN referrals_referral sent ON sent.id = client.referral_id
LEFT JOIN referrals_under25 under_25 ON under_25.referral_id = sent.id
LEFT JOIN referrals_over25 over_25 ON over_25.referral_id = sent.id
LEFT JOIN referrals_immigrant immigrant ON immigrant.referral_id = sent.id
WHERE person.id = ANY(%s) AND sent.type IN ('under_25', 'over_25', 'immigrant')
    AND sent.withdrawal_reason <> ALL (%s)
"""


def lives(recipients: Collection[UUID], *, but: Collection[UUID] = ()) -> dict[UUID, Life]:
    """The lives of `recipients`; alerts in `but` are not counted as standing. Four statements, however many."""
    wanted = list(recipients)
    people = {
        row.pk: Life(row)
        for row in Recipient.objects.raw("SELECT * FROM referrals_recipient WHERE id = ANY(%s)", [wanted])
    }
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS, [wanted])
        for recipient, *told in cursor.fetchall():
            people[recipient].months.append(Month(*told))
        cursor.execute(_FOUND, [wanted, list(but)])
        for recipient, type, first, last in cursor.fetchall():
            people[recipient].alerted[type] += [first, last]
    for recipient, type, months, _referral in sent_alerts(wanted):
        people[recipient].alerted[type] += months
    return people


def sent_alerts(recipients: Collection[UUID]) -> list[tuple[UUID, str, list[date], UUID]]:
    """The alerts about `recipients` that were sent and stand: recipient, type, months and referral."""
    with connection.cursor() as cursor:
        cursor.execute(_SENT, [list(recipients), LIFTED])
        return cursor.fetchall()
