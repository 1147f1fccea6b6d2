"""A page that everybody can use: nothing that axe finds, and nothing wider than the window."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

# Every rule at each width, and the colours in each scheme; colours do not depend on the width, nor do other rules on the scheme.
WAYS = [((1440, 900), "light"), ((390, 844), "dark")]


def assert_accessible(page: Any) -> None:
    """The page that is open, as it stands, wide and narrow, in light and dark colours."""
    for (width, height), scheme in WAYS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": height})
        found = Axe().run(page)
        assert found.violations_count == 0, (page.url, width, scheme, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page.url, width)
