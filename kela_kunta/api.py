"""The root of the REST API: its calls, their description (OpenAPI 3.1), and the same for people."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import include, path, reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from kela_kunta import api_docs, api_links, api_problems


@cache
def description() -> dict[str, Any]:
    """The API as an OpenAPI document, in English: it is read by programs and those who write them."""
    with translation.override("en"):
        document: dict[str, Any] = SchemaGenerator(urlconf="kela_kunta.urls").get_schema(request=None, public=True)
        api_links.link(document)
        return document


@require_safe
def root(request: HttpRequest) -> JsonResponse:
    """Where the API is described."""
    return JsonResponse({"schema": reverse("api-schema"), "docs": reverse("api-docs")})


@require_safe
def schema(request: HttpRequest) -> JsonResponse:
    """The OpenAPI document."""
    return JsonResponse(description())


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The same for people."""
    document = description()
    return render(
        request,
        "api/docs.html",
        {
            "calls": api_docs.calls(document),
            "things": api_docs.things(document),
            "scopes": api_docs.scopes(document),
            "problems": api_docs.problems(api_problems.told()),
            "limit": settings.API_CALLS_PER_MINUTE,
            "site": settings.PUBLIC_URL,
        },
    )


urlpatterns = [
    path("", root, name="api-root"),
    path("schema/", schema, name="api-schema"),
    path("docs/", docs, name="api-docs"),
    path("contacts/", include("contacts.api.urls")),
    path("referrals/", include("referrals.api.urls")),
    path("stats/", include("stats.api.urls")),
    path("assistance-months/", include("referrals.api.assistance_urls")),
    path("test-data/", include("referrals.api.wiping_urls")),
    path("inbox/", include("referrals.api.inbox_urls")),
    path("", include("delivery.api.urls")),
]
