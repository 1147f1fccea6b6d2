"""Who is to be told of because of the months for which Kela has paid assistance: the automatic alerts (hälytysilmoitus).

`under_25` and `over_25`: Act on Rehabilitative Work (189/2001), section 27, subsection 2, and section 3, subsection 4;
`immigrant`: Act 1386/2010, section 87 a, and from 2025 Act 681/2023, sections 14 and 84. What the law leaves open is
decided in docs/why/alerts.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from referrals.rules.ages import age_on, years_after
from referrals.rules.months import add_months, month_of, months_between

NO_GROUND = ("", "none")  # of residence


@dataclass(frozen=True, slots=True)
class Rule:
    """Whom alerts of `type` mean, on the days of sending from `valid_from` to `valid_to` (both included, None for an
    open end). `full_months` asks that the last of the `min_months` has ended, so that “over two months” holds.
    More than `most_at_once` for one municipality leave in lots of `lot_size` (referrals/rules/lots.py)."""

    type: str
    valid_from: date | None
    valid_to: date | None
    min_months: int
    full_months: bool
    main_income: bool
    unemployed: bool
    without_plan: bool
    residence_ground: bool
    age_at_least: int | None
    age_below: int | None
    years_since_first_permit: int | None
    basis: str
    most_at_once: int = 400
    lot_size: int = 300


@dataclass(frozen=True, slots=True)
class Month:
    """What is known of one person and one calendar month (its first day): the net sum paid for it in euros after all
    corrections, and the facts; None where nobody has told."""

    month: date
    amount: Decimal
    main_income: bool | None = None
    unemployed: bool | None = None
    integration_plan: bool | None = None
    residence_ground: str | None = None
    first_permit_on: date | None = None


class Unknown(StrEnum):
    """A fact that nobody has told, for want of which there is no alert."""

    MAIN_INCOME = "main_income"
    UNEMPLOYED = "unemployed"
    INTEGRATION_PLAN = "integration_plan"
    FIRST_PERMIT = "first_permit_on"


@dataclass(frozen=True, slots=True)
class Spell:
    """An unbroken run of counted months (yhtäjaksoinen jakso), both ends included."""

    first: date
    last: date

    @property
    def length(self) -> int:
        return months_between(self.first, self.last)

    @property
    def months(self) -> list[date]:
        return [add_months(self.first, place) for place in range(self.length)]

    def overlaps(self, months: Iterable[date]) -> bool:
        return any(self.first <= month <= self.last for month in months)


@dataclass(frozen=True, slots=True)
class Found:
    """An alert is due, of these months; `age` on the day of sending."""

    spell: Spell
    age: int
    first_permit_on: date | None


@dataclass(frozen=True, slots=True)
class NotYet:
    """No alert now; from day `on` on there would be one if nothing changed."""

    on: date


@dataclass(frozen=True, slots=True)
class Lacking:
    """There would be an alert of this spell if only these facts were known and right."""

    facts: frozenset[Unknown]
    spell: Spell


def rule_of(rules: Iterable[Rule], type: str, on: date) -> Rule | None:
    """The rule for alerts of `type` sent on a day; None when none are sent then."""
    return next(
        (
            rule
            for rule in rules
            if rule.type == type
            and (rule.valid_from is None or rule.valid_from <= on)
            and (rule.valid_to is None or on <= rule.valid_to)
        ),
        None,
    )


def counts(month: Month, rule: Rule) -> bool | Unknown:
    """Whether a month counts for the rule; which fact is lacking where that alone decides."""
    if month.amount <= 0:
        return False
    if rule.residence_ground and (month.residence_ground or "") in NO_GROUND:
        return False
    asked = [
        (rule.main_income, month.main_income, True, Unknown.MAIN_INCOME),
        (rule.unemployed, month.unemployed, True, Unknown.UNEMPLOYED),
        (rule.without_plan, month.integration_plan, False, Unknown.INTEGRATION_PLAN),
    ]
    facts = [(value, wanted, name) for is_asked, value, wanted, name in asked if is_asked]
    if any(value is not None and value != wanted for value, wanted, _name in facts):
        return False
    return next((name for value, _wanted, name in facts if value is None), True)


def spells(months: Iterable[Month], rule: Rule, *, guessing: bool = False) -> list[Spell]:
    """The unbroken runs of counted months, in order; with `guessing`, months that lack a fact count too."""
    found: list[Spell] = []
    counted = {
        one.month for one in months if counts(one, rule) is True or (guessing and counts(one, rule) is not False)
    }
    for month in sorted(counted):
        if found and add_months(found[-1].last, 1) == month:
            found[-1] = Spell(found[-1].first, month)
        else:
            found.append(Spell(month, month))
    return found


def sufficient(months: Iterable[Month], rule: Rule) -> list[Spell]:
    """The spells long enough for an alert, current or not: while one overlaps an alert, its ground stands."""
    return [spell for spell in spells(months, rule) if spell.length >= rule.min_months]


def detect(
    months: Sequence[Month], born: date, rule: Rule, *, on: date, alerted: Iterable[date] = ()
) -> Found | NotYet | Lacking | None:
    """Whether a person is to be told of by `rule` on day `on` (Helsinki).

    `alerted` are the months of alerts of the same kind that stand: a spell that shares one with
    them gets no other. The spell must be current: its last month is at least the one before `on`.
    """
    known = [month for month in months if month.month <= month_of(on)]
    lacks: frozenset[Unknown] = frozenset()
    spell = _current(spells(known, rule), on)
    if spell is None or spell.length < rule.min_months:
        spell = _current(spells(known, rule, guessing=True), on)
        if spell is None or spell.length < rule.min_months:
            return None
        lacks = _lacking(known, spell, rule)
    if spell.overlaps(alerted):
        return None
    earliest = max(_earliest(spell, rule), _old_enough(born, rule))
    if rule.age_below is not None and max(on, earliest) >= years_after(born, rule.age_below):
        return None
    permit = next((month.first_permit_on for month in sorted(known, key=_newest) if month.first_permit_on), None)
    if rule.years_since_first_permit is not None:
        if permit is None:
            lacks |= {Unknown.FIRST_PERMIT}
        elif max(on, earliest) > years_after(permit, rule.years_since_first_permit):
            return None
    if lacks:
        return Lacking(lacks, spell)
    if earliest > on:
        return NotYet(earliest)
    return Found(spell, age_on(born, on), permit)


def coming(months: Sequence[Month], born: date, rule: Rule, *, on: date, alerted: Iterable[date] = ()) -> Spell | None:
    """The spell of a person for whom an alert is due this month or next if assistance goes on as in the last month told;
    None where it is not, or is due already."""
    known = sorted((month for month in months if month.month <= month_of(on)), key=lambda month: month.month)
    if not known or isinstance(detect(known, born, rule, on=on, alerted=alerted), Found | Lacking):
        return None
    spell = _current(spells(known, rule), on)
    if spell is None:
        return None
    going_on = [
        replace(known[-1], month=month)
        for month in (month_of(on), add_months(month_of(on), 1))
        if month > known[-1].month
    ]
    end_of_next = add_months(month_of(on), 2) - timedelta(days=1)
    then = detect([*known, *going_on], born, rule, on=end_of_next, alerted=alerted)
    return spell if isinstance(then, Found) else None


def _current(found: Sequence[Spell], on: date) -> Spell | None:
    last = found[-1] if found else None
    return last if last and last.last >= add_months(month_of(on), -1) else None


def _earliest(spell: Spell, rule: Rule) -> date:
    """The first day on which the spell is long enough: with `full_months` the day after its last needed month."""
    return add_months(spell.first, rule.min_months) if rule.full_months else spell.first


def _old_enough(born: date, rule: Rule) -> date:
    return years_after(born, rule.age_at_least) if rule.age_at_least is not None else date.min


def _newest(month: Month) -> timedelta:
    return date.max - month.month


def _lacking(months: Sequence[Month], spell: Spell, rule: Rule) -> frozenset[Unknown]:
    """The facts that nobody has told of the months in `spell`."""
    inside = [counts(month, rule) for month in months if spell.overlaps([month.month])]
    return frozenset(fact for fact in inside if isinstance(fact, Unknown))
