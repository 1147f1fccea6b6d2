"""The API's description is true: every call is in it, and every answer keeps to it (Schemathesis)."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import URLResolver
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode

from accounts.scopes import SCOPES
from kela_kunta.api import urlpatterns
from kela_kunta.base import clock
from kela_kunta.wsgi import application
from referrals.actions.routing import route_batch
from referrals.types import TYPES
from tests.api import access_token
from tests.builders import body, decision
from tests.cast import now

# What a schema cannot say: rules about days and people, the version at hand, the life cycle, a cursor of our own.
BY_RULES = ["2xx", "400", "401", "403", "404", "409", "412", "422"]
CONFIG = {
    "phases": {"coverage": {"unexpected-methods": ["put", "patch", "delete", "options"]}},
    "checks": {
        "positive_data_acceptance": {"expected-statuses": BY_RULES},
        "negative_data_rejection": {
            "expected-statuses": ["400", "401", "403", "404", "405", "412", "415", "422", "428"]
        },
        "missing_required_header": {"expected-statuses": ["400", "401", "403", "404", "428"]},
    },
    "operations": [
        # A thousand boundary values of a referral take a minute; examples reach them all in time.
        {"include-method": "POST", "include-path": "/api/v1/referrals/", "phases": {"coverage": {"enabled": False}}},
        # An item of a batch has an answer of its own, inside a 200.
        *(
            {
                "include-path": f"/api/v1/{batch}/batch/",
                "phases": {"coverage": {"enabled": False}},
                "checks": {"negative_data_rejection": {"enabled": False}},
            }
            for batch in ("referrals", "assistance-months")
        ),
    ],
}


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Batches of three at most are made up: with more of them an example takes half a minute, and none shows more."""
    for schema in raw_schema["components"]["schemas"].values():
        items = schema.get("properties", {}).get("items", {})
        if "maxItems" in items:
            items["maxItems"] = 3


# Files are sent as they are.
schemathesis.serializer.alias(["application/pdf", "image/jpeg", "image/png"], "application/octet-stream")
api = schemathesis.openapi.from_wsgi("/api/v1/schema/", application, config=schemathesis.Config.from_dict(CONFIG))


@pytest.fixture
def held(send):
    """A referral to be found, on a connection that calls leave open, as they do with Django's own test client."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield send(basic_decision=decision(clock.today()))
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


CALLS: Counter[str] = Counter()


def call(case, client, held):
    """Make the call as `client`; one that is meant to be valid finds the referral held, as it is now."""
    CALLS[client.client_id] += 1
    if case.meta.generation.mode is GenerationMode.POSITIVE and "referral_id" in case.path_parameters:
        case.path_parameters["referral_id"] = str(held.pk)
        if "If-Match" in case.headers:
            case.headers["If-Match"] = f'"{now(held).version}"'
    case.call_and_validate(headers={"Authorization": f"Bearer {access_token(client)}"})


EXAMPLES = settings(
    max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@api.parametrize()
@EXAMPLES
def test_kelas_system_is_answered_as_described(case, etotu, held):
    call(case, etotu, held)


@api.parametrize()
@EXAMPLES
def test_an_authoritys_system_is_answered_as_described(case, county_pirkanmaa, held):
    call(case, county_pirkanmaa, held)


def test_two_thousand_calls_at_least_were_made_and_many_as_each_kind_of_client(request):
    """Of whole runs: of a part of the tests above nothing is asked."""
    whole = [
        one for one in request.session.items if "is_answered_as_described" in one.name and one.path == request.path
    ]
    if len(whole) > 60:
        assert sum(CALLS.values()) >= 2_000, CALLS
        assert min(CALLS[client] for client in ("etotu", "county-pirkanmaa")) >= 900, CALLS


@pytest.mark.parametrize("type", TYPES)
def test_answers_keep_to_the_description_of_their_type(client, calls_as, etotu, type):
    document = client.get("/api/v1/schema/").json()

    def check(name, answer):
        reference = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        Draft202012Validator(reference, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(answer)

    caller, sent = calls_as(etotu), body(type)
    check("ReferralRequest", sent)
    check("ReferralAnswer", caller.send(sent).json())
    with clock.frozen(clock.now() + timedelta(days=3)):
        route_batch()
    check("Page", caller.get("referrals/").json())
    items = [{"idempotency_key": "K-1", "referral": sent}, {"idempotency_key": "K-2", "referral": {}}, {}]
    check("BatchOfReferralsRequest", {"items": items[:1]})
    check("BatchAnswer", caller.post("referrals/batch/", {"items": items}).json())
    check("Problem", caller.send({}).json())


def test_every_address_of_the_api_is_described(client):
    described = set(client.get("/api/v1/schema/").json()["paths"])
    there = {
        "/api/v1/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
        for route in _routes(urlpatterns)
        if route not in ("", "schema/", "docs/")
    }
    assert described == there


def _routes(patterns, before=""):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route


def test_every_call_asks_for_a_scope_that_there_is(client):
    document = client.get("/api/v1/schema/").json()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation["security"], (method, path)
            for way in operation["security"]:
                assert set(way["oauth2"]) <= set(SCOPES), (method, path)


def test_the_description_is_open_to_all_and_keeps_to_openapi_3_1(client, calls_as):
    response = client.get("/api/v1/schema/")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    document = response.json()
    assert document["openapi"].startswith("3.1")
    api.validate()
    assert client.get("/api/v1/").json() == {"schema": "/api/v1/schema/", "docs": "/api/v1/docs/"}


def test_people_read_of_every_call_and_object_without_a_script(client):
    document = client.get("/api/v1/schema/").json()
    text = client.get("/api/v1/docs/").text
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in text
            assert f'id="{operation["operationId"]}"' in text
    names = set(document["components"]["schemas"])
    assert set(re.findall(r'href="#(\w+)"', text)) >= names
    assert set(re.findall(r'href="#(\w+)"', text)) <= set(re.findall(r'id="(\w+)"', text))
    assert "//cdn" not in text
