"""Whoever is logged in acts for the whole request, the page's rendering included."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from kela_kunta.base.actor import acting
from kela_kunta.base.middleware import API


class ActingMiddleware:
    """Sets `request.actor` (None for nobody) and runs the view as that person, in one transaction.

    When the view failed (500), nothing of what it wrote stays. No browser or proxy keeps
    what was answered.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = request.user.actor if request.user.is_authenticated else None
        if request.actor is None:
            return self.get_response(request)
        # A call of the API acts by its token, whoever is logged in beside it.
        run = self.get_response if request.path_info.startswith(API) else self._run
        response = run(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _run(self, request: HttpRequest) -> HttpResponse:
        with acting(request.actor):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response
