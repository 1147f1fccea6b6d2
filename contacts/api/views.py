"""The API's calls about municipalities and authorities."""

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
    """A municipality: who serves it, and how to reach whom."""

    scopes: ClassVar = {"GET": READ}
    parameters: ClassVar = {"GET": answers.DayParameters}
    answered: ClassVar = {"GET": {200: answers.DescribedAnswer}}

    def get(self, request: Request, code: str) -> Response:
        """Who serves it on a day and how each works, contacts, service points and local practices."""
        municipality = queries.municipality(code)
        if municipality is None:
            raise NotFound
        return Response(answers.described(municipality, self.asked.get("on") or clock.today()))


class OneAuthority(ApiView):
    """An authority: how it works now, and how to reach it."""

    scopes: ClassVar = {"GET": READ}
    answered: ClassVar = {"GET": {200: answers.OneAuthorityAnswer}}

    def get(self, request: Request, code: str) -> Response:
        """Whether it is open or paused in each type that it serves, how much waits there, and its contacts."""
        authority = queries.authority(code)
        if authority is None:
            raise NotFound
        return Response(answers.one_authority(authority, by=self.by))
