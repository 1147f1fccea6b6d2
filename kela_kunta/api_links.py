"""What can be called next with what a call has answered: the links of the OpenAPI document."""

from __future__ import annotations

from typing import Any

REFERRALS, ONE = "/api/v1/referrals/", "/api/v1/referrals/{referral_id}/"
OK = ("200", "201")


def link(document: dict[str, Any]) -> None:
    """Link every answer that is a referral to all calls about that referral, with its version where they ask for one."""
    paths = document["paths"]
    about_one = {path: calls for path, calls in paths.items() if path.startswith(ONE)}
    links = {
        call["operationId"]: _link(call)
        for calls in about_one.values()
        for call in calls.values()
        if _takes_an_id(call)
    }
    answering = [paths[REFERRALS]["post"], *(call for calls in about_one.values() for call in calls.values())]
    for call in answering:
        for status in OK:
            if _is_referral(call["responses"].get(status, {})):
                call["responses"][status]["links"] = links


def _takes_an_id(call: dict[str, Any]) -> bool:
    """About the referral and nothing more: one about a part of it needs that part's name as well."""
    return [one["name"] for one in call["parameters"] if one["in"] == "path"] == ["referral_id"]


def _is_referral(answer: dict[str, Any]) -> bool:
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).endswith("/ReferralAnswer")


def _link(call: dict[str, Any]) -> dict[str, Any]:
    names = {one["name"] for one in call["parameters"] if one["in"] == "header"}
    parameters = {"referral_id": "$response.body#/id"}
    if "If-Match" in names:
        parameters["header.If-Match"] = "$response.header.ETag"
    return {"operationId": call["operationId"], "parameters": parameters}
