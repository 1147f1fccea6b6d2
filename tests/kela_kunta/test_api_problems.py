"""The reference of problems tells every code that the API may answer."""

from __future__ import annotations

import re

import pytest

from kela_kunta.api_problems import told
from tools import api_reference


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
