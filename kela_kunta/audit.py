"""The access log, for data protection."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts import queries
from accounts.actions.looking import log_look
from accounts.models import Look
from accounts.pages import for_roles
from kela_kunta.base import sealed
from kela_kunta.base.paging import BadCursor
from referrals.queries import referrals_of_person


class LogForm(forms.Form):
    """Which lines of the log."""

    actor = forms.CharField(label=_("Who looked"), required=False, max_length=200)
    look = forms.ChoiceField(label=_("How"), required=False, choices=[("", _("All")), *Look.choices])
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput({"type": "date"}))

    def wanted(self) -> queries.WantedLooks:
        """What of the form is right; the rest shows its error beside the field."""
        filters = {name: self.cleaned_data.get(name) for name in LogForm.base_fields}
        return queries.WantedLooks(**{name: value for name, value in filters.items() if value})


class PersonForm(LogForm):
    """Whose data was looked at; sent by POST, so that the code stays out of addresses and logs."""

    person = forms.CharField(
        label=_("Client's identity code"), max_length=11, widget=forms.TextInput({"autocomplete": "off"})
    )

    field_order = ["person"]


@for_roles("auditor")
def audit(request: HttpRequest) -> HttpResponse:
    form = LogForm(request.GET)
    form.is_valid()
    try:
        page = queries.looks(form.wanted(), cursor=request.GET.get("cursor"))
    except BadCursor:
        page = queries.looks(form.wanted())
    return render(request, "audit/log.html", {"form": form, "page": page, "person_form": PersonForm()})


@for_roles("auditor")
def person(request: HttpRequest) -> HttpResponse:
    """Who looked at one person's data."""
    form = PersonForm(request.POST or None)
    looks = None
    if form.is_valid():
        code = form.cleaned_data["person"].strip().upper()
        index = sealed.blind_index(code)
        looks = queries.looks_at_person(referrals_of_person(code), index, form.wanted())
        log_look(request.actor, Look.SEARCH, person_index=index, about={"view": "access_log"})
    return render(request, "audit/person.html", {"form": form, "looks": looks})
