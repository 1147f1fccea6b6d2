"""What breaks a caller of the published API, and what does not."""

from __future__ import annotations

import copy
import json

import pytest

from tools import api_reference
from tools.check.compatible import breaks

SENDING, READING = "/api/v1/referrals/", "/api/v1/referrals/{referral_id}/"


@pytest.fixture(scope="module")
def published():
    return json.loads(api_reference.SCHEMA.read_text())


def schema(document, name):
    return document["components"]["schemas"][name]


def parameters(document):
    return document["paths"]["/api/v1/inbox/changes/"]["get"]["parameters"]


BREAKING = {
    "GET /api/v1/inbox/changes/: is gone": lambda d: d["paths"].pop("/api/v1/inbox/changes/"),
    "POST /api/v1/referrals/: is gone": lambda d: d["paths"][SENDING].pop("post"),
    "GET /api/v1/inbox/changes/: the scope inbox:read is not enough any more": lambda d: d["paths"][
        "/api/v1/inbox/changes/"
    ]["get"].update(security=[{"oauth2": ["inbox:write"]}]),
    "GET /api/v1/inbox/changes/: limit is not understood any more": lambda d: parameters(d).remove(
        next(one for one in parameters(d) if one["name"] == "limit")
    ),
    "GET /api/v1/inbox/changes/: kinds must be given now": lambda d: parameters(d).append(
        {"in": "query", "name": "kinds", "required": True, "schema": {"type": "string"}}
    ),
    "POST /api/v1/referrals/: never answers 201 any more": lambda d: d["paths"][SENDING]["post"]["responses"].pop(
        "201"
    ),
    "POST /api/v1/referrals/ 201: the header RateLimit is gone": lambda d: d["paths"][SENDING]["post"]["responses"][
        "201"
    ]["headers"].pop("RateLimit"),
    "ClientRequest.phone: is gone": lambda d: schema(d, "ClientRequest")["properties"].pop("phone"),
    "ClientRequest.phone: must be sent now": lambda d: (
        schema(d, "ClientRequest").setdefault("required", []).append("phone")
    ),
    "ClientRequest.family_name: maxLength is 2 now": lambda d: schema(d, "ClientRequest")["properties"][
        "family_name"
    ].update(maxLength=2),
    "ClientRequest.family_name: pattern is ^A now": lambda d: schema(d, "ClientRequest")["properties"][
        "family_name"
    ].update(pattern="^A"),
    "ClientRequest.family_name: string is not taken any more": lambda d: schema(d, "ClientRequest")["properties"][
        "family_name"
    ].update(type="integer"),
    "Problem.code: is gone": lambda d: schema(d, "Problem")["properties"].pop("code"),
    "Problem.code: may be missing now": lambda d: schema(d, "Problem")["required"].remove("code"),
    "Problem.code: may be null now": lambda d: schema(d, "Problem")["properties"]["code"].update(
        type=["string", "null"]
    ),
}
KEPT = {
    "a new call": lambda d: d["paths"].update({"/api/v1/new/": copy.deepcopy(d["paths"][SENDING])}),
    "a new field that may be sent": lambda d: schema(d, "ClientRequest")["properties"].update(nick={"type": "string"}),
    "a new field that is answered": lambda d: schema(d, "Problem")["properties"].update(more={"type": "string"}),
    "a longer text": lambda d: schema(d, "ClientRequest")["properties"]["family_name"].update(maxLength=9999),
    "other words": lambda d: schema(d, "Problem").update(description="Other words."),
    "a new parameter": lambda d: parameters(d).append({"in": "query", "name": "kinds", "schema": {"type": "string"}}),
    "a new problem": lambda d: d["paths"][SENDING]["get"]["responses"].update({"410": {"description": "Gone."}}),
}


@pytest.mark.parametrize("line", BREAKING)
def test_what_breaks_a_caller_is_told(published, line):
    changed = copy.deepcopy(published)
    BREAKING[line](changed)
    assert line in breaks(published, changed)


@pytest.mark.parametrize("what", KEPT)
def test_what_only_adds_breaks_nobody(published, what):
    changed = copy.deepcopy(published)
    KEPT[what](changed)
    assert changed != published
    assert breaks(published, changed) == []


def test_a_value_that_may_not_be_sent_any_more_breaks(published):
    changed = copy.deepcopy(published)
    name, field = next(
        (name, field)
        for name, one in published["components"]["schemas"].items()
        for field, inner in one.get("properties", {}).items()
        if name.endswith("Request") and "enum" in inner
    )
    gone = schema(changed, name)["properties"][field]["enum"].pop(0)
    assert breaks(published, changed) == [f"{name}.{field}: {gone} is no value any more"]


def test_the_api_keeps_what_is_published(published):
    assert breaks(published, json.loads(api_reference.schema())) == []
