"""One evening of somebody new, in a real browser: a plan, a session, a quiz, questions, another plan, and files.

Every step leaves the page as a learner finds it, so the whole is one test; what a page can do besides has its own file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.conftest import downloaded, needs_chromium, serve, wait_for_conversation
from tests.browser.views import go_to, wait_until_drawn
from tests.homes import borrow_with_library

pytestmark = needs_chromium
FIRST_TOPIC = "Monolith vs Microservices vs SOA"
QUESTION, FOLLOW_UP = "What is a circuit breaker?", "When should I not use it?"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, real_home: Path) -> Iterator[str]:
    """The app served for one learner on the shared index."""
    with serve(borrow_with_library(real_home, tmp_path_factory.mktemp("learner"))) as url:
        yield url


def test_the_first_evening(page: Page, address: str) -> None:
    make_a_plan(page, address)
    study(page)
    practise(page)
    ask(page)
    change_the_plan(page)
    take_everything_along(page)


def see(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_text(text).first).to_be_visible()


def make_a_plan(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Make my plan").click()
    see(page, "at 6 h a week you finish on")
    wait_until_drawn(page, "Today")


def study(page: Page) -> None:
    page.get_by_role("button", name="Start reading").click()
    wait_until_drawn(page, FIRST_TOPIC)
    expect(page.get_by_role("heading", name="In one sentence")).to_be_visible()
    go_to(page, "Today")
    # So many minutes have their best use on any day of the week.
    minutes = page.get_by_label("I only have so many minutes")
    minutes.fill("25")
    minutes.press("Enter")
    see(page, "25 min · the beginning of it")
    page.get_by_role("button", name="Done", exact=True).first.click()
    recorded = re.compile("^Last recorded: .*, done, 25 min")
    see(page, recorded)
    page.reload()
    see(page, recorded)


def practise(page: Page) -> None:
    go_to(page, "Practise")
    page.get_by_role("button", name="Start").click()
    see(page, re.compile("^Question 1 of"))
    page.get_by_test_id("stRadioOption").first.click()
    page.get_by_role("button", name="Think so").click()
    expect(page.get_by_role("button", name="Next")).to_be_visible()
    page.get_by_role("button", name="Finish for now").click()
    see(page, re.compile("of 1 right"))


def ask(page: Page) -> None:
    go_to(page, "Chat")
    box = page.get_by_placeholder("Ask about the roadmap")
    box.fill(QUESTION)
    box.press("Enter")
    see(page, "statements supported · Confidence")
    wait_for_conversation(page, QUESTION)
    messages = page.get_by_test_id("stChatMessage")
    expect(messages.last).to_contain_text("A circuit breaker is a guard")

    # One click from the number to the passage.
    messages.last.get_by_role("link", name="Source 1 Circuit Breaker").first.click()
    see(page, "13. Resiliency Patterns › Circuit Breaker")
    marked = page.locator("span[style*='background-color'], span.stMarkdownColoredBackground")
    expect(marked.filter(has_text="A circuit breaker is a guard").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("13. Resiliency Patterns › Circuit Breaker")).to_have_count(0)
    page.get_by_text("Why this answer").click()
    see(page, f"Searched for: “{QUESTION}”")

    box.fill(FOLLOW_UP)
    box.press("Enter")
    expect(page.get_by_text("statements supported · Confidence")).to_have_count(2)
    expect(messages.last).to_contain_text("breaker")
    box.fill("How do I cook rice?")
    box.press("Enter")
    see(page, "Not covered by the roadmap")
    page.reload()
    expect(messages).to_have_count(6)


def change_the_plan(page: Page) -> None:
    go_to(page, "Plan")
    see(page, re.compile("^1 of .* sessions done"))
    page.get_by_role("button", name="Change").click()
    hours = page.get_by_label("Hours a week")
    hours.fill("9")
    hours.press("Enter")
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("button", name="Take it").click()
    see(page, "at 9 h a week you finish on")
    page.get_by_role("tab", name="Month").click()
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("tab", name="Month")).to_have_attribute("aria-selected", "true")
    see(page, "at 9 h a week you finish on")
    wait_until_drawn(page, "Plan")


def take_everything_along(page: Page) -> None:
    page.get_by_role("button", name="Calendar").click()
    events = Calendar.from_ical(downloaded(page, "Download .ics").path().read_bytes()).walk("VEVENT")
    assert len(events) > 100
    assert {str(event["STATUS"]) for event in events} <= {"CONFIRMED", "CANCELLED"}
    page.keyboard.press("Escape")
    assert "- [ ] " in downloaded(page, "Markdown").path().read_text(encoding="utf-8")
    go_to(page, "Settings")
    exported = downloaded(page, "Export everything").path().read_text(encoding="utf-8")
    assert QUESTION in exported
    assert isinstance(json.loads(exported), dict)
