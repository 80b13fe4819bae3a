"""The real pages in a real browser: a question, its cited answer, a reload, a conversation's end, and a plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ANSWER_TIMEOUT_MS, needs_chromium, serve, wait_for_conversation

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, real_home: Path) -> Iterator[str]:
    """The app served for one learner on the shared index."""
    home = tmp_path_factory.mktemp("learner")
    (home / "index").symlink_to(real_home / "index")
    with serve(home) as url:
        yield url


def test_question_answer_reload_and_plan(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Chat", exact=True).click(timeout=ANSWER_TIMEOUT_MS)
    expect(page.get_by_role("heading", name="Chat")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    box = page.get_by_placeholder("Ask about the roadmap")
    box.fill("What is a circuit breaker?")
    box.press("Enter")
    expect(page.get_by_text("statements supported · Confidence")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    wait_for_conversation(page, "What is a circuit breaker?")
    answer = page.get_by_test_id("stChatMessage").last
    expect(answer).to_contain_text("A circuit breaker is a guard")

    # One click from the number to the passage.
    answer.get_by_role("link", name="Source 1 Circuit Breaker").first.click()
    expect(page.get_by_text("13. Resiliency Patterns › Circuit Breaker").first).to_be_visible()
    marked = page.locator("span.stMarkdownColoredBackground").filter(has_text="A circuit breaker is a guard")
    expect(marked.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("13. Resiliency Patterns › Circuit Breaker")).to_have_count(0)
    page.get_by_role("button", name="Source 1 Circuit Breaker").click()
    expect(page.get_by_text("13. Resiliency Patterns › Circuit Breaker").first).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_text("Why this answer").click()
    expect(page.get_by_text("Searched for: “What is a circuit breaker?”")).to_be_visible()

    box.fill("How do I cook rice?")
    box.press("Enter")
    expect(page.get_by_text("Not covered by the roadmap")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)

    page.reload()
    expect(page.get_by_test_id("stChatMessage")).to_have_count(4, timeout=ANSWER_TIMEOUT_MS)

    menu = page.get_by_test_id("stMenuButtonButton").first
    menu.click()
    page.get_by_text("Rename", exact=True).last.click()
    page.get_by_label("Title").fill("Breakers")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Breakers", exact=True).wait_for()
    menu.click()
    page.get_by_text("Delete", exact=True).last.click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_test_id("stChatMessage")).to_have_count(0, timeout=ANSWER_TIMEOUT_MS)

    page.get_by_role("link", name="Plan", exact=True).click()
    page.get_by_role("button", name="Make a plan").click()
    expect(page.get_by_text("at 6 h a week you finish on")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    expect(page.get_by_role("tab", name="Timeline")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Markdown").click()
    assert "- [ ] " in Path(download.value.path()).read_text(encoding="utf-8")
