"""The browser's way back to Today: what was said of the evening is still there, whichever page was visited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import needs_chromium, serve
from tests.browser.lived import live_one_evening
from tests.browser.views import go_to, wait_until_drawn

pytestmark = needs_chromium


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The app of somebody who follows a plan."""
    live_one_evening(tmp_path, datetime.now(UTC))
    with serve(tmp_path) as url:
        yield url


def test_the_minutes_of_the_evening_outlast_a_visit_to_another_page(page: Page, address: str) -> None:
    page.goto(address)
    wait_until_drawn(page, "Today")
    minutes = page.get_by_label("I only have so many minutes")
    minutes.fill("25")
    minutes.press("Enter")
    page.wait_for_url(re.compile("minutes=25"))
    wait_until_drawn(page, "Today")

    go_to(page, "Settings")
    page.go_back()
    wait_until_drawn(page, "Today")
    expect(minutes).to_have_value("25")

    # A session is opened with an address of its own, and the way back from it leads past it.
    page.get_by_role("button", name=re.compile("^Start")).first.click()
    page.wait_for_url(re.compile("/(roadmap|practise)"))
    page.go_back()
    wait_until_drawn(page, "Today")
    expect(minutes).to_have_value("25")
    minutes.fill("")
    minutes.press("Enter")
    wait_until_drawn(page, "Today")
    expect(minutes).to_have_value("")
