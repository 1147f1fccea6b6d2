"""What the figures mean."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.pages import for_roles
from referrals.types import TYPES
from stats.pages.reading import READERS
from stats.queries.inhabitants import YEARS
from stats.rules.disclosure import SMALL


@for_roles(*READERS)
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    context = {"types": TYPES.values(), "small": SMALL, "people_years": YEARS, "tools": _address()}
    return render(request, "stats/definitions.html", context)


def _address() -> str:
    """Where tools that read PxWeb find the same figures."""
    return settings.PUBLIC_URL + reverse("pxweb:v2-config").removesuffix("/config")
