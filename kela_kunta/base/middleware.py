"""What surrounds every request: no body is too large, and the API tells every error in one shape."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.http import HttpRequest, UnreadablePostError
from django.http.response import HttpResponseBase
from django.shortcuts import render

from kela_kunta.base.problems import MEDIA_TYPE, BadRequest, LengthRequired, Problem, TooLarge, problem_for

LARGEST_BODY = 10 * 1024 * 1024  # bytes
LARGEST_FORM = 12 * 1024 * 1024  # a text of 10 MB still reaches its field, which tells how long it may be
LARGEST_THROWN_AWAY = 10 * LARGEST_BODY
API = "/api/"

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class BodyLimit:
    """Refuses a body over 10 MB (a page's form: 12 MB) before anything keeps it, and one that does not tell its length.

    What a refusal leaves unread is read and thrown away: else the server closes the line
    while the caller still sends, who then sees a broken line instead of the reason.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        problem = _too_large(request)
        if problem is None:
            response = self.get_response(request)
        elif request.path_info.startswith(API):
            response = problem.response()
        else:
            response = render(request, "refused.html", {"problem": problem}, status=problem.status)
        if response.status_code >= 400:
            _throw_away_the_rest(request)
        return response


def _throw_away_the_rest(request: HttpRequest) -> None:
    length = _length(request.META.get("CONTENT_LENGTH") or "")
    if length is None or length > LARGEST_THROWN_AWAY:
        return
    with suppress(UnreadablePostError):  # the caller has gone
        while request.read(64 * 1024):
            pass


def _too_large(request: HttpRequest) -> Problem | None:
    told = request.META.get("CONTENT_LENGTH") or ""
    if not told:
        return LengthRequired() if request.META.get("HTTP_TRANSFER_ENCODING") else None
    length = _length(told)
    if length is None:
        return BadRequest()
    largest = LARGEST_BODY if request.path_info.startswith(API) else LARGEST_FORM
    return TooLarge() if length > largest else None


def _length(told: str) -> int | None:
    """The number of bytes as told, those beyond all measure cut short; None for what is no number."""
    return int(told[:15]) if told.isascii() and told.isdigit() else None


class ApiProblems:
    """Makes problem details (RFC 9457) of every error under /api/ that is none yet, wherever it came from.

    An unknown address, a wrong host or a failure never reaches a view of the API.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        told = response.headers.get("Content-Type") == MEDIA_TYPE
        if response.status_code < 400 or told or not request.path_info.startswith(API):
            return response
        problem = problem_for(response.status_code).response()
        for name in ("Allow", "Content-Language", "Retry-After", "Vary", "WWW-Authenticate"):
            if name in response.headers:
                problem.headers[name] = response.headers[name]
        return problem
