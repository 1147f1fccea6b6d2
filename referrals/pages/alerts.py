"""Kela's view of the detection: who is coming, what waits, lacks a fact or went on, and the runs and imports with their
recall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions.looking import log_look
from accounts.models import Look
from accounts.pages import for_roles
from contacts.queries import municipalities_on, register
from contacts.rules.register import Register
from kela_kunta.base import clock
from kela_kunta.base.problems import NotFound, Problem, Text
from referrals import wording
from referrals.actions.recalling import Recalled, preview_recall, recall
from referrals.actions.releasing import why_refused
from referrals.models import Alert, AlertState, Recipient
from referrals.pages.filters import KELA
from referrals.queries import found
from referrals.rules.ages import age_on
from referrals.rules.lifecycle import SUPERVISOR
from referrals.rules.months import add_months, month_of, month_text, months_between, span_text
from referrals.types import TYPES
from referrals.types.base import ReferralType

ON_A_PAGE = 50
SHOWN_MONTHS = 12
VIEWS: dict[str, tuple[Any, Any]] = {
    AlertState.COMING: (
        gettext_lazy("Reach the limit soon"),
        gettext_lazy(
            "Whoever goes on as in the last month told reaches the limit this month or next: time to be in touch early."
        ),
    ),
    AlertState.WAITING: (
        gettext_lazy("Wait to be sent"),
        gettext_lazy("More than the receiver can take at once leave in lots, each Monday, the oldest first."),
    ),
    AlertState.LACKING: (
        gettext_lazy("Lack a fact"),
        gettext_lazy(
            "There would be an alert if a fact that nobody has told were right. A corrected month is looked at the next night."
        ),
    ),
    "refused": (
        gettext_lazy("Could not be sent"),
        gettext_lazy(
            "What the client's data lack stands beside each. Send it by hand, or have it corrected: then it is looked at the next night."
        ),
    ),
    "after": (
        gettext_lazy("Still on assistance"),
        gettext_lazy("Of those alerted in a month, who still had assistance in the fourth month after."),
    ),
    "runs": (
        gettext_lazy("Searches"),
        gettext_lazy(
            "Every night those are looked at whose months have changed. What was missed one night is found the next."
        ),
    ),
    "imports": (
        gettext_lazy("Imports of months"),
        gettext_lazy("What the payment system or a table told at once. One that was wrong can be recalled whole."),
    ),
}
LISTS = {"runs": found.runs, "imports": found.imports}


@dataclass(frozen=True, slots=True)
class Line:
    """One person in a list. A protected person's name and place do not stand in lists."""

    name: str
    about: str
    kind: ReferralType
    months: str
    release_on: date | None
    lacks: str
    referral: UUID | None

    @classmethod
    def of(
        cls, person: Recipient, kind: ReferralType, months: str, *, today: date, names: Register, **more: Any
    ) -> Line:
        about = [_("%(age)s y") % {"age": age_on(person.birth_date, today)}]
        if person.home_municipality_id:
            about.append(wording.municipality_name(person.home_municipality_id, names))
        return cls(
            name=_("Protected person") if person.non_disclosure else person.full_name,
            about="" if person.non_disclosure else " · ".join(about),
            kind=kind,
            months=months,
            **{"release_on": None, "lacks": "", "referral": None} | more,
        )


class FilterForm(forms.Form):
    """What is not one of the choices is as if it were not there."""

    type = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")
        kinds = [(kind.code, kind.short_label) for kind in TYPES.values() if kind.is_alert]
        places = [(row.code, row.name) for row in municipalities_on(clock.today())]
        self.fields["type"].choices = [("", _("All")), *kinds]
        self.fields["municipality"].choices = [("", _("All")), *places]
        self.is_valid()


@for_roles(*KELA)
@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """`?view=` is one of VIEWS; `?type=` and `?municipality=` narrow it, `?sent=` is the month of "after"."""
    view = request.GET.get("view", "")
    view = view if view in VIEWS else AlertState.COMING.value
    label, sentence = VIEWS[view]
    context: dict[str, Any] = {
        "view": view,
        "label": label,
        "sentence": sentence,
        "views": [(name, label) for name, (label, _sentence) in VIEWS.items()],
    }
    if view in LISTS:
        context["page"] = Paginator(LISTS[view](), ON_A_PAGE).get_page(request.GET.get("page"))
    elif view == "after":
        context |= _after(request)
    else:
        context |= _listed(request, view)
    return render(request, "referrals/alerts.html", context)


def _listed(request: HttpRequest, view: str) -> dict[str, Any]:
    form, today, names = FilterForm(request.GET), clock.today(), register()
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    listed = found.refused(**wanted) if view == "refused" else found.listed(view, today=today, **wanted)
    page = Paginator(listed, ON_A_PAGE).get_page(request.GET.get("page"))
    _log(request, view, [alert.recipient_id for alert in page])
    lacks = why_refused(list(page), today) if view == "refused" else {alert.pk: _unknown(alert) for alert in page}
    return {"form": form, "page": page, "lines": [_line(alert, lacks, today, names) for alert in page]}


def _unknown(alert: Alert) -> list[Text]:
    return [wording.label(wording.UNKNOWN_FACTS, fact) for fact in alert.lacks]


def _line(alert: Alert, lacks: Mapping[UUID, list[Text]], today: date, names: Register) -> Line:
    return Line.of(
        alert.recipient,
        TYPES[alert.type],
        _months(alert.first_month, alert.last_month),
        today=today,
        names=names,
        release_on=alert.release_on,
        lacks=", ".join(map(str, lacks.get(alert.pk, []))),
    )


def _months(first: date, last: date) -> str:
    count = months_between(first, last)
    return ngettext("%(count)s month: %(months)s", "%(count)s months: %(months)s", count) % {
        "count": count,
        "months": span_text(first, last),
    }


def _after(request: HttpRequest) -> dict[str, Any]:
    today, names = clock.today(), register()
    last = add_months(month_of(today), -found.MONTHS_AFTER)
    months = [add_months(last, -place) for place in range(SHOWN_MONTHS)]
    chosen = next((month for month in months if f"{month:%Y-%m}" == request.GET.get("sent")), last)
    stayed = found.stayed_on(chosen)
    page = Paginator(stayed.still, ON_A_PAGE).get_page(request.GET.get("page"))
    people = found.people_of([recipient for recipient, _referral, _type in page])
    _log(request, "after", list(people))
    then = month_text(add_months(chosen, found.MONTHS_AFTER))
    return {
        "months": [(f"{month:%Y-%m}", month_text(month)) for month in months],
        "chosen": f"{chosen:%Y-%m}",
        "stayed": stayed,
        "then": then,
        "page": page,
        "lines": [
            Line.of(people[recipient], TYPES[type], then, today=today, names=names, referral=referral)
            for recipient, referral, type in page
            if recipient in people
        ],
    }


def _log(request: HttpRequest, view: str, recipients: Sequence[UUID]) -> None:
    """Those shown have no referral yet, or more than one: the log knows them by who has had assistance."""
    log_look(request.actor, Look.LIST, referrals=recipients, about={"view": f"alerts/{view}"})


@for_roles(*KELA)
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """One run: its numbers and, for a supervisor, what a recall would do, and the recall itself."""
    row = found.runs().filter(pk=run_id).first()
    done = _("The run is recalled. What nobody works on is being withdrawn.")
    return _recallable(request, row, "referrals/alert_run.html", done)


@for_roles(*KELA)
@require_http_methods(["GET", "HEAD", "POST"])
def months_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """One import of months: its numbers and, for a supervisor, what a recall would do, and the recall itself."""
    row = found.imports().filter(pk=import_id).first()
    done = _("The import is recalled. What nobody works on is being withdrawn.")
    return _recallable(request, row, "referrals/alert_import.html", done)


def _recallable(request: HttpRequest, row: Recalled | None, template: str, done: str) -> HttpResponse:
    if row is None:
        raise Http404
    supervises = request.actor.role == SUPERVISOR
    problem, text = "", request.POST.get("text", "")
    if request.method == "POST":
        try:
            recall(type(row), row.pk, by=request.actor, text=text)
            messages.success(request, done)
            return redirect(request.path)
        except NotFound as error:
            raise Http404 from error
        except Problem as refused:
            problem = str(refused.errors[0].detail if refused.errors else refused.detail or refused.title)
    preview = preview_recall(type(row), row.pk, by=request.actor) if supervises and not row.recalled_at else None
    context = {
        "row": row,
        "recall": preview,
        "in_work": _named(preview.in_work.items(), register()) if preview else [],
        "problem": problem,
        "text": text,
    }
    return render(request, template, context, status=422 if problem else 200)


def _named(counts: Iterable[tuple[str, int]], names: Register) -> list[tuple[str, int]]:
    return sorted((wording.authority_name(code, names), count) for code, count in counts)
