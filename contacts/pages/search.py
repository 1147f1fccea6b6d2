"""The directory's front page: find a municipality, and whom to reach there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.pages import for_roles
from contacts.queries import search_municipalities

READERS = ("handler", "supervisor", "editor", "analyst", "worker", "lead", "directory")


@for_roles(*READERS)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`?q=` is what to look for."""
    text = request.GET.get("q", "").strip()
    return render(request, "contacts/search.html", {"text": text, "hits": search_municipalities(text)})
