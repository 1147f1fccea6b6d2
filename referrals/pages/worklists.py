"""Worklists: the authority's inbox, and what Kela sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.pages import for_roles
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from kela_kunta.base.paging import BadCursor, Page
from kela_kunta.base.problems import Problem
from referrals import queries
from referrals.actions.working import acknowledge_all, assign_all
from referrals.models import Referral
from referrals.pages import rows
from referrals.pages.filters import INBOX, KELA, VIEWS, FilterForm, condition_of, people, within_reach
from referrals.queries.found import lots_for
from referrals.rules.lifecycle import Status
from referrals.types import TYPES

MOST_AT_ONCE = 1000
ROWS_ON_A_PAGE = 50
FREE = Q(status__in=[Status.DELIVERED, Status.ACKNOWLEDGED])


@for_roles(*KELA, *INBOX)
@require_safe
@vary_on_headers("HX-Request")
def worklist(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET, by=request.actor)
    context = worklist_context(form, request.actor, request.GET.get("cursor"))
    part = "#rows" if request.htmx and not request.htmx.history_restore_request else ""
    return render(request, f"referrals/worklist.html{part}", context)


def worklist_context(form: FilterForm, by: Actor, cursor: str | None) -> dict[str, Any]:
    """All that the worklist shows for the view and filters of `form`."""
    today = clock.today()
    totals = queries.counts(_countable(form, by))
    first = queries.first_escalated(form.condition(), limit=ROWS_ON_A_PAGE) if totals.get("escalated") else []
    page = _page(form, by, cursor, besides=first)
    if form.view.by_deadline:
        groups = rows.by_deadline(page, today=today, totals=totals)
    elif form.view.of_open:
        groups = rows.by_arrival(page, today=today)
    else:
        groups = rows.by_sending(page, today=today)
    if first and page.previous is None:
        escalated = queries.listed(by, first, view=form.view.name)
        groups.insert(0, rows.escalated_group(escalated, today=today, total=totals["escalated"]))
    return {
        "form": form,
        "view": form.view,
        "views": [(view, totals.get(f"view_{view.name}")) for view in VIEWS[by.role]],
        "groups": groups,
        "page": page,
        "found": _sum(totals, *rows.deadline_conditions(today), "escalated") if form.view.of_open else None,
        "late": _sum(totals, "late", "escalated_late"),
        "totals": totals,
        "at_kela": by.role in KELA,
        "takes_bulk": by.role in INBOX and form.view.of_open,
        "people": people(by) if by.role == "lead" else [],
        "lots": [(TYPES[one.type].short_label, one) for one in lots_for(by.authority, today)]
        if by.role in INBOX
        else [],
    }


def _countable(form: FilterForm, by: Actor) -> dict[str, Q]:
    """What is counted beside the rows: the views that tell their size, and what the deadlines' groups and the bulk
    actions reach under the present filters."""
    today = clock.today()
    conditions = {
        f"view_{view.name}": condition_of(by, view.name, today=today) for view in VIEWS[by.role] if view.counted
    }
    if form.view.of_open:
        here, calm = form.condition(), form.condition()
        if form.view.escalated_first:
            calm = here & ~queries.ESCALATED
            conditions["escalated"] = here & queries.ESCALATED
            conditions["escalated_late"] = here & queries.ESCALATED & Q(due_on__lt=today)
        conditions |= {name: calm & group for name, group in rows.deadline_conditions(today).items()}
        conditions["new_here"] = here & Q(status=Status.DELIVERED)
        conditions["free_here"] = here & FREE
    return conditions


def _sum(totals: dict[str, int], *names: str) -> int:
    return sum(totals.get(name, 0) for name in names)


def _page(form: FilterForm, by: Actor, cursor: str | None, *, besides: list[UUID]) -> Page[Referral]:
    condition = condition_of(by, form.view.name, today=clock.today()) & ~Q(pk__in=besides)
    try:
        return queries.worklist(by, condition, form.wanted(), order=form.view.order, cursor=cursor, size=ROWS_ON_A_PAGE)
    except BadCursor:
        return queries.worklist(by, condition, form.wanted(), order=form.view.order, size=ROWS_ON_A_PAGE)


@for_roles(*KELA, *INBOX)
def search(request: HttpRequest) -> HttpResponse:
    """Search by name or identity code, by POST alone: neither may stand in an address."""
    text = request.POST.get("text", "").replace("\x00", "").strip()[:100]
    if not text:
        return redirect("referrals:worklist")
    today = clock.today()
    found = queries.search(request.actor, text, within_reach(request.actor))
    return render(
        request,
        "referrals/search.html",
        {"text": text, "at_kela": request.actor.role in KELA, "rows": rows.rows_of(found, today=today)},
    )


@for_roles(*INBOX)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Acknowledge, take or give out what was ticked, or all that the view and its filters match."""
    form = FilterForm(request.POST, by=request.actor)
    back = HttpResponseRedirect(f"{reverse('referrals:worklist')}?{form.query()}")
    everything = request.POST.get("reach") == "all"
    chosen = form.condition() if everything else Q(pk__in=picked(request.POST))
    try:
        done = _do(request.POST, chosen, by=request.actor)
    except Problem as problem:
        messages.error(request, _sentence(problem))
        return back
    expected = (
        _number(request.POST.get(f"expected_{request.POST['action']}", "")) if everything else len(picked(request.POST))
    )
    messages.success(request, _outcome(done, expected))
    return back


def picked(data: QueryDict) -> list[UUID]:
    """The referrals that were ticked; what is no identifier is passed over."""
    found = []
    for value in data.getlist("pick")[:MOST_AT_ONCE]:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


def _do(data: QueryDict, chosen: Q, *, by: Actor) -> int:
    if data.get("action") == "acknowledge":
        return acknowledge_all(chosen, by=by, limit=MOST_AT_ONCE)
    if data.get("action") == "take":
        return assign_all(chosen & FREE, by=by, assignee=UUID(by.id), limit=MOST_AT_ONCE)
    worker = next((UUID(pk) for pk, _name in people(by) if pk == data.get("give_to")), None)
    if data.get("action") != "assign" or worker is None:
        raise Problem(_("Choose what to do, and to whom the work goes."))
    return assign_all(chosen, by=by, assignee=worker, limit=MOST_AT_ONCE)


def _outcome(done: int, expected: int) -> str:
    sentence = ngettext("%(count)s referral done.", "%(count)s referrals done.", done) % {"count": done}
    if done == MOST_AT_ONCE:
        return sentence + " " + _("No more are done at once: do it again for the rest.")
    others = max(0, expected - done)
    if others:
        sentence += " " + ngettext(
            "%(count)s had been taken care of already.", "%(count)s had been taken care of already.", others
        ) % {"count": others}
    return sentence


def _sentence(problem: Problem) -> str:
    return " ".join(str(error.detail) for error in problem.errors) or str(problem.detail or problem.title)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
