"""The start page: what is first for this person's role."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import Role
from contacts.pages.telling import PauseTold
from contacts.queries.entries import standing_pauses
from delivery.queries.waiting import unfetched
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from referrals import queries
from referrals.pages import rows
from referrals.pages.filters import FIRST, VIEWS, View, condition_of
from stats.queries import counted_years

ELSEWHERE = {"analyst": "stats:newest", "editor": "contacts:desk", "directory": "contacts:desk", "auditor": "audit"}
SHOWN = 8


@login_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    role = request.actor.role
    if role in ELSEWHERE:
        return redirect(ELSEWHERE[role])
    context = _summary(request.actor) if role in VIEWS else {"views": [], "leads": False, "pauses": []}
    return render(request, "home.html", context | {"years": counted_years()})


def _summary(by: Actor) -> dict[str, Any]:
    """The sizes of the worklist's views, and the rows that need this person first."""
    today = clock.today()
    counted = [view for view in VIEWS[by.role] if view.counted]
    totals = queries.counts({view.name: condition_of(by, view.name, today=today) for view in counted})
    view = _urging(by, totals)
    page = queries.worklist(
        by, condition_of(by, view.name, today=today), queries.Wanted(view=view.name), order=view.order, size=SHOWN
    )
    return {
        "views": [(view, totals[view.name]) for view in counted],
        "first": view,
        "at_kela": by.of_kela,
        "rows": rows.rows_of(page, today=today),
        "unfetched": unfetched() if by.role == Role.SUPERVISOR else [],
        "receives": "" if by.of_kela else by.authority,
        "leads": by.role == Role.LEAD,
        "pauses": [] if by.of_kela else _pauses(by.authority),
    }


def _pauses(authority: str) -> list[PauseTold]:
    now = clock.now()
    return [PauseTold.of(pause, now) for pause in standing_pauses(authority, now)]


def _urging(by: Actor, totals: dict[str, int]) -> View:
    """The view to look at first: what came back, if something did, else the role's own first.

    By deadline, what is late stands first anyway.
    """
    views = {view.name: view for view in VIEWS[by.role]}
    urging = (view for view in views.values() if view.urging and not view.by_deadline and totals.get(view.name))
    return next(urging, views[FIRST[by.role]])
