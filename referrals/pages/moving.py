"""The moves of one referral: small forms, and two that need none."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.pages import for_roles
from kela_kunta.base.problems import Invalid, MoveForbidden, NotFound, Problem, Stale
from referrals.actions import working
from referrals.models import Referral
from referrals.pages import deciding, one
from referrals.pages.filters import INBOX, KELA
from referrals.pages.forms import FORMS, MoveForm
from referrals.rules.lifecycle import Move

LONGEST_NUMBER = 10
AT_ONCE: dict[Move, Callable[..., Referral]] = {Move.ACKNOWLEDGE: working.acknowledge, Move.START: working.start}


@for_roles(*KELA, *INBOX)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, referral_id: UUID, move: str) -> HttpResponse:
    """The form of a move, and the move itself."""
    wanted = move_or_404(move)
    referral = one.referral_or_404(request.actor, referral_id)
    if request.method == "POST" and wanted in AT_ONCE and "assignee" not in request.POST:
        return _at_once(request, referral, wanted)
    if wanted not in one.offered(referral, request.actor):
        return one.page(request, referral, problem=MoveForbidden())
    if wanted is Move.ATTACH_DECISION:
        return deciding.attach(request, referral, version=version_in(request.POST))
    if wanted not in FORMS:
        return redirect("referrals:one", referral_id)
    typed = request.POST if request.method == "POST" else None
    form = FORMS[wanted](typed, referral=referral, by=request.actor)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, wanted)
    return _attempt(request, form, wanted)


def move_or_404(slug: str) -> Move:
    try:
        return Move(slug.replace("-", "_"))
    except ValueError as error:
        raise Http404 from error


def version_in(data: QueryDict) -> int:
    """The version that the person read; 0, which no referral ever has, where nothing sensible is said."""
    text = data.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else 0


def _at_once(request: HttpRequest, referral: Referral, move: Move) -> HttpResponse:
    try:
        referral = AT_ONCE[move](referral.pk, by=request.actor, version=version_in(request.POST))
    except NotFound as error:
        raise Http404 from error
    except Problem as problem:
        return one.page(request, one.referral_or_404(request.actor, referral.pk), problem=problem)
    return one.done(request, referral, move)


def _attempt(request: HttpRequest, form: MoveForm, move: Move) -> HttpResponse:
    try:
        return one.done(request, form.act(), move)
    except NotFound as error:
        raise Http404 from error
    except Stale as problem:
        now = one.referral_or_404(request.actor, form.referral.pk)
        if move not in one.offered(now, request.actor):
            return one.page(request, now, problem=problem)
        return _form_page(request, form.read_again(now), move, problem)
    except Invalid as problem:
        form.refused(problem)
        return _form_page(request, form, move)
    except Problem as problem:
        return one.page(request, one.referral_or_404(request.actor, form.referral.pk), problem=problem)


def _form_page(request: HttpRequest, form: MoveForm, move: Move, problem: Problem | None = None) -> HttpResponse:
    context = one.whole(form.referral, by=request.actor) | {"form": form, "move": move, "problem": problem}
    status = problem.status if problem else 422 if form.errors else 200
    return render(request, "referrals/move.html", context, status=status)
