"""What axe finds on a page, without what is not ours to change.

Owns: running axe, and the reviewed list of findings in Streamlit's own markup. Refuses: excusing markup of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_IMPACTS = frozenset({"serious", "critical"})
_ALSO_OURS = frozenset({"heading-order", "empty-heading", "page-has-heading-one"})
"""Less than serious by axe's scale, and wholly in our hands."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """A rule that elements within ``selector`` may break, and why a script of ours cannot mend it."""

    rule: str
    selector: str
    reason: str


ALLOWED = (
    Allowed(
        "scrollable-region-focusable",
        "[data-testid='stCode'] pre, [data-testid='stMarkdownPre'] pre, .stCode pre",
        "A long line of code scrolls within its block; Chromium and Firefox let the keyboard reach such a block, "
        "and Streamlit gives no way to add a tabindex.",
    ),
    Allowed(
        "color-contrast",
        ".stCode .token, [data-testid='stCode'] .token",
        "Streamlit colours code itself, and its themes have no setting for it.",
    ),
)

_MATCHES = """([target, selector]) => {
  const found = document.querySelector(target);
  return found !== null && found.closest(selector) !== null;
}"""


def violations(page: Page) -> list[str]:
    """One line for each element that breaks a serious rule, or one on headings, in markup of ours."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]} {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found
        if rule["impact"] in _IMPACTS or rule["id"] in _ALSO_OURS
        for node in rule["nodes"]
        if not _is_allowed(page, rule["id"], node)
    ]


def _is_allowed(page: Page, rule: str, node: dict[str, Any]) -> bool:
    target = node["target"][0]
    if not isinstance(target, str):  # inside a frame or a shadow root
        return False
    return any(page.evaluate(_MATCHES, [target, each.selector]) for each in ALLOWED if each.rule == rule)
