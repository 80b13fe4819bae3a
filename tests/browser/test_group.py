"""Several browsers and tabs on one process of the app: nothing is mixed, nothing doubled, and a restart loses nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE_MS, needs_chromium, serve, wait_for_conversation
from tests.browser.views import go_to
from tests.homes import borrow

pytestmark = needs_chromium

QUESTION = "What is a circuit breaker?"
NOT_YET = "Make my plan"
RECORDED = re.compile("^Last recorded: ")


@pytest.fixture
def home(tmp_path: Path, real_home: Path) -> Path:
    return borrow(real_home, tmp_path)


@contextmanager
def browsers(browser: Browser, count: int) -> Iterator[list[Page]]:
    """A page in each of so many browsers that know nothing of each other."""
    contexts = [browser.new_context() for _ in range(count)]
    for context in contexts:
        context.set_default_timeout(PATIENCE_MS)
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def no_conversation(page: Page) -> None:
    expect(page.get_by_test_id("stSidebar").get_by_role("button", name=QUESTION)).to_have_count(0)
    expect(page.get_by_test_id("stChatMessage")).to_have_count(0)


def ask(page: Page, question: str) -> None:
    box = page.get_by_role("textbox", name="Ask about the roadmap")
    box.fill(question)
    box.press("Enter")
    wait_for_conversation(page, question)


def visible(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_text(text).first).to_be_visible()


def offered(page: Page, button: str, times: int = 1) -> None:
    expect(page.get_by_role("button", name=button, exact=True)).to_have_count(times)


def test_two_learners_in_two_browsers_and_a_restart(browser: Browser, home: Path) -> None:
    with serve(home) as address, browsers(browser, 2) as (ada, ben):
        ada.goto(f"{address}/?learner=Ada")
        ada.get_by_role("button", name=NOT_YET).click()
        ada.get_by_role("button", name="Done", exact=True).first.click()
        visible(ada, RECORDED)
        go_to(ada, "Chat")
        ask(ada, QUESTION)
        go_to(ada, "Practise")
        offered(ada, "Start")

        ben.goto(address)
        offered(ben, NOT_YET)
        visible(ben, "Studying as me")
        go_to(ben, "Chat")
        no_conversation(ben)
        go_to(ben, "Practise")
        visible(ben, "Nothing to practise yet")

        # All the way through the menu the tab stayed hers, and a reload keeps it.
        assert "learner=Ada" in ada.url
        ada.reload()
        visible(ada, "Studying as Ada")
        go_to(ada, "Today")
        visible(ada, RECORDED)

    with serve(home) as address, browsers(browser, 2) as (ada, ben):
        ada.goto(f"{address}/?learner=ada")
        visible(ada, RECORDED)
        visible(ada, "Studying as Ada")
        go_to(ada, "Chat")
        wait_for_conversation(ada, QUESTION)
        ben.goto(address)
        offered(ben, NOT_YET)


def test_two_tabs_of_one_learner_see_each_other_and_count_once(browser: Browser, home: Path) -> None:
    with serve(home) as address, browsers(browser, 1) as (first,):
        first.goto(address)
        first.get_by_role("button", name=NOT_YET).click()
        # Not before the plan is kept: a tab that is drawn without one stays so until something happens in it.
        expect(first.get_by_role("button", name="Done", exact=True).first).to_be_visible()
        second = first.context.new_page()
        second.goto(address)
        done = second.get_by_role("button", name="Done", exact=True).first
        expect(done).to_be_visible()

        first.get_by_role("button", name="Done", exact=True).first.click()
        visible(first, RECORDED)
        done.click()
        visible(second, "That session was recorded already")
        visible(second, RECORDED)
        for page in (first, second):
            go_to(page, "Plan")
            visible(page, re.compile("^1 of .* sessions done"))


def test_a_tab_can_be_handed_over(browser: Browser, home: Path) -> None:
    with serve(home) as address, browsers(browser, 1) as (page,):
        page.goto(f"{address}/settings")
        box = page.get_by_role("combobox", name="Learner")
        box.fill("Ada")
        box.press("Enter")
        offered(page, "Always open for Ada")
        assert "learner=Ada" in page.url
        go_to(page, "Chat")
        ask(page, QUESTION)
        go_to(page, "Settings")
        # Drawn for her first: without it, the button that goes could be one that has not come yet.
        offered(page, "Always open for Ada")
        box = page.get_by_role("combobox", name="Learner")
        box.fill("me")
        box.press("Enter")
        expect(page).not_to_have_url(re.compile("learner="))
        offered(page, "Always open for Ada", 0)
        go_to(page, "Chat")
        no_conversation(page)
        assert "learner" not in page.url
