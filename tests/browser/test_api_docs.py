"""The API's description in a browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True])
def test_axe_finds_nothing_on_the_apis_description(page, scheme, narrow):
    page.emulate_media(color_scheme=scheme)
    if narrow:
        page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/api/v1/docs/", timeout=30_000)  # the description is made for the first who asks
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
