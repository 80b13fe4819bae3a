"""Practice in a real browser: chosen, answered with the keyboard, gone on with after a reload, on a phone, summed up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import downloaded, needs_chromium, serve, wait_until_quiet

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app served for one learner; the page needs no index."""
    with serve(tmp_path_factory.mktemp("practised")) as url:
        yield url


def test_the_keyboard_practises_and_a_reload_loses_nothing(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 375, "height": 812})
    page.goto(f"{address}/practise?from=0&topics=circuit-breaker&how=ahead,more")
    expect(page.get_by_text("Question 1 of 7")).to_be_visible()
    wait_until_quiet(page)
    # The first card is a choice: without a pick, what is missing is said and nothing is kept.
    page.get_by_role("button", name="Sure").click()
    expect(page.get_by_text("Pick an option first")).to_be_visible()
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Think so")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Next")).to_be_visible()
    expect(page.get_by_role("link", name="Circuit Breaker")).to_be_visible()
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert page.evaluate(wide) is False
    wait_until_quiet(page)

    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Question 2 of")).to_be_visible()
    wait_until_quiet(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio").or_(page.get_by_role("textbox")).and_(page.locator(":focus"))).to_have_count(1)
    page.reload()
    expect(page.get_by_text("Question 2 of")).to_be_visible()
    wait_until_quiet(page)
    page.get_by_role("button", name="Finish for now").click()
    expect(page.get_by_role("heading", name="How it went")).to_be_visible()
    expect(page.get_by_text("of 1 right")).to_be_visible()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("tab", name="What you know")).to_be_visible()
    wait_until_quiet(page)

    page.get_by_text("Take the questions with you").click()
    expect(page.get_by_role("button", name="Anki")).to_be_visible()
    wait_until_quiet(page)
    assert downloaded(page, "Anki").suggested_filename == "roadmap.apkg"
