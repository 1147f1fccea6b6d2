"""An authority's page: how it stands, whom to reach, what was agreed and which municipalities it serves; and its pauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from contacts.bodies import PauseBody
from contacts.models import Authority, Pause
from contacts.pages import practices
from contacts.pages.municipality import asked_day, groups_of, names_of
from contacts.pages.search import READERS
from contacts.pages.telling import PauseTold
from contacts.queries import types_of
from contacts.queries.entries import (
    area_contacts,
    by_topic,
    ended_pauses,
    served_by,
    standing_pauses,
    versions_of,
)
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from kela_kunta.base.forms import Form
from kela_kunta.base.problems import Invalid, NotFound
from referrals import queries
from referrals.pages.reaching import usual_text, waiting_text
from referrals.rules.lifecycle import SENDERS
from referrals.types import TYPES

SHOWN_ENDED = 5


@dataclass(frozen=True, slots=True)
class Reception:
    """How an authority receives what it serves in: `type` is a label; words are "" where they are not for who looks."""

    type: str
    paused: bool
    waiting: str = ""
    noted: str = ""
    begun: str = ""


@for_roles(*READERS)
@require_safe
def authority_page(request: HttpRequest, code: str) -> HttpResponse:
    """`?on=` is the day whose practices and municipalities are told; today without it."""
    found = _authority(code)
    on, wrong = asked_day(request)
    now = clock.now()
    versions = versions_of([found.code])
    in_force = sorted((row for row in versions if row.agreed and on in row.valid), key=by_topic)
    agreed, others = practices.told(in_force, versions, on=on, now=now)
    standing = standing_pauses(found.code, now)
    context = {
        "authority": found,
        "names": names_of(found),
        "on": on,
        "wrong": wrong,
        "is_today": on == clock.today(),
        "pauses": [PauseTold.of(one, now) for one in standing],
        "receptions": _receptions(found, standing, request.actor),
        "groups": groups_of(area_contacts(found.code), now),
        "practices": agreed,
        "versions": others,
        "served": served_by(found.code, on),
        "leads": _leads(request, found),
    }
    return render(request, "contacts/authority.html", context, status=422 if wrong else 200)


def _receptions(found: Authority, standing: Sequence[Pause], by: Actor) -> list[Reception]:
    """How it stands now, type by type; what waits and how fast it is only for who sends or belongs there."""
    now = clock.now()
    paused = {pause.type for pause in standing if pause.valid.lower <= now}
    served = types_of(found.code, clock.today())
    types = [type for type in TYPES if type in served]
    told = by.role in SENDERS or by.authority == found.code
    return [_reception(found.code, type, bool(paused & {"", type}), by if told else None) for type in types]


def _reception(code: str, type: str, paused: bool, by: Actor | None) -> Reception:
    label = str(TYPES[type].short_label)
    if by is None:
        return Reception(label, paused)
    pace = queries.pace(code, type, by=by)
    return Reception(
        label,
        paused,
        waiting_text(queries.waiting(code, type, by=by)),
        usual_text(pace.until_noted) if pace else "",
        usual_text(pace.until_begun) if pace else "",
    )


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
        "ended": [PauseTold.of(one, now) for one in ended_pauses(found.code, now, most=SHOWN_ENDED)],
        "leads": _leads(request, found),
    }
    return render(request, "contacts/pauses.html", context, status=status)


def _leads(request: HttpRequest, found: Authority) -> bool:
    return request.actor.role == Role.LEAD and request.actor.authority == found.code


def _authority(code: str) -> Authority:
    found = Authority.objects.filter(pk=code.replace("\x00", "")).first()
    if found is None:
        raise Http404
    return found
