"""The chat page in a real browser with a slow model: asked, followed up, stopped, edited, asked again, kept and apart."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import downloaded, needs_chromium, serve, wait_for_conversation, wait_until_quiet
from tests.homes import borrow
from tests.llm.behaviours import DONE, Pause, delta, reply, stream, text
from tests.llm.loopback import Behaviour, Exchange, LoopbackServer

pytestmark = needs_chromium

SENTENCE = "A circuit breaker is a guard around a remote call that stops calling a dependency."
FIRST, SECOND, EDITED = "What is a circuit breaker?", "When should I use a bulkhead?", "When should I use retries?"
SHIFTS = """() => {
  window.shifts = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifts += entry.value; })
    .observe({ type: "layout-shift" });
}"""
GOOD_SHIFT = 0.1
"""What is called good for a whole page by those who defined the measure."""


class SlowModel:
    """Writes a sentence word by word, and then waits until it is told to go on."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.server = LoopbackServer(self._answer)

    def _answer(self, exchange: Exchange) -> None:
        asked = json.dumps(exchange.request.json["messages"][-1])
        self._play(asked)(exchange)

    def _play(self, asked: str) -> Behaviour:
        if EDITED in asked:
            return reply("Retries handle short glitches. [1]")
        words = [step for word in SENTENCE.split() for step in (text(f"{word} "), Pause(0.02))]
        if SECOND in asked:
            return stream(*words, Pause(60.0))
        return stream(*words, text("[1] " + SENTENCE + " [1]"), delta(finish="stop"), DONE)


@pytest.fixture
def address(tmp_path: Path, real_home: Path) -> Iterator[str]:
    """The app of one learner on the shared index, with the slow model."""
    borrow(real_home, tmp_path)
    model = SlowModel()
    with model.server, serve(tmp_path, STUDY_LLM_BASE_URL=model.server.base_url, STUDY_LLM_MODEL="slow") as url:
        yield url


def ask(page: Page, question: str) -> None:
    box = page.get_by_placeholder("Ask about the roadmap")
    box.fill(question)
    box.press("Enter")


def settled(page: Page, messages: int) -> None:
    """Until so many questions and answers are there and nothing is being written or drawn any more."""
    expect(page.get_by_test_id("stChatMessage")).to_have_count(messages)
    # One is for the last question only, so a second is the faded one of the drawing before.
    expect(page.get_by_role("button", name="Edit question")).to_have_count(1)
    wait_until_quiet(page)


def open_chat(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Chat", exact=True).click()
    expect(page.get_by_role("heading", name="Chat")).to_be_visible()


def test_asked_stopped_edited_asked_again_and_kept(page: Page, address: str, browser: Browser) -> None:
    open_chat(page, address)
    ask(page, FIRST)
    settled(page, 2)
    wait_for_conversation(page, FIRST)
    messages = page.get_by_test_id("stChatMessage")
    expect(messages.last).to_contain_text(SENTENCE)
    link = messages.last.get_by_role("link", name="Source 1").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Source 1", exact=True)).to_be_visible()
    page.keyboard.press("Escape")

    # The next question is stopped with the keyboard while it is being written, and what came is kept.
    page.evaluate(SHIFTS)
    ask(page, SECOND)
    # Until then the last one is the answer before, which says the same.
    expect(messages).to_have_count(4)
    expect(messages.last).to_contain_text("stops calling a dependency.")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    assert page.evaluate("window.shifts") < GOOD_SHIFT
    page.keyboard.press("Escape")
    settled(page, 4)
    expect(messages.last).to_contain_text("The answer was stopped.")
    expect(messages.last).to_contain_text("A circuit breaker is a guard")
    expect(page.get_by_text("Waiting for")).to_have_count(0)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)

    page.get_by_role("button", name="Edit question").click()
    box = page.get_by_label("Your question")
    expect(box).to_have_value(SECOND)
    box.fill(EDITED)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(messages.last).to_contain_text("Retries handle short glitches.")
    settled(page, 4)
    expect(page.get_by_text(SECOND)).to_have_count(0)

    page.get_by_role("button", name="Ask again").click()
    expect(page.get_by_text("Why this answer")).to_have_count(2)
    settled(page, 4)
    page.reload()
    settled(page, 4)
    expect(messages.nth(0)).to_contain_text(FIRST)
    expect(messages.nth(2)).to_contain_text(EDITED)

    # Another tab begins a conversation of its own, and each keeps to itself.
    other = browser.new_page()
    open_chat(other, address)
    expect(other.get_by_test_id("stChatMessage")).to_have_count(0)
    ask(other, "What is a bulkhead?")
    settled(other, 2)
    page.reload()
    settled(page, 4)
    expect(other.get_by_test_id("stChatMessage")).to_have_count(2)
    other.close()


def test_an_answer_goes_on_through_a_reload(page: Page, address: str) -> None:
    open_chat(page, address)
    ask(page, SECOND)
    last = page.get_by_test_id("stChatMessage").last
    expect(last).to_contain_text("stops calling a dependency.")
    page.reload()
    expect(last).to_contain_text("stops calling a dependency.")
    page.get_by_role("button", name="Stop").click()
    settled(page, 2)
    expect(last).to_contain_text("The answer was stopped.")


def test_conversations_are_found_renamed_exported_and_deleted(page: Page, address: str) -> None:
    open_chat(page, address)
    ask(page, FIRST)
    settled(page, 2)
    wait_for_conversation(page, FIRST)
    side = page.get_by_test_id("stSidebar")
    side.get_by_role("button", name="New conversation").click()
    expect(page.get_by_test_id("stChatMessage")).to_have_count(0)
    ask(page, "What is a bulkhead?")
    settled(page, 2)
    wait_for_conversation(page, "What is a bulkhead?")
    side.get_by_label("Search conversations").fill("bulkh")
    expect(side.get_by_role("button", name=FIRST)).to_have_count(0)
    side.get_by_label("Search conversations").fill("")
    expect(side.get_by_role("button", name=FIRST)).to_be_visible()

    menu = side.get_by_test_id("stMenuButtonButton").first
    menu.click()
    page.get_by_text("Rename", exact=True).last.click()
    page.get_by_label("Title").fill("Walls")
    page.get_by_role("button", name="Save").click()
    expect(side.get_by_role("button", name="Walls", exact=True)).to_be_visible()
    menu.click()
    page.get_by_text("Export", exact=True).last.click()
    assert downloaded(page, "Download as Markdown").path().read_text(encoding="utf-8").startswith("# Walls\n")
    page.keyboard.press("Escape")
    menu.click()
    page.get_by_text("Delete", exact=True).last.click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(side.get_by_role("button", name="Walls", exact=True)).to_have_count(0)
    expect(page.get_by_test_id("stChatMessage")).to_have_count(0)


def test_on_a_phone_in_the_dark_nothing_is_wider_than_the_screen(browser: Browser, address: str) -> None:
    page = browser.new_page(color_scheme="dark")
    open_chat(page, address)
    page.set_viewport_size({"width": 375, "height": 812})
    page.get_by_role("button", name=FIRST).click()
    settled(page, 2)
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert page.evaluate(wide) is False
    expect(page.get_by_role("heading")).to_have_count(1)
    page.close()
