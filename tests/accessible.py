"""A page that everybody can use: nothing that axe finds, and nothing wider than the window."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults

WIDE, NARROW = (1440, 900), (390, 844)
ALL_BUT_CONTRAST = """() => axe.run({resultTypes: ["violations"], rules: {"color-contrast": {enabled: false}}})
    .then(({violations}) => ({violations}))"""
# Axe takes long over the contrast of every text; of those that stand alike and look alike it is shown one,
# and of those that stand where it has looked already none.
CONTRAST = """known => {
    const chain = (of, seen = new Map()) => function up(element) {
        if (element === null) return "";
        if (!seen.has(element)) seen.set(element, up(element.parentElement) + "/" + of(element));
        return seen.get(element);
    };
    const place = chain(element => [element.localName, element.getAttribute("class"), element.matches(":disabled")]);
    const look = chain(element => {
        const style = getComputedStyle(element);
        return [style.backgroundColor, style.backgroundImage, style.color, style.opacity, style.filter,
            style.fontSize, style.fontWeight, style.textShadow, style.position, style.clipPath];
    });
    const ownText = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const places = new Set(), kinds = new Map();
    for (const element of document.body.querySelectorAll("*")) {
        if (!ownText(element) && !element.matches("input, select, textarea")) continue;
        if (!element.checkVisibility({visibilityProperty: true})) continue;
        places.add(place(element));
        const kind = place(element) + look(element);
        if (!known.includes(place(element)) && !kinds.has(kind)) kinds.set(kind, element);
    }
    if (!kinds.size) return {violations: [], places: [...places]};
    return axe.run([...kinds.values()], {resultTypes: ["violations"], runOnly: ["color-contrast"]})
        .then(({violations}) => ({violations, places: [...places]}));
}"""


def assert_accessible(page: Any) -> None:
    """The page that is open, as it stands, wide and narrow, in light and dark colours."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    seen: dict[str, list[str]] = {"light": [], "dark": []}
    for size, scheme in ((WIDE, "light"), (NARROW, "dark")):
        _assert_contrast(page, size, scheme, seen)
        _assert_nothing(page.evaluate(ALL_BUT_CONTRAST), page.url, size)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page.url, size)
    for size, scheme in ((NARROW, "light"), (WIDE, "dark")):
        _assert_contrast(page, size, scheme, seen)


def _assert_contrast(page: Any, size: tuple[int, int], scheme: str, seen: dict[str, list[str]]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = page.evaluate(CONTRAST, seen[scheme])
    seen[scheme] += found["places"]
    _assert_nothing(found, page.url, size, scheme)


def _assert_nothing(found: dict[str, Any], *where: Any) -> None:
    results = AxeResults(found)
    assert results.violations_count == 0, (*where, results.generate_report())
