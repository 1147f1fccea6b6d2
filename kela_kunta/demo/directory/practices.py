"""Local practices of the demo: what each county and Kela have agreed on, what was before, and two proposals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from contacts.models import Action, LocalPractice
from contacts.models.entries import Topic
from kela_kunta.demo.accounts import PIRKANMAA
from kela_kunta.demo.chance import Chance
from kela_kunta.demo.directory.country import Area, Place
from kela_kunta.demo.directory.lives import Step, Written
from kela_kunta.demo.directory.practice_texts import FILLINGS, FORMER, PROPOSED, TEXTS
from kela_kunta.demo.directory.texts import Both

TYPES = {
    Topic.URGENT: ["social_work_need", "supplementary_application"],
    Topic.UNDOCUMENTED: ["social_work_need", "supplementary_application"],
    Topic.LOWERING: ["lowered_basic_amount", "social_work_need"],
    Topic.HOUSING_COSTS: ["social_work_need", "supplementary_application"],
    Topic.YOUNG_PEOPLE: ["under_25"],
    Topic.IMMIGRANTS: ["immigrant"],
    Topic.WAYS_OF_CONTACT: [],
}
_EVERYWHERE = (Topic.URGENT, Topic.UNDOCUMENTED, Topic.WAYS_OF_CONTACT)
_SOMEWHERE = (
    Topic.HOME_CARE, Topic.SURPLUS, Topic.DEPOSITS, Topic.VISITING_COSTS, Topic.LOWERING, Topic.HOUSING_COSTS,
    Topic.EXPENSES, Topic.YOUNG_PEOPLE,
)  # fmt: skip
_LONGEST = 24  # months between reviews
_COUNTIES_BEGAN = date(2023, 1, 1)


def practices(country: Sequence[Area], today: date) -> Iterator[Written]:
    """Five to eight topics of each county, integration in the largest cities."""
    for area in country:
        chance = Chance(f"practices of {area.code}")
        topics = [*_EVERYWHERE, *chance.sample(_SOMEWHERE, chance.randint(2, 5))]
        if area.code == PIRKANMAA:  # what is proposed there stands beside what is in force
            topics = [*_EVERYWHERE, Topic.SURPLUS, Topic.DEPOSITS, Topic.VISITING_COSTS, Topic.LOWERING]
            yield from _proposals(area, today)
        for topic in topics:
            yield from _agreed(area, topic, today, chance)
        for place in area.places:
            if place.largest and place.integration != area.code:
                yield _of_city(area, place, today, chance)


def _agreed(area: Area, topic: Topic, today: date, chance: Chance) -> Iterator[Written]:
    """The version in force, and in one of three cases the one before it."""
    text = _filled(chance.choice(TEXTS[topic]), area, chance)
    begun = chance.randint(100, 500)  # days ago
    first = _month_of(today - timedelta(days=begun))
    begun = (today - first).days
    agreed = begun + chance.randint(3, 25)
    columns = _columns(topic)
    proposed = Step(Action.ADDED, agreed + chance.randint(4, 30))
    steps = (proposed, Step(Action.AGREED, agreed, by_kela=True), *_confirmations(agreed, chance))
    yield _practice(area, text, DateRange(first, None), columns, steps)
    if topic in FORMER and chance.random() < 0.6:
        before = _month_of(first - timedelta(days=chance.randint(120, 300)))
        asked = (today - before).days + 40
        steps = (
            Step(Action.ADDED, asked),
            Step(Action.AGREED, asked - 12, by_kela=True),
            Step(Action.CONFIRMED, agreed + 60),
            Step(Action.CHANGED, agreed, by_kela=True, ends=first),
        )
        old = columns | {"review_months": _LONGEST}
        yield _practice(area, _filled(FORMER[topic], area, chance), DateRange(before, None), old, steps)


def _proposals(area: Area, today: date) -> Iterator[Written]:
    """One waits for Kela, one for Pirkanmaa."""
    first = _month_of(today + timedelta(days=40))
    for topic, by_kela in ((Topic.SURPLUS, False), (Topic.HOUSING_COSTS, True)):
        steps = (Step(Action.ADDED, 6, by_kela=by_kela),)
        yield _practice(area, PROPOSED[topic], DateRange(first, None), _columns(topic), steps)


def _of_city(area: Area, place: Place, today: date, chance: Chance) -> Written:
    """How a city and Kela work together in integration, its task since 1.1.2025."""
    text = _filled(chance.choice(TEXTS[Topic.IMMIGRANTS]), area, chance)
    begun = (today - date(2025, 1, 1)).days
    steps = (
        Step(Action.ADDED, begun + 30),
        Step(Action.AGREED, begun + 11, by_kela=True),
        *_confirmations(begun + 11, chance),
    )
    valid = DateRange(date(2025, 1, 1), None)
    return _practice(
        area, text, valid, _columns(Topic.IMMIGRANTS), steps, owner=place.integration, swedish=place.swedish
    )


def _practice(
    area: Area,
    text: Both,
    valid: DateRange,
    columns: dict[str, Any],
    steps: tuple[Step, ...],
    *,
    owner: str = "",
    swedish: bool | None = None,
) -> Written:
    in_swedish = area.swedish if swedish is None else swedish
    values = columns | {"text_fi": text[0], "text_sv": text[1] if in_swedish else "", "valid": valid}
    return Written(LocalPractice, owner or area.code, values, steps)


def _columns(topic: Topic) -> dict[str, Any]:
    return {
        "topic": topic,
        "types": TYPES.get(topic, ["supplementary_application"]),
        "urgent_only": topic == Topic.URGENT,
        "review_months": 12,
    }


def _confirmations(agreed: int, chance: Chance) -> tuple[Step, ...]:
    """Confirmed again where a year has nearly passed."""
    return (Step(Action.CONFIRMED, chance.randint(20, 300)),) if agreed > 300 else ()


def _filled(text: Both, area: Area, chance: Chance) -> Both:
    """The text with the county's name and with figures of its own, the same in both languages."""
    figures = {name: chance.choice(values) for name, values in FILLINGS.items()}
    return text[0].format(area=area.name_fi, **figures), text[1].format(area=area.name_sv, **figures)


def _month_of(day: date) -> date:
    """The first day of the month of `day`, not before the counties began."""
    return max(day.replace(day=1), _COUNTIES_BEGAN)
