"""A page that everybody can use: nothing that axe finds, and nothing wider than the window."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults

SIZES = [(1440, 900), (390, 844)]
SCHEMES = ["light", "dark"]
AT_EACH_SIZE = """() => axe.run({resultTypes: ["violations"], rules: {"color-contrast": {enabled: false}}})
    .then(({violations}) => ({violations}))"""
# Axe takes long over the contrast of every text; of those that stand alike and look alike it is shown one.
IN_EACH_SCHEME = """() => {
    const seen = new Map();
    const kind = element => {
        if (element === null) return "";
        if (!seen.has(element)) {
            const style = getComputedStyle(element);
            const looks = [style.backgroundColor, style.backgroundImage, style.color, style.opacity, style.filter,
                style.fontSize, style.fontWeight, style.textShadow, style.position, style.clipPath];
            const stands = [element.localName, element.getAttribute("class"), element.matches(":disabled")];
            seen.set(element, [kind(element.parentElement), ...stands, ...looks].join("/"));
        }
        return seen.get(element);
    };
    const ownText = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const kinds = new Map();
    for (const element of document.body.querySelectorAll("*")) {
        if (!ownText(element) && !element.matches("input, select, textarea")) continue;
        if (!element.checkVisibility({visibilityProperty: true})) continue;
        if (!kinds.has(kind(element))) kinds.set(kind(element), element);
    }
    return axe.run([...kinds.values()], {resultTypes: ["violations"], runOnly: ["color-contrast"]})
        .then(({violations}) => ({violations}));
}"""


def assert_accessible(page: Any) -> None:
    """The page that is open, as it stands, wide and narrow, in light and dark colours."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            _assert_nothing(page.evaluate(IN_EACH_SCHEME), page.url, width, scheme)
        _assert_nothing(page.evaluate(AT_EACH_SIZE), page.url, width)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page.url, width)


def _assert_nothing(found: dict[str, Any], *where: Any) -> None:
    results = AxeResults(found)
    assert results.violations_count == 0, (*where, results.generate_report())
