"""What surrounds every request: no body is too large, and the API tells every error in one shape."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from kela_kunta.base.problems import MEDIA_TYPE, LengthRequired, Problem, TooLarge, problem_for

LARGEST_BODY = 10 * 1024 * 1024  # bytes
API = "/api/"

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class BodyLimit:
    """Refuses a body over 10 MB before anything reads it, and one that does not tell its length."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        problem = _too_large(request)
        if problem is None:
            return self.get_response(request)
        if request.path_info.startswith(API):
            return problem.response()
        return HttpResponse(str(problem.title), status=problem.status, content_type="text/plain; charset=utf-8")


def _too_large(request: HttpRequest) -> Problem | None:
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length:
        return LengthRequired() if request.META.get("HTTP_TRANSFER_ENCODING") else None
    if not length.isascii() or not length.isdigit():
        return Problem()
    return TooLarge() if len(length) > 12 or int(length) > LARGEST_BODY else None


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
