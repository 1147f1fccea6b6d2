"""What every call of the REST API has in common: who calls, with which scope, in strict JSON, told in problem details."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, ClassVar, NoReturn, cast
from urllib.parse import unquote_plus

from allauth.core import ratelimit
from django.conf import settings
from django.db import DataError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from oauth2_provider.models import get_access_token_model
from oauth2_provider.views import TokenView as ToolkitTokenView
from rest_framework import exceptions, serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.models import ApiClient
from accounts.scopes import scopes_of
from accounts.ways import call_of, require_way
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.limits import Limit, Taken, household_of, take
from kela_kunta.base.problems import (
    BadParameters,
    BadToken,
    CertificateWrong,
    FieldError,
    MethodNotAllowed,
    NotAuthenticated,
    NotFound,
    NotJson,
    Problem,
    ScopeMissing,
    TooMany,
    problem_for,
)

logger = logging.getLogger(__name__)

_BEARER = re.compile(r"(?i:bearer) +([A-Za-z0-9._~+/=-]+)")
REALM = "kela_kunta"
DEEPEST = 50  # objects and lists in each other; a referral has 6


class TokenView(ToolkitTokenView):
    """Gives access tokens for client credentials, and for nothing else (RFC 6749, section 4.4).

    Who fails too often is not listened to for a while: comparing a secret is slow work.
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        taken = self._take(request)
        headers = taken.headers if taken else {}
        if taken and taken.wait:
            return _come_later(headers)
        # Kept in PostgreSQL: guessing stays slow without Redis too.
        if not ratelimit.consume(request, action="token_failed", dry_run=True):
            return _come_later(headers | {"Retry-After": "60"})
        response = self._token(request)
        for name, value in headers.items():
            response.headers[name] = value
        return response

    def _take(self, request: HttpRequest) -> Taken | None:
        """Count the asking, of the address and of the client at it: one behind a shared address never stops another."""
        address = household_of(request)
        taken = take(Limit("tokens-of-address", settings.API_CALLS_PER_MINUTE), address)
        for client in _claimed_clients(request):
            if taken is None or taken.wait:
                break
            taken = take(Limit("tokens", settings.TOKENS_PER_MINUTE), f"{client} {address}")
        return taken

    def _token(self, request: HttpRequest) -> HttpResponse:
        try:
            with transaction.atomic():
                response = cast(HttpResponse, self.authorization_flow_token_response(request))
        except DataError:  # a text that PostgreSQL cannot hold, such as one with a NUL
            return JsonResponse({"error": "invalid_request"}, status=400)
        if response.status_code == 401:
            ratelimit.consume(request, action="token_failed")
        return response


def _come_later(headers: Mapping[str, str]) -> HttpResponse:
    return JsonResponse({"error": "temporarily_unavailable"}, status=429, headers=headers)


def _claimed_clients(request: HttpRequest) -> list[str]:
    """The ids of the clients that somebody says to be, by HTTP Basic and in the body: either may be proven."""
    claimed = {str(request.POST.get("client_id", ""))}
    scheme, _space, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        with suppress(ValueError):
            claimed.add(unquote_plus(base64.b64decode(encoded).decode().partition(":")[0]))
    return sorted(claimed - {""}) or [""]


class BearerAuthentication(BaseAuthentication):
    """The API client that the access token in `Authorization` was given to, and the scopes it has now."""

    def authenticate(self, request: Request) -> tuple[Actor, frozenset[str]]:
        """The client's actor, and the token's scopes that the client may still have.

        Raises:
            NotAuthenticated: no token.
            BadToken: an unknown or expired one.
            CertificateWrong, XRoadClientWrong: the client is bound to another way.
        """
        header = request.headers.get("Authorization", "")
        if not header.lower().startswith("bearer"):
            raise NotAuthenticated
        found = _BEARER.fullmatch(header.strip())
        token = _token(found[1]) if found else None
        if token is None:
            raise BadToken
        client = cast(ApiClient, token.application)
        require_way(client, request)
        return replace(client.actor, call=call_of(request)), frozenset(token.scope.split()) & frozenset(
            scopes_of(client)
        )


def _token(text: str) -> Any:
    """The stored access token, if it is still valid; PostgreSQL keeps only its checksum."""
    checksum = hashlib.sha256(text.encode()).hexdigest()
    token = get_access_token_model().objects.select_related("application").filter(token_checksum=checksum).first()
    return token if token and token.application and token.is_valid() else None


class StrictJson(BaseParser):
    """JSON as RFC 8259 has it, in UTF-8, with every name once in an object and no number beyond all bounds."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """The body.

        Raises:
            NotJson: it is something else; nothing of it is repeated in the answer.
        """
        try:
            body = json.loads(
                stream.read().decode(),
                object_pairs_hook=_object,
                parse_constant=_refuse,
                parse_float=_finite,
            )
        except (ValueError, RecursionError) as error:
            raise NotJson(_place(error)) from error
        if _is_deeper(body, DEEPEST):
            raise NotJson(_("It is nested too deeply."))
        return body


class _Repeated(ValueError):
    """A name stands twice in one object: readers would differ in what was sent."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Repeated
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError


def _finite(number: str) -> float:
    value = float(number)
    if value in (float("inf"), float("-inf")):
        raise ValueError
    return value


def _is_deeper(value: Any, limit: int) -> bool:
    """Whether objects and lists stand in each other more than `limit` times: what walks them afterwards may recurse."""
    level = [value]
    for _depth in range(limit + 1):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return bool(level)


def _place(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return _("It breaks off at line %(line)s, column %(column)s.") % {"line": error.lineno, "column": error.colno}
    return _("A name stands twice in one object.") if isinstance(error, _Repeated) else ""


class ApiView(APIView):
    """A call of the API. The client acts for its whole length, in one transaction, the answer's making included.

    `scopes` tells by method which scopes reach to it, one of which is enough; `parameters`
    by method which serializer reads what stands behind the `?` of the address.

    For its readers `told` describes by method what is sent, `answered` what comes back (a
    serializer by status, or by status and media types), `headers_told` the headers, and
    `problems` those of its own.
    """

    authentication_classes = [BearerAuthentication]
    parser_classes = [StrictJson]
    http_method_names = ["get", "head", "post", "delete"]
    scopes: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    parameters: ClassVar[Mapping[str, type[serializers.Serializer[Any]]]] = {}

    told: ClassVar[Mapping[str, Any]] = {}
    answered: ClassVar[Mapping[str, Mapping[Any, Any]]] = {}
    headers_told: ClassVar[Mapping[str, Sequence[OpenApiParameter]]] = {}
    problems: ClassVar[Mapping[str, Sequence[type[Problem]]]] = {}

    taken: Taken | None = None  # what the call has left of its limit

    # An address without its last slash is unknown: a redirect would lose what was posted.
    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        view = super().as_view(**initkwargs)
        view.should_append_slash = False  # type: ignore[attr-defined]
        return view

    @property
    def by(self) -> Actor:
        """Who calls."""
        return cast(Actor, self.request.user)

    def perform_authentication(self, request: Request) -> None:
        """Find out who calls, and count the call: of the client, or of the address when it is nobody.

        Raises:
            TooMany: more than the limit.
        """
        try:
            super().perform_authentication(request)
        except Problem:
            self._take("strangers", household_of(request))
            raise
        self._take("calls", self.by.id)

    def _take(self, limit: str, who: str) -> None:
        self.taken = take(Limit(limit, settings.API_CALLS_PER_MINUTE), who)
        if self.taken and self.taken.wait:
            raise TooMany

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.args, self.kwargs = args, kwargs
        self.headers = self.default_response_headers
        self.request = self.initialize_request(request, *args, **kwargs)
        try:
            self.initial(self.request, *args, **kwargs)
            response = self._answer(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - DRF tells what it knows and raises the rest again
            response = self.handle_exception(error)
        self.response = self.finalize_response(self.request, response, *args, **kwargs)  # type: ignore[arg-type]
        for name, value in (self.taken.headers if self.taken else {}).items():
            self.response.headers[name] = value
        patch_cache_control(self.response, no_store=True)
        self._log()
        return self.response

    def _log(self) -> None:
        """Tell by which X-Road-Id a call came, so that both sides find it."""
        by = getattr(self.request, "_user", None)  # nobody, when the call was refused before
        if by and by.call:
            name = self.request.resolver_match.view_name if self.request.resolver_match else "-"
            logger.info(
                "X-Road-Id %s: %s %s %s %s", by.call, by.id, self.request.method, name, self.response.status_code
            )

    def _answer(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Run the method as the client; whatever it raises undoes all that it did."""
        if self.request.method not in self.allowed_methods:
            raise MethodNotAllowed
        self._require_scope()
        self.asked = self._read_parameters()
        with acting(self.by):
            method = getattr(self, cast(str, self.request.method).lower())
            return cast(HttpResponseBase, method(self.request, *args, **kwargs))

    @property
    def _method(self) -> str:
        return "GET" if self.request.method == "HEAD" else cast(str, self.request.method)

    def _require_scope(self) -> None:
        wanted = self.scopes[self._method]
        if not self.request.auth & frozenset(wanted):  # type: ignore[operator]
            raise ScopeMissing(_("It needs %(scopes)s.") % {"scopes": _(" or ").join(wanted)})

    def _read_parameters(self) -> dict[str, Any]:
        """What the address asks for.

        Raises:
            BadParameters: an unknown name, one given twice, or a value that cannot be understood.
        """
        given = self.request.query_params
        reader = self.parameters.get(self._method, serializers.Serializer)(data=given.dict())
        errors = [
            _fault(name, "unknown_parameter", _("There is no such parameter."))
            for name in given
            if name not in reader.fields
        ]
        errors += [_fault(name, "repeated", _("Give it once.")) for name in given if len(given.getlist(name)) > 1]
        if not reader.is_valid():
            errors += [_fault(name, fault.code, fault) for name, faults in reader.errors.items() for fault in faults]
        if errors:
            raise BadParameters(errors=errors)
        return dict(reader.validated_data)


def _fault(parameter: str, code: str, detail: str) -> FieldError:
    shown = "".join(mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in parameter[:60])
    return FieldError(f"?{shown}", code, detail)


def problem_response(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """Problem details for whatever a call raised; None leaves the unexpected to be logged, and told as our fault."""
    problem = _problem(error)
    if problem is None:
        return None
    response = problem.response()
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = f'Bearer realm="{REALM}"' + (
            ', error="invalid_token"' if isinstance(problem, BadToken | CertificateWrong) else ""
        )
    elif isinstance(problem, ScopeMissing):
        response.headers["WWW-Authenticate"] = f'Bearer realm="{REALM}", error="insufficient_scope"'
    elif isinstance(problem, MethodNotAllowed) and (view := context.get("view")):
        response.headers["Allow"] = ", ".join(view.allowed_methods)
    return response


def _problem(error: Exception) -> Problem | None:
    if isinstance(error, Problem):
        return error
    if isinstance(error, Http404):
        return NotFound()
    return problem_for(error.status_code) if isinstance(error, exceptions.APIException) else None
