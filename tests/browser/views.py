"""Every page of the app as a browser meets it: its name, its address, and what shows that it is there.

Owns: the list, and waiting until a page is drawn. Refuses: judging what is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import wait_until_quiet
from tests.browser.lived import CONVERSATION

WIDE: ViewportSize = {"width": 1200, "height": 900}
PHONE: ViewportSize = {"width": 375, "height": 812}


@dataclass(frozen=True, slots=True)
class View:
    """``address`` is below the app's own; ``heading`` is the page's title."""

    name: str
    address: str
    heading: str


_PLAN_TABS = ("Timeline", "Week", "Month", "Burn-up", "Graph", "Table")
VIEWS = (
    View("today", "/", "Today"),
    View("chat", f"/chat?c={CONVERSATION}", "Chat"),
    *(View(f"plan-{tab.lower()}", f"/plan?view={tab}", "Plan") for tab in _PLAN_TABS),
    View("practise", "/practise", "Practise"),
    View("question", "/practise?from=9999&topics=circuit-breaker&how=ahead,more", "Practise"),
    View("roadmap", "/roadmap", "Roadmap"),
    View("topic", "/roadmap?topic=circuit-breaker", "Circuit Breaker (Resilience4j, Istio)"),
    View("placement", "/placement", "Placement"),
    View("sources", "/sources", "Sources"),
    View("links", "/sources?show=Links", "Sources"),
    View("evals", "/evals", "Evals"),
    View("settings", "/settings", "Settings"),
)


def wait_until_drawn(page: Page, heading: str) -> None:
    """Until the page is there as a whole: its title, no run that goes on, nothing faded from the run before."""
    expect(page.get_by_role("heading", name=heading, exact=True, level=1)).to_be_visible()
    wait_until_quiet(page)
    # A chart is drawn after its place is made.
    charts = page.locator("[data-testid='stVegaLiteChart']:visible")
    for chart in charts.all():
        expect(chart.locator("canvas, svg").first).to_be_visible()


def go_to(page: Page, name: str) -> None:
    """Follow the menu to a page, as a learner does."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True).click()
    wait_until_drawn(page, name)


def open_view(page: Page, app: str, view: View) -> None:
    """Go to a page by its address."""
    page.goto(f"{app}{view.address}")
    wait_until_drawn(page, view.heading)


def is_too_wide(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")) or bool(
        page.evaluate(
            "(() => { const main = document.querySelector('[data-testid=stMain]');"
            " return main !== null && main.scrollWidth > main.clientWidth; })()"
        )
    )
