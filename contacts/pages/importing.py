"""A file into the directory: chosen, previewed, confirmed, and taken back if need be."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.pages import for_roles
from contacts.actions import importing
from contacts.actions.keeping import may_keep
from contacts.exchange.planning import Plan, plan_file
from contacts.models import Authority, LocalPractice
from contacts.pages import previews
from contacts.queries.entries import KELA, KINDS
from contacts.queries.imports import import_of, imports_of
from kela_kunta.base.actor import Actor
from kela_kunta.base.problems import NotAllowed, NotFound, Problem

IMPORTERS = ("directory", "lead", "editor")
KIND_LABELS = (
    ("contact", _("Contacts")),
    ("service_point", _("Service points")),
    ("local_practice", _("Local practices")),
)


class ImportForm(forms.Form):
    """Which file, and what it is to become. Kela's editor says whose entries: practices may be any authority's."""

    kind = forms.ChoiceField(label=_("What stands in the table"), choices=KIND_LABELS, widget=forms.RadioSelect)
    owner = forms.ChoiceField(label=_("Whose they are"))
    file = forms.FileField(
        label=_("File"),
        help_text=_("A table as CSV or Excel (.xlsx), or JSON of the Suomi.fi service catalogue; at most 10 MB."),
        allow_empty_file=True,
    )
    whole = forms.BooleanField(
        label=_("What is not in the table is removed"),
        help_text=_("Otherwise it stays as it is. A file of the service catalogue is always taken as a whole."),
        required=False,
    )

    def __init__(self, *args: Any, by: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        if by.role == "editor":
            owners = sorted(Authority.objects.all(), key=lambda owner: (owner.code != KELA, owner.name))
            self.fields["owner"].choices = [(owner.code, owner.name) for owner in owners]
        else:
            del self.fields["owner"]

    def whose(self) -> str:
        """The code of the authority whose entries they become."""
        return self.cleaned_data.get("owner") or self.by.authority


@for_roles(*IMPORTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    """The form; with a file its preview, or all that is wrong in it; confirmed, the import."""
    if request.method != "POST":
        return _form_page(request, ImportForm(by=request.actor, initial={"kind": "contact", "owner": KELA}))
    if request.POST.get("step") == "import":
        return _import(request)
    form = ImportForm(request.POST, request.FILES, by=request.actor)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    kind, whole = form.cleaned_data["kind"], form.cleaned_data["whole"]
    if not may_keep(request.actor, form.whose(), KINDS[kind]):
        return _refused(request, form, NotAllowed(_("For other authorities Kela brings local practices only.")))
    content = form.cleaned_data["file"].read()
    try:
        plan = plan_file(content, kind=kind, owner=form.whose(), whole=whole)
        if plan.troubles:
            return _form_page(request, form, status=422, troubles=plan.troubles)
        upload = importing.keep_upload(content, kind=kind, owner=form.whose(), whole=whole, by=request.actor)
    except Problem as problem:
        return _refused(request, form, problem)
    return _preview_page(request, upload.pk, plan)


@for_roles(*IMPORTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def imported(request: HttpRequest, batch: UUID) -> HttpResponse:
    """What an import did, and the button that takes it back."""
    problem = None
    if request.method == "POST":
        try:
            undone = importing.undo_import(batch, by=request.actor)
        except NotFound as error:
            raise Http404 from error
        except Problem as error:
            problem = error
        else:
            messages.success(request, _undone_sentence(undone))
            return redirect("contacts:imported", batch)
    try:
        found = import_of(batch)
    except NotFound as error:
        raise Http404 from error
    return render(
        request,
        "contacts/imported.html",
        {
            "found": found,
            "owner": Authority.objects.get(pk=found.owner),
            "may_undo": found.standing
            and all(may_keep(request.actor, found.owner, KINDS[kind]) for kind in found.kinds),
            "problem": problem,
        },
        status=problem.status if problem else 200,
    )


def _import(request: HttpRequest) -> HttpResponse:
    id = _uuid(request.POST.get("upload", ""))
    try:
        done = importing.import_upload(id, digest=request.POST.get("digest", ""), by=request.actor)
    except importing.PlanChanged as problem:
        upload, plan = importing.plan_upload(id, by=request.actor)
        if not plan.troubles:
            return _preview_page(request, upload.pk, plan, problem=problem)
        form = ImportForm(
            by=request.actor, initial={"kind": upload.kind, "owner": upload.owner_id, "whole": upload.whole}
        )
        return _form_page(request, form, status=422, troubles=plan.troubles)
    except Problem as problem:
        return _form_page(request, ImportForm(by=request.actor), status=problem.status, problem=problem)
    messages.success(request, _("The file has been imported."))
    return redirect("contacts:imported", done.batch)


def _refused(request: HttpRequest, form: ImportForm, problem: Problem) -> HttpResponse:
    form.add_error(
        "owner" if "owner" in form.fields and problem.status == 403 else "file", str(problem.detail or problem.title)
    )
    return _form_page(request, form, status=problem.status)


def _form_page(
    request: HttpRequest,
    form: ImportForm,
    *,
    status: int = 200,
    troubles: previews.Troubles = (),
    problem: Problem | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "troubles": troubles[: previews.MOST_SHOWN],
        "troubles_count": len(troubles),
        "rows_count": len({trouble.row for trouble in troubles}),
        "problem": problem,
        "kinds": KIND_LABELS,
        "own": request.actor.authority,
        "earlier": imports_of(request.actor.authority),
    }
    return render(request, "contacts/import.html", context, status=status)


def _preview_page(request: HttpRequest, upload: UUID, plan: Plan, *, problem: Problem | None = None) -> HttpResponse:
    context = previews.preview(plan) | {
        "upload": upload,
        "owner": Authority.objects.get(pk=plan.owner),
        "problem": problem,
        "agreed_by_one": LocalPractice in plan.models and bool(plan.additions or plan.changes),
    }
    return render(request, "contacts/import_preview.html", context, status=problem.status if problem else 200)


def _undone_sentence(undone: importing.Undone) -> str:
    sentence = ngettext("{n} entry is as it was before.", "{n} entries are as they were before.", undone.undone)
    if undone.stayed:
        sentence += " " + ngettext(
            "{m} has been changed since, and stays.", "{m} have been changed since, and stay.", undone.stayed
        )
    return sentence.format(n=undone.undone, m=undone.stayed)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
