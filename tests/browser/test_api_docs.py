"""The API's description in a browser."""

from __future__ import annotations

from tests.accessible import assert_accessible


def test_axe_finds_nothing_on_the_apis_description(page):
    page.goto("/api/v1/docs/", timeout=30_000)  # the description is made for the first who asks
    assert_accessible(page)
