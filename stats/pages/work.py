"""How a year's referrals were handled: how fast, what came back and why, and for which reasons social work was needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.pages import for_roles
from kela_kunta.base import clock
from kela_kunta.base.problems import Text
from referrals.types import TYPES, social_work_need
from referrals.types.base import ReferralType
from referrals.wording import RETURN_REASONS, label
from stats import charts, queries, wording
from stats.pages.reading import AREAS, FIRST_COUNTY_YEAR, READERS, counted, frame, is_full, last_day
from stats.queries.work import Measured
from stats.rules import following
from stats.rules import work as rules
from stats.rules.following import Followed
from stats.rules.work import Handling

HOMES = {kind: label for kind, label in AREAS.items() if kind != "receiver"}


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason, how many it was, and the bar's length in per cent."""

    label: str
    count: int | None
    width: int | None


@for_roles(*READERS)
@require_safe
def work(request: HttpRequest, year: int) -> HttpResponse:
    """The whole country's: of a year under way for those alone who see every count, as are those of places (`?home=`)."""
    years, full = counted(year), is_full(request)
    context = frame(request, year, years, place="work")
    if full or context["ended"]:
        found, sent = queries.work(year), queries.by_type(year)
        context |= {
            "lines": [
                (kind.short_label if kind else _("Together"), row) for kind, row in handled(found, sent, full=full)
            ],
            "followed": [(*line, None) for line in followed_lines(queries.followed(year), full=full)],
        } | reasons_of(found, sent, full=full)
    if full:
        context |= _places(request, year)
    return render(request, "stats/work.html", context | {"fewest": rules.FEWEST})


def handled(
    found: Mapping[str, Measured], sent: Mapping[str, int], *, full: bool
) -> list[tuple[ReferralType | None, Handling]]:
    """By type, and last of all types (None)."""
    wholes: list[tuple[ReferralType | None, Measured, int]] = [
        (kind, found.get(code, {}), sent[code]) for code, kind in TYPES.items() if code in sent
    ]
    wholes.append((None, queries.together(found), sum(sent.values())))
    if full:
        return [(kind, rules.handling(measured)) for kind, measured, _whole in wholes]
    told = [(kind, rules.handling_told(measured, whole)) for kind, measured, whole in wholes]
    (_all, together) = told.pop()
    return [*told, (None, rules.without_remainders(together, [row for _kind, row in told]))]


def followed_lines(found: Mapping[str, Followed], *, full: bool) -> list[tuple[Text, Followed]]:
    """By type, and where there are several all of them: every count, or what may leave Kela."""
    rows: list[tuple[Text, Followed]] = [
        (kind.short_label, found[code] if full else following.told(found[code]))
        for code, kind in TYPES.items()
        if code in found
    ]
    if len(rows) > 1:
        rows.append((_("Together"), following.together(row for _label, row in rows)))
    return rows


def _places(request: HttpRequest, year: int) -> dict[str, Any]:
    """The times of every receiver, and by home those of the areas that `?home=` names, regions if it names none."""
    kind = request.GET.get("home", "region")
    if kind not in HOMES:
        raise Http404
    day = clock.today() if kind == "county" and year < FIRST_COUNTY_YEAR else last_day(year)
    return {
        "receivers": _handled_in("receiver", queries.work_by_receiver(year)),
        "homes": _handled_in(kind, queries.work_by_home(year, kind, day)),
        "home": kind,
        "home_kinds": HOMES.items(),
    }


def _handled_in(kind: str, found: Mapping[str, Measured]) -> list[tuple[str, Handling]]:
    """Every place with its times, in Finnish order."""
    return [(name, rules.handling(found[code])) for code, name in wording.values_of(kind, found)]


def reasons_of(found: Mapping[str, Measured], sent: Mapping[str, int], *, full: bool) -> dict[str, list[Reason]]:
    """Why referrals were returned, and for what social work was needed: every count, or what of so many `sent` may leave
    Kela."""
    need = social_work_need.TYPE.code
    returned = queries.together(found).get(rules.RETURNED, {})
    needed = found.get(need, {}).get(rules.NEED, {})
    if full:
        return {"returns": _reasons(RETURN_REASONS, returned), "needs": _reasons(social_work_need.REASONS, needed)}
    (*_types, (_all, together)) = handled(found, sent, full=False)
    known, hidden = together.returned is not None, dict.fromkeys(returned)
    return {
        "returns": _reasons(RETURN_REASONS, rules.parts_told(returned, sum(sent.values())) if known else hidden),
        "needs": _reasons(social_work_need.REASONS, rules.several_told(needed, sent.get(need, 0))),
    }


def _reasons(labels: Mapping[Any, Any], counts: Mapping[str, int | None]) -> list[Reason]:
    """The most first, what is not told last."""
    ordered = sorted(counts.items(), key=lambda item: (item[1] is None, -(item[1] or 0), item[0]))
    widths = charts.lengths([count for _code, count in ordered])
    return [Reason(label(labels, code), count, width) for (code, count), width in zip(ordered, widths, strict=True)]
