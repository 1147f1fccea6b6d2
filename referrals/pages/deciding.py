"""Attaching the basic decision with its calculation to a referral, or correcting it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kela_kunta.base import clock
from kela_kunta.base.forms import ROWS, Form
from kela_kunta.base.problems import Invalid, Problem, Stale
from referrals.actions.correcting import attach_decision
from referrals.drafts import read_decision
from referrals.models import Referral
from referrals.pages import one
from referrals.rules.lifecycle import Move
from referrals.types.decision import BasicDecisionSerializer


def attach(request: HttpRequest, referral: Referral, *, version: int) -> HttpResponse:
    """The form, and what was typed in it; begins with the latest version, so that a correction is small.

    Raises:
        Problem: what the page of the referral has to tell.
    """
    if request.method != "POST":
        latest = referral.decisions.order_by("version").last()
        known = BasicDecisionSerializer().to_representation(latest) if latest else None
        return _page(request, referral, Form(BasicDecisionSerializer(), initial=known))
    form = Form(BasicDecisionSerializer(), request.POST)
    if ROWS in request.POST:
        return _page(request, referral, form)
    try:
        decision = read_decision(form.body(), on=clock.today())
        attach_decision(referral.pk, decision, by=request.actor, version=version)
    except Invalid as problem:
        form.refuse(problem.errors)
        return _page(request, referral, form, problem)
    except Stale as problem:
        return _page(request, one.referral_or_404(request.actor, referral.pk), form, problem)
    return one.done(request, referral, Move.ATTACH_DECISION)


def _page(request: HttpRequest, referral: Referral, form: Form, problem: Problem | None = None) -> HttpResponse:
    context = one.whole(referral, by=request.actor) | {
        "form": form,
        "parts": form.parts(),
        "move": Move.ATTACH_DECISION,
        "problem": None if isinstance(problem, Invalid) else problem,
    }
    return render(request, "referrals/decide.html", context, status=problem.status if problem else 200)
