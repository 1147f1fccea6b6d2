"""What every call of the PxWeb API has around it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kela_kunta.base.limits import Limit, household_of, take
from kela_kunta.base.problems import TooMany
from stats.pxweb.problems import NoLanguage, Refused

FRESH = 300  # seconds for which an answer may be kept
Call = Callable[..., HttpResponse]
Statuses = dict[type[Refused], int]


def open_to_all(
    *methods: str, language: Callable[..., str | None], statuses: Statuses | None = None
) -> Callable[[Call], Call]:
    """A call that anybody may make, so many times a minute from one address. `language` finds which one the call asks
    for; `statuses` are those that are not the usual ones."""

    def made(call: Call) -> Call:
        @csrf_exempt
        @require_http_methods(["HEAD", *methods])
        @wraps(call)
        def around(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            taken = take(Limit("statistics", settings.STATISTICS_CALLS_PER_MINUTE), household_of(request))
            if taken and taken.wait:
                response: HttpResponse = TooMany().response()
            else:
                try:
                    asked = language_of(language(request, *args, **kwargs))
                    response = _answer(asked, call, request, *args, **kwargs)
                except Refused as refused:
                    response = refused.response((statuses or {}).get(type(refused)))
            for name, value in (taken.headers if taken else {}).items():
                response.headers[name] = value
            return response

        return around

    return made


def _answer(language: str, call: Call, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    with translation.override(language):
        response = call(request, *args, **kwargs)
    response.headers["Content-Language"] = language
    patch_cache_control(response, public=True, max_age=FRESH)
    return response


def language_of(asked: str | None) -> str:
    """The language that is asked for, Finnish when none is.

    Raises:
        NoLanguage
    """
    language = asked or settings.LANGUAGE_CODE
    if language not in dict(settings.LANGUAGES):
        raise NoLanguage(language)
    return language


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The question in the body of a call.

    Raises:
        Refused: it is no JSON object.
    """
    try:
        body = json.loads(request.body or b"{}")
    except (ValueError, RecursionError) as error:
        raise Refused("The body is not JSON.") from error
    if not isinstance(body, dict):
        raise Refused("The body is not a JSON object.")
    return body


def texts_of(value: Any, name: str) -> list[str]:
    """A list of texts within a body.

    Raises:
        Refused: it is none.
    """
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Refused(f"{name} is not a list of texts.")
    return value
