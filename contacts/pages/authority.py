"""An authority's page: how it stands, whom to reach, what was agreed and which municipalities it serves; and its pauses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Role
from accounts.pages import for_roles
from contacts.actions import pausing
from contacts.actions.keeping import may_keep
from contacts.bodies import PauseBody
from contacts.models import Authority, Contact
from contacts.pages.municipality import asked_day, groups_of
from contacts.pages.search import READERS
from contacts.pages.telling import PauseTold, PracticeTold
from contacts.queries.entries import agreed_practices, area_contacts, served_by, standing_pauses
from kela_kunta.base import clock
from kela_kunta.base.forms import Form
from kela_kunta.base.problems import Invalid, NotFound
from referrals.types import TYPES


@for_roles(*READERS)
@require_safe
def authority_page(request: HttpRequest, code: str) -> HttpResponse:
    """`?on=` is the day whose practices and municipalities are told; today without it."""
    found = _authority(code)
    on, wrong = asked_day(request)
    now = clock.now()
    practices = agreed_practices().filter(owner=found, valid__contains=on).select_related("owner", "municipality")
    context = {
        "authority": found,
        "on": on,
        "wrong": wrong,
        "is_today": on == clock.today(),
        "pauses": [PauseTold.of(one, now) for one in standing_pauses(found.code, now)],
        "groups": groups_of(area_contacts(found.code), now),
        "practices": [PracticeTold.of(practice, now) for practice in practices.order_by("topic", "municipality")],
        "served": served_by(found.code, on),
        "leads": _leads(request, found),
        "keeps": may_keep(request.actor, found.code, Contact),
    }
    return render(request, "contacts/authority.html", context, status=422 if wrong else 200)


@for_roles(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def pauses(request: HttpRequest, code: str) -> HttpResponse:
    """Its lead tells that the authority pauses, or works again (`resume` names the pause); others read."""
    found = _authority(code)
    if request.method == "POST" and not _leads(request, found):
        raise PermissionDenied
    if request.method != "POST":
        return _pauses_page(request, found, _form(request))
    if "resume" in request.POST:
        return _resume(request, found)
    body = PauseBody(data=_form(request).body())
    valid = body.is_valid()
    form = _form(request, body.errors)
    try:
        if valid:
            pausing.pause(**body.validated_data, by=request.actor)
            messages.success(request, _("Everybody who sends here is told of the pause."))
            return redirect("contacts:pauses", code=code)
    except Invalid as problem:
        form.refuse(problem.errors)
    return _pauses_page(request, found, form, status=422)


def _form(request: HttpRequest, errors: Mapping[str, Any] | None = None) -> Form:
    types = [("", _("All")), *((code, kind.short_label) for code, kind in TYPES.items())]
    return Form(PauseBody(), request.POST if request.method == "POST" else None, errors, choices={"type": types})


def _resume(request: HttpRequest, found: Authority) -> HttpResponse:
    try:
        pausing.resume(UUID(request.POST["resume"]), by=request.actor)
    except (NotFound, ValueError):
        messages.info(request, _("That pause has ended already."))
    else:
        messages.success(request, _("The pause has ended."))
    return redirect("contacts:pauses", code=found.code)


def _pauses_page(request: HttpRequest, found: Authority, form: Form, *, status: int = 200) -> HttpResponse:
    now = clock.now()
    context = {
        "authority": found,
        "form": form,
        "pauses": [PauseTold.of(one, now) for one in standing_pauses(found.code, now)],
        "leads": _leads(request, found),
    }
    return render(request, "contacts/pauses.html", context, status=status)


def _leads(request: HttpRequest, found: Authority) -> bool:
    return request.actor.role == Role.LEAD and request.actor.authority == found.code


def _authority(code: str) -> Authority:
    found = Authority.objects.filter(pk=code).first()
    if found is None:
        raise Http404
    return found
