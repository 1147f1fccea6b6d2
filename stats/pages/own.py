"""What an authority received in a year, beside the whole country's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.pages import for_roles
from kela_kunta.base.problems import Text
from referrals.types import TYPES
from stats import charts, queries, wording
from stats.pages.reading import OWN_READERS, counted, frame
from stats.pages.work import handled, reasons_of
from stats.queries.publishing import MONTHS
from stats.rules import following
from stats.rules import work as rules
from stats.rules.comparing import share, whole
from stats.rules.following import Followed

PARTS = ("type", "urgent", "outcome", "month")


@dataclass(frozen=True, slots=True)
class Row:
    """One value: the authority's count, its share of all that the authority received, and the country's share."""

    label: str
    count: int
    share: float | None
    country: float | None


@for_roles(*OWN_READERS)
@require_safe
def own(request: HttpRequest, year: int) -> HttpResponse:
    """The authority's own counts are whole, as are the referrals that its people work with; those of people under
    non-disclosure name no receiver and are not among them. The country's are what may leave Kela."""
    years = counted(year)
    found = queries.table(queries.Wanted((year,), PARTS, only={"receiver": frozenset([request.actor.authority])}))
    country = dict(zip(PARTS, queries.shown(year, *([name] for name in PARTS), full=False), strict=True))
    months = found.along("month").cells
    chart = charts.line_chart([[months.get((month,), 0) for month in MONTHS]])
    context = frame(request, year, years, place="own")
    context |= _work(request, year, ended=context["ended"]) | {
        "authority": request.user.authority,
        "total": found.total,
        "country_total": whole(list(country["type"].cells.values())),
        "blocks": [(name, wording.DIMENSIONS[name], _rows(name, found, country[name])) for name in PARTS],
        "chart": chart,
        "labels": list(enumerate(chart.across, start=1)) if chart else [],
    }
    if context["ended"]:
        context["followed"] = _followed(request, year)
    return render(request, "stats/own.html", context)


def _work(request: HttpRequest, year: int, *, ended: bool) -> dict[str, Any]:
    """The authority's own times, returns and reasons, whole; beside them the country's times where they may be told."""
    own = queries.work(year, receiver=request.actor.authority)
    lines = [(_("Your authority"), rules.handling(queries.together(own)))]
    if ended:
        (*_types, (_all, country)) = handled(queries.work(year), queries.by_type(year), full=False)
        lines.append((_("Whole country"), country))
    return {"lines": lines} | reasons_of(own, {}, full=True)


def _followed(request: HttpRequest, year: int) -> list[tuple[Text, Followed, float | None]]:
    """With the country's share. Payments are none of the authority's own facts: small counts are hidden from it too."""
    mine, country = queries.followed(year, receiver=request.actor.authority), queries.followed(year)
    return [
        (kind.short_label, following.told_beside(mine[code], country[code]), following.told(country[code]).share)
        for code, kind in TYPES.items()
        if code in mine
    ]


def _rows(name: str, found: queries.Table, country: queries.Published) -> list[Row]:
    """By one dimension, every value that either side has; shares are of all values together."""
    cells = found.along(name).cells
    everywhere = whole(list(country.cells.values()))
    values = {value for (value,), count in country.cells.items() if count != 0} | {value for (value,) in cells}
    return [
        Row(
            label,
            cells.get((code,), 0),
            share(cells.get((code,), 0), found.total),
            share(country.cells.get((code,), 0), everywhere),
        )
        for code, label in wording.values_of(name, values)
    ]
