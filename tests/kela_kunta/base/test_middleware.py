"""What surrounds every request, on its own."""

from __future__ import annotations

import json

import pytest
from django.http import HttpResponse, JsonResponse
from django.test import RequestFactory

from kela_kunta.base.middleware import LARGEST_BODY, LARGEST_FORM, ApiProblems, BodyLimit
from kela_kunta.base.problems import MEDIA_TYPE, Stale

API, PAGE = "/api/v1/referrals/", "/referrals/"


def through_limit(path, body=b"", **environment):
    request = RequestFactory().post(path, body, content_type="application/json", **environment)
    return BodyLimit(lambda request: HttpResponse("through"))(request)


@pytest.mark.parametrize("path", [API, PAGE])
@pytest.mark.parametrize("length", ["", "0", str(LARGEST_BODY)])
def test_a_body_up_to_the_limit_goes_through(path, length):
    assert through_limit(path, CONTENT_LENGTH=length).content == b"through"


@pytest.mark.parametrize(
    ("environment", "status"),
    [
        ({"body": b" " * (LARGEST_FORM + 1)}, 413),
        ({"CONTENT_LENGTH": "9" * 5000}, 413),
        ({"CONTENT_LENGTH": "-1"}, 400),
        ({"CONTENT_LENGTH": "١٢"}, 400),
        ({"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}, 411),
    ],
)
def test_other_bodies_are_refused_unread(environment, status):
    told, page = through_limit(API, **environment), through_limit(PAGE, **environment)
    assert (told.status_code, told.headers["Content-Type"]) == (status, MEDIA_TYPE)
    assert json.loads(told.content)["status"] == status
    assert (page.status_code, page.headers["Content-Type"]) == (status, "text/html; charset=utf-8")


def test_a_form_may_be_larger_than_a_body_of_the_api():
    told, page = (through_limit(path, b" " * (LARGEST_BODY + 1)) for path in (API, PAGE))
    assert (told.status_code, page.content) == (413, b"through")


def test_a_refusal_reads_what_the_caller_still_sends():
    request = RequestFactory().post(API, b"{}" * 100_000, content_type="application/json")
    BodyLimit(lambda request: Stale().response())(request)
    assert request.read() == b""


def through_problems(path, response):
    return ApiProblems(lambda request: response)(RequestFactory().get(path))


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "bad_request"),
        (404, "not_found"),
        (418, "bad_request"),
        (429, "too_many"),
        (500, "broken"),
        (503, "broken"),
    ],
)
def test_an_error_of_the_api_becomes_a_problem_of_its_status(status, code):
    answer = through_problems(API, HttpResponse("<h1>Sorry</h1>", status=status, headers={"Retry-After": "7"}))
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, MEDIA_TYPE)
    problem = json.loads(answer.content)
    assert (problem["status"], problem["code"]) == (status, code)
    assert answer.headers["Retry-After"] == "7"


def test_pages_answers_and_problems_stay_as_they_are():
    for path, response in (
        (PAGE, HttpResponse("<h1>Sorry</h1>", status=404)),
        (API, JsonResponse({})),
        (API, Stale(current_version=3).response()),
    ):
        assert through_problems(path, response) is response
