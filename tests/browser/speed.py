"""How long a page takes after a click, in a real browser: ``python -m tests.browser.speed``.

Owns: clicking through the app of somebody with a two-year plan, and the table that is printed. Refuses: judging; a
machine that is busy would fail a test for nothing. Milliseconds from the click until nothing is drawn any more.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from assistant.settings import load_settings
from tests.browser.conftest import CHROMIUM, CHROMIUM_FLAGS, serve
from tests.browser.lived import lived_home
from tests.browser.views import WIDE, go_to, wait_until_drawn

MENU = ("Today", "Chat", "Plan", "Practise", "Roadmap", "Sources", "Evals", "Settings")
TABS = ("Week", "Month", "Burn-up", "Graph", "Table", "Timeline")
ROUNDS = 5


def main() -> None:
    """Print the median and the slowest of some rounds, and when the first page was there."""
    with tempfile.TemporaryDirectory() as folder:
        home = lived_home(load_settings().home, Path(folder) / "home")
        with serve(home) as app, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
            page = chromium.new_page(viewport=WIDE)
            began = time.monotonic()
            page.goto(app)
            wait_until_drawn(page, "Today")
            _say("first page after the server's start", [_ms(began)])
            for name, times in _measured(page).items():
                _say(name, times[1:])
            chromium.close()


def _measured(page: Page) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for _ in range(ROUNDS + 1):
        for name in MENU:
            found.setdefault(name, []).append(_timed(lambda name=name: go_to(page, name)))
        go_to(page, "Plan")
        for name in TABS:
            found.setdefault(f"Plan, {name}", []).append(_timed(lambda name=name: _open_tab(page, name)))
        go_to(page, "Roadmap")
        found.setdefault("A topic", []).append(_timed(lambda: _open_topic(page)))
    return found


def _open_tab(page: Page, name: str) -> None:
    tab = page.get_by_role("tab", name=name)
    tab.click()
    expect(tab).to_have_attribute("aria-selected", "true")
    wait_until_drawn(page, "Plan")


def _open_topic(page: Page) -> None:
    page.get_by_text("Resiliency Patterns").click()
    page.get_by_test_id("stMain").get_by_role("link", name="Circuit Breaker").click()
    wait_until_drawn(page, "Circuit Breaker (Resilience4j, Istio)")


def _timed(act: Callable[[], None]) -> float:
    began = time.monotonic()
    act()
    return _ms(began)


def _ms(began: float) -> float:
    return (time.monotonic() - began) * 1000


def _say(name: str, times: list[float]) -> None:
    sys.stdout.write(f"{name:40} {statistics.median(times):6.0f} {max(times):6.0f}\n")


if __name__ == "__main__":
    main()
