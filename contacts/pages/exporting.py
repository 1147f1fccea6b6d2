"""The directory as a file to keep."""

from __future__ import annotations

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.pages import for_roles
from contacts.exchange.exporting import TYPES, export, file_name
from contacts.models import Authority
from contacts.pages.importing import KIND_LABELS

READERS = ("handler", "supervisor", "editor", "analyst", "worker", "lead", "directory")


class ExportForm(forms.Form):
    """What stands behind the `?`; no owner is all of them."""

    format = forms.ChoiceField(choices=[(format, format) for format in TYPES])
    kind = forms.ChoiceField(choices=KIND_LABELS, required=False)
    owner = forms.ModelChoiceField(Authority.objects.all(), required=False)


@for_roles(*READERS)
@require_safe
def export_file(request: HttpRequest) -> HttpResponse:
    """`?format=csv|xlsx|hsds`, `kind` (contact by default) and `owner` (all by default)."""
    wanted = ExportForm(request.GET)
    if not wanted.is_valid():
        raise BadRequest
    format = wanted.cleaned_data["format"]
    what = {
        "kind": wanted.cleaned_data["kind"] or "contact",
        "owner": wanted.cleaned_data["owner"].pk if wanted.cleaned_data["owner"] else "",
    }
    response = HttpResponse(export(format, **what), content_type=TYPES[format])
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(format, **what)}"'
    return response
