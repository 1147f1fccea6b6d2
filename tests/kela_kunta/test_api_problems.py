"""The reference of problems tells every code that the API may answer."""

from __future__ import annotations

import re

import pytest

from kela_kunta.api_problems import told
from referrals.types import TYPES
from tests.builders import body
from tools import api_reference
from tools.field_codes import field_codes


@pytest.fixture
def described(client, db):
    """Code and status of every problem in the API's description."""
    return {
        (code, int(status))
        for methods in client.get("/api/v1/schema/").json()["paths"].values()
        for call in methods.values()
        for status, answer in call["responses"].items()
        if status >= "400" and status != "default"
        for code in re.findall(r"^- `(\w+)`", answer["description"], re.MULTILINE)
    }


def test_every_problem_of_a_call_has_a_line_and_no_line_is_of_a_page_alone(described):
    lines = {(one.code, one.status) for one in told()}
    everywhere = {("bad_request", 400), ("method_not_allowed", 405)}  # of no call: before it, or beside it
    assert lines == described | everywhere


def test_a_code_stands_once_and_says_what_it_means_and_what_to_do():
    codes = [one.code for one in told()]
    assert len(codes) == len(set(codes))
    assert all(one.title and one.meaning and one.remedy for one in told())


def test_the_document_is_what_the_code_says(described):
    assert api_reference.PROBLEMS.read_text() == api_reference.problems()


def test_people_read_every_code_in_the_offline_documentation(client, db):
    text = client.get("/api/v1/docs/").text
    for one in told():
        assert f'<th scope="row"><code>{one.code}</code></th><td>{one.status}</td>' in text


def test_every_fault_of_a_field_has_a_line(calls_as, etotu, county_pirkanmaa, send):
    """Bodies that are wrong in as many ways as there are fields, and moves without what they need."""
    sender, receiver = calls_as(etotu), calls_as(county_pirkanmaa)
    referral = send()
    answers = [
        sender.send({"type": type, "extra": 1} | {"client": client, "details": details})
        for type in TYPES
        for client, details in (({}, {}), (_spoilt(body(type)["client"]), _spoilt(body(type)["details"])), (1, []))
    ]
    answers += [
        sender.get("referrals/?type=x&urgent=x&sent_after=x&cursor=x&what=1&type=y"),
        receiver.get("inbox/changes/?after=x&limit=x"),
        receiver.get("inbox/reconcile/?from=2026-02-01&to=2026-01-01&ids=x"),
        receiver.post("webhooks/", {"url": "http://a:b@127.0.0.1:1/#c", "kinds": ["x"]}),
        receiver.move(referral, "return", {"reason": "x"}),
        receiver.move(referral, "transfer", {"authority": "x"}),
        receiver.post(f"referrals/{referral.pk}/receipt/", {"accepted": False}),
        sender.post("assistance-months/batch/", {"months": []}),
    ]
    codes = {error["code"] for answer in answers for error in answer.json().get("errors", [])}
    assert len(codes) >= 15
    assert codes <= field_codes().keys()


def _spoilt(fields):
    """Every text a text that fits nowhere, every list and object empty."""
    return {
        name: "x" * 3000 if isinstance(value, str) else [] if isinstance(value, list) else {}
        for name, value in fields.items()
    }
