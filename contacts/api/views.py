"""The API's calls about municipalities."""

from __future__ import annotations

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ApiView
from contacts import queries
from contacts.api import answers
from kela_kunta.base import clock
from kela_kunta.base.problems import NotFound

READ = ("directory:read",)


class Municipalities(ApiView):
    """Municipalities by name."""

    scopes: ClassVar = {"GET": READ}
    parameters: ClassVar = {"GET": answers.SearchParameters}
    answered: ClassVar = {"GET": {200: answers.SearchAnswer}}

    def get(self, request: Request) -> Response:
        """Those that `q` may mean, best match first; all in force today without it."""
        return Response(answers.found(self.asked.get("q")))


class OneMunicipality(ApiView):
    """A municipality, and who serves it."""

    scopes: ClassVar = {"GET": READ}
    parameters: ClassVar = {"GET": answers.DayParameters}
    answered: ClassVar = {"GET": {200: answers.DescribedAnswer}}

    def get(self, request: Request, code: str) -> Response:
        """Who serves it on a day."""
        municipality = queries.municipality(code)
        if municipality is None:
            raise NotFound
        return Response(answers.described(municipality, self.asked.get("on") or clock.today()))
