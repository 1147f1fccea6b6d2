"""A new referral: the person first, then the form, a last look, and sending.

All that is typed travels with the page, nothing is kept here before sending. The steps are
one address: `person`, `form`, `check` and `send` are said in the body, so that no fact of a
client stands in an address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.pages import for_roles
from contacts.queries import register
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from kela_kunta.base.problems import Invalid, KeyReused
from referrals import queries
from referrals.actions.sending import send_referral
from referrals.drafts import read_draft, warnings
from referrals.models import BasicDecision, Referral
from referrals.pages.compose import ReferralForm, asked_code, begun
from referrals.pages.facts import client_of, decision_of, details_of
from referrals.pages.filters import KELA
from referrals.pages.preview import answered, asked_by, preview
from referrals.pages.reaching import digest
from referrals.types import TYPES, by_slug
from referrals.types.base import Draft, ReferralType

LONGEST_KEY = 64


@for_roles(*KELA)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The choice of type, with when to use each."""
    return render(request, "referrals/choose.html", {"kinds": TYPES.values()})


@for_roles(*KELA)
@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: HttpRequest, slug: str) -> HttpResponse:
    kind = by_slug(slug)
    if kind is None:
        raise Http404
    if request.method != "POST":
        return render(request, "referrals/new_person.html", {"kind": kind, "code": "", "error": ""})
    step = STEPS.get(request.POST.get("step", ""), _form)
    return step(request, kind)


def _person(request: HttpRequest, kind: ReferralType) -> HttpResponse:
    """Who is it about? Their open referrals are shown before anything else is asked."""
    typed = request.POST.get("identity_code", "")
    code, error = ("", "") if "without_code" in request.POST else asked_code(typed)
    if error:
        context = {"kind": kind, "code": typed, "error": error}
        return render(request, "referrals/new_person.html", context, status=422)
    return _form_page(request, kind, begun(kind, code))


def _form(request: HttpRequest, kind: ReferralType) -> HttpResponse:
    """The form again with what is typed: a row more or less, or back from the last look."""
    return _form_page(request, kind, ReferralForm(kind, request.POST))


def _aside(request: HttpRequest, kind: ReferralType) -> HttpResponse:
    """Only the box beside the form, on an answer or by itself every few seconds; nothing where it would look the same."""
    box = _box(kind, answered(kind, request.POST), by=request.actor)
    seen, _point, told = request.POST.get("seen", "").partition(".")
    if (seen, told) == (box["seen"], box["told"]):
        return HttpResponse(status=204)
    return render(request, "referrals/_where.html#box", box | {"says_anew": told != box["told"]})


def _box(kind: ReferralType, body: Mapping[str, Any], *, by: Actor) -> dict[str, Any]:
    """What the box beside a form shows, and marks of what it shows and says."""
    found = preview(kind, body, by=by)
    marks = {"seen": digest(found), "told": digest(found.told if found else "")}
    return {"kind": kind, "preview": found, "asked": asked_by(kind), **marks, "says_anew": False}


def _check(request: HttpRequest, kind: ReferralType) -> HttpResponse:
    """Everything once more, with what to look at before sending."""
    form = ReferralForm(kind, request.POST)
    today, duties = clock.today(), register()
    try:
        draft = read_draft(form.body(), on=today, register=duties)
    except Invalid as problem:
        form.refuse(problem.errors)
        return _form_page(request, kind, form, status=422)
    return render(
        request,
        "referrals/new_check.html",
        {
            "kind": kind,
            "form": form,
            "key": _key(request.POST),
            "others": _open_ones(request.actor, form),
            **told(draft),
            "warnings": warnings(draft, on=today, register=duties),
            **_box(kind, form.body(), by=request.actor),
        },
    )


def _send(request: HttpRequest, kind: ReferralType) -> HttpResponse:
    """Send it; the same key once more leads to what was sent the first time."""
    form = ReferralForm(kind, request.POST)
    try:
        draft = read_draft(form.body(), on=clock.today(), register=register())
        referral, is_new = send_referral(draft, by=request.actor, key=_key(request.POST))
    except Invalid as problem:
        form.refuse(problem.errors)
        return _form_page(request, kind, form, status=422)
    except KeyReused:
        messages.error(request, _("This form was sent before with other content. Check it and send it as a new one."))
        return _form_page(request, kind, form, key=str(uuid4()), status=422)
    if is_new:
        messages.success(request, _("Sent. The receiver is found within seconds."))
    return redirect("referrals:one", referral.pk)


def told(draft: Draft) -> dict[str, Any]:
    """A draft in words, as the referral's own page will tell it."""
    details = draft.type.model(**draft.details)
    facts, sums = details_of(draft.type, details)
    return {
        "client_facts": client_of(draft.client),
        "facts": facts,
        "sums": sums,
        "additional_information": draft.common["additional_information"],
        "client_informed_on": draft.common["client_informed_on"],
        "decisions": [decision_of(BasicDecision(version=1, **draft.decision))] if draft.decision else [],
    }


STEPS: dict[str, Callable[[HttpRequest, ReferralType], HttpResponse]] = {
    "person": _person,
    "form": _form,
    "aside": _aside,
    "check": _check,
    "send": _send,
}


def _form_page(
    request: HttpRequest, kind: ReferralType, form: ReferralForm, *, key: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "kind": kind,
        "form": form,
        "key": key or _key(request.POST),
        "others": _open_ones(request.actor, form),
        **_box(kind, form.body(), by=request.actor),
    }
    return render(request, "referrals/new_form.html", context, status=status)


def _open_ones(by: Actor, form: ReferralForm) -> list[tuple[Referral, ReferralType]]:
    """The client's open referrals, as soon as the identity code is one."""
    code = form.identity_code
    return [(other, TYPES[other.type]) for other in queries.open_of_person(by, code)] if code else []


def _key(data: QueryDict) -> str:
    """The idempotency key that came with the form, or a new one."""
    key = data.get("key", "")
    return key if key and len(key) <= LONGEST_KEY and key.isascii() and key.isprintable() else str(uuid4())
