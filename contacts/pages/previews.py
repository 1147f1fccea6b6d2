"""What an import would do, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.bodies import BODIES
from contacts.exchange.grid import Trouble
from contacts.exchange.planning import Addition, Change, Plan
from contacts.models import Contact, Entry, ServicePoint
from contacts.models.entries import Topic
from kela_kunta.base.phones import phone_text

MOST_SHOWN = 1_000  # of each list; a longer one is told by its number
NOTHING = "–"
KIND_WORDS = {
    "contact": gettext_lazy("contact"),
    "service_point": gettext_lazy("service point"),
    "local_practice": gettext_lazy("local practice"),
}
Troubles = Sequence[Trouble]


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry and each of its fields as (label, before, after)."""

    row: int
    name: str
    fields: list[tuple[str, str, str]]


def preview(plan: Plan) -> dict[str, Any]:
    """For the page: at most `MOST_SHOWN` of each list."""
    return {
        "plan": plan,
        "digest": plan.digest(),
        "counts": (len(plan.additions), len(plan.changes), plan.unchanged, len(plan.removals)),
        "additions": [(one.row, _new_name(one), KIND_WORDS[one.model.KIND]) for one in plan.additions[:MOST_SHOWN]],
        "changes": [_changed(one) for one in plan.changes[:MOST_SHOWN]],
        "removals": [name_of(row) for row in plan.removals[:MOST_SHOWN]],
        "left_out": plan.left_out[:MOST_SHOWN],
        "notes": plan.notes[:MOST_SHOWN],
        "most": MOST_SHOWN,
    }


def name_of(row: Entry) -> str:
    """By which people know the entry, with its municipality where it holds in one alone."""
    if isinstance(row, Contact):
        name = row.title
    elif isinstance(row, ServicePoint):
        name = row.name
    else:
        name = str(Topic(row.topic).label)
    place = row.municipality_id
    return f"{name} ({place})" if place else name


def _new_name(one: Addition) -> str:
    return name_of(one.model(**one.values))


def _changed(one: Change) -> Changed:
    labels = {field.source: str(field.label) for field in BODIES[one.entry.KIND]().fields.values()}
    return Changed(
        one.row,
        name_of(one.entry),
        [
            (
                labels.get(name, _("In force") if name == "valid" else name),
                word(one.entry, name, before),
                word(one.entry, name, after),
            )
            for name, before, after in one.fields()
        ],
    )


def word(row: Entry, name: str, value: Any) -> str:
    """A value of an entry's column as people read it."""
    if value in ("", None, []):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, DateRange):
        return _days(value)
    if isinstance(value, list):
        return ", ".join(value)
    choices = dict(row._meta.get_field(name.removesuffix("_id")).flatchoices or ())
    return phone_text(value) if name == "phone" else str(choices.get(value, value))


def _days(valid: DateRange) -> str:
    last = date_format(valid.upper - timedelta(days=1), "j.n.Y") if valid.upper else ""
    return f"{date_format(valid.lower, 'j.n.Y')}–{last}"
