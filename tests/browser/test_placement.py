"""The placement test in a real browser: found by its link, answered with the keyboard, gone on with after a reload."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import needs_chromium, serve, wait_until_quiet

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app served for one learner; the page needs no index."""
    with serve(tmp_path_factory.mktemp("placed")) as url:
        yield url


def test_the_keyboard_answers_and_a_reload_loses_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}/roadmap")
    link = page.get_by_role("link", name="Find out what you know already")
    expect(link).to_be_visible()
    expect(page.get_by_test_id("stSidebarNav").get_by_role("link", name="Placement")).to_have_count(0)
    link.click()
    page.get_by_role("button", name="Start the test").click()
    expect(page.get_by_text("Question 1 of at most 20")).to_be_visible()

    wait_until_quiet(page)
    button = page.get_by_role("button", name="Answer")
    button.focus()
    for number in (2, 3):
        # Back from the button to the options, which the arrow keys choose from.
        page.keyboard.press("Shift+Tab")
        expect(page.get_by_role("radio").and_(page.locator(":focus"))).to_have_count(1)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"Question {number} of at most 20")).to_be_visible()
        wait_until_quiet(page)
        expect(button).to_be_focused()

    page.reload()
    expect(page.get_by_text("Question 3 of at most 20")).to_be_visible()
