"""The plan page in a real browser: a plan is made, a session logged, all of it survives a reload, and it is exported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.conftest import ANSWER_TIMEOUT_MS, needs_chromium, serve

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app of one learner; a plan without a goal needs no index."""
    with serve(tmp_path_factory.mktemp("planner")) as url:
        yield url


def test_plan_log_reload_and_calendar(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Make my plan").click(timeout=ANSWER_TIMEOUT_MS)
    expect(page.get_by_text("at 6 h a week you finish on")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)

    # So many minutes have their best use on any day of the week.
    minutes = page.get_by_label("I only have so many minutes")
    minutes.fill("25")
    minutes.press("Enter")
    expect(page.get_by_text("25 min · the beginning of it")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    page.get_by_role("button", name="Done", exact=True).first.click()
    expect(page.get_by_text(re.compile("^Last recorded: .*, done, 25 min"))).to_be_visible(timeout=ANSWER_TIMEOUT_MS)

    page.reload()
    expect(page.get_by_text(re.compile("^Last recorded: .*, done, 25 min"))).to_be_visible(timeout=ANSWER_TIMEOUT_MS)

    page.get_by_role("link", name="Plan", exact=True).click()
    page.get_by_role("tab", name="Month").click(timeout=ANSWER_TIMEOUT_MS)
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    page.reload()
    expect(page.get_by_role("tab", name="Month")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text(re.compile("^1 of .* sessions done"))).to_be_visible()

    page.get_by_role("button", name="Calendar").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download .ics").click()
    calendar = Calendar.from_ical(Path(download.value.path()).read_bytes())
    events = calendar.walk("VEVENT")
    assert len(events) > 100
    assert {str(event["STATUS"]) for event in events} == {"CONFIRMED"}
