"""What stands beside figures, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contacts.models import Authority, County, District, Municipality, Named, Region
from kela_kunta.base.fields import Text
from referrals.types import TYPES

DIMENSIONS: dict[str, Text] = {
    "year": gettext_lazy("Year"),
    "month": gettext_lazy("Month"),
    "type": gettext_lazy("Type"),
    "region": gettext_lazy("Region"),
    "county": gettext_lazy("Wellbeing services county"),
    "district": gettext_lazy("Kela's area"),
    "municipality": gettext_lazy("Municipality"),
    "receiver": gettext_lazy("Receiver"),
    "urgent": gettext_lazy("Urgency"),
    "outcome": gettext_lazy("Outcome"),
}
NOWHERE: dict[str, Text] = {
    "unknown": gettext_lazy("Area unknown"),
    "withheld": gettext_lazy("Area withheld"),
}
_AREAS: dict[str, type[Named]] = {
    "region": Region,
    "county": County,
    "district": District,
    "municipality": Municipality,
    "receiver": Authority,
}


def values_of(dimension: str, found: Iterable[str]) -> list[tuple[str, str]]:
    """The values of a dimension that were found, as (code, label), in the order in which they are told."""
    wanted = set(found)
    if dimension in _AREAS:
        rows = _AREAS[dimension]._default_manager.filter(pk__in=wanted).order_by("sort_key")
        listed = [(str(row.pk), row.name) for row in rows]
        return listed + [(code, str(label)) for code, label in NOWHERE.items() if code in wanted]
    label = _LABELS.get(dimension)
    ordered = [code for code in _ORDER.get(dimension, ()) if code in wanted]
    codes = ordered + sorted(wanted - set(ordered))
    return [(code, str(label(code)) if label else code) for code in codes]


def _outcome(code: str) -> str:
    if code == "open":
        return _("Not closed yet")
    return next((str(kind.outcomes[code]) for kind in TYPES.values() if code in kind.outcomes), code)


_LABELS: Mapping[str, Callable[[str], Text]] = {
    "type": lambda code: TYPES[code].label,
    "urgent": lambda code: _("Urgent") if code == "true" else _("Not urgent"),
    "outcome": _outcome,
    "month": lambda code: str(int(code)),
}
_ORDER: Mapping[str, Iterable[str]] = {"type": TYPES, "urgent": ("true", "false")}


def title(by: Iterable[str], years: Iterable[int | str]) -> str:
    """Such as "Referrals from Kela by type and region, 2017"."""
    names = [
        str(DIMENSIONS[name]).lower() if name != "district" else str(DIMENSIONS[name]) for name in by if name != "year"
    ]
    span = ", ".join(map(str, years))
    if not names:
        return _("Referrals from Kela, %(years)s") % {"years": span}
    listed = _(" and ").join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return _("Referrals from Kela by %(dimensions)s, %(years)s") % {"dimensions": listed, "years": span}


def notes(*, hidden: int, division: date | None = None) -> list[str]:
    """What readers of a table need to know: how many counts are not told, and of which day its areas are."""
    told = [
        _("A referral counts once, in the month of sending, in the municipality that was the client's home."),
        _("People under a non-disclosure order stand in “area withheld”."),
    ]
    if division:
        told.append(_("Areas are those of %(day)s.") % {"day": f"{division:%-d.%-m.%Y}"})
    if hidden:
        told.append(
            ngettext(
                "%(count)s count is not told, lest somebody be recognised.",
                "%(count)s counts are not told, lest somebody be recognised.",
                hidden,
            )
            % {"count": hidden}
        )
    return told
