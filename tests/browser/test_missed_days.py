"""Somebody who comes back after missed days: told so on Today, shown a plan that makes room, and asked before it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import needs_chromium, serve, wait_until_quiet
from tests.browser.lived import live_one_evening
from tests.browser.views import go_to, wait_until_drawn

pytestmark = needs_chromium
DAYS = 9
MISSED = re.compile(r"^\d+ sessions were missed since .* of study\.$")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The app of somebody who studied on one evening, days ago."""
    live_one_evening(tmp_path, datetime.now(UTC) - timedelta(days=DAYS))
    with serve(tmp_path) as url:
        yield url


def test_missed_days_are_told_and_a_new_plan_makes_room(page: Page, address: str) -> None:
    page.goto(address)
    wait_until_drawn(page, "Today")
    missed = page.get_by_text(MISSED)
    expect(missed).to_be_visible()

    # What would change is shown, and nothing changes until it is taken.
    page.get_by_role("link", name="See a plan that makes room for it").click()
    wait_until_drawn(page, "Plan")
    expect(page.get_by_text("The new plan.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ moved"))).to_be_visible()
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_text("The new plan.")).to_have_count(0)
    expect(missed).to_be_visible()

    page.get_by_role("button", name="See a new plan").click()
    page.get_by_role("button", name="Take it").click()
    expect(missed).to_have_count(0)
    wait_until_quiet(page)
    page.reload()
    wait_until_drawn(page, "Plan")
    expect(missed).to_have_count(0)

    # The evening that was studied still counts, and there is something to do today or on a named day.
    go_to(page, "Today")
    expect(missed).to_have_count(0)
    expect(page.get_by_text(re.compile(r"^[1-9]\d* of \d+ sessions done"))).to_be_visible()
    offered = page.get_by_role("button", name=re.compile("^Start")).or_(page.get_by_text("The next session is"))
    expect(offered.first).to_be_visible()
