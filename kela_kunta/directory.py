"""The API's calls about municipalities: the directory knows no API clients, so its calls are made here."""

from __future__ import annotations

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ApiView
from contacts import api, queries
from kela_kunta.base import clock
from kela_kunta.base.problems import NotFound

READ = ("directory:read",)


class Municipalities(ApiView):
    """Municipalities by name."""

    scopes: ClassVar = {"GET": READ}
    parameters: ClassVar = {"GET": api.SearchParameters}
    answered: ClassVar = {"GET": {200: api.SearchAnswer}}

    def get(self, request: Request) -> Response:
        """Those that `q` may mean, best match first; all in force today without it."""
        return Response(api.found(self.asked.get("q")))


class OneMunicipality(ApiView):
    """A municipality, and who serves it."""

    scopes: ClassVar = {"GET": READ}
    parameters: ClassVar = {"GET": api.DayParameters}
    answered: ClassVar = {"GET": {200: api.DescribedAnswer}}

    def get(self, request: Request, code: str) -> Response:
        """Who serves it on a day."""
        municipality = queries.municipality(code)
        if municipality is None:
            raise NotFound
        return Response(api.described(municipality, self.asked.get("on") or clock.today()))
