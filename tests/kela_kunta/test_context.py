from __future__ import annotations

import pytest
from django.urls import reverse

from kela_kunta.context import PARTS


@pytest.mark.parametrize("role", PARTS)
def test_every_part_of_every_role_has_an_address(role):
    for part in PARTS[role]:
        assert reverse(part.name)


def test_only_the_part_that_is_open_is_current(as_, send, handler):
    for path, current in (("/referrals/", "/referrals/"), ("/referrals/new/", "/referrals/new/"), ("/", None)):
        nav = as_(handler).get(path).context["nav"]
        assert [entry["url"] for entry in nav if entry["current"]] == ([current] if current else [])


def test_frame_tells_who_it_is_and_that_it_is_a_demo(as_, pirkanmaa):
    page = as_(pirkanmaa).get("/").content.decode()
    assert pirkanmaa.name in page
    assert "Pirkanmaa wellbeing services county" in page
