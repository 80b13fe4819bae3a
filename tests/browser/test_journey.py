"""The real pages in a real browser: a question, its cited answer, a reload, a conversation's end, and a plan."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from tests.conftest import REPOSITORY

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; install Debian's chromium package"),
]
# The background services would reach for hosts outside this machine.
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
START_TIMEOUT_S = 60
ANSWER_TIMEOUT_MS = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, real_home: Path) -> Iterator[str]:
    """The app served for one learner on the shared index."""
    home = tmp_path_factory.mktemp("learner")
    (home / "index").symlink_to(real_home / "index")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("STUDY_", "OPENAI_"))}
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=REPOSITORY,
        env={**environment, "STUDY_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_open(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_until_open(port: int) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("the app did not open its port")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page that remembers every host it asked."""
    requested: list[str] = []

    def remember(request: Request) -> None:
        requested.append(request.url)

    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.on("request", remember)
    yield page
    page.close()
    outside = [url for url in requested if urlsplit(url).scheme in {"http", "ws"} and "127.0.0.1" not in url]
    outside += [url for url in requested if urlsplit(url).scheme in {"https", "wss"}]
    assert outside == []


def test_question_answer_reload_and_plan(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name="Chat")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    box = page.get_by_placeholder("Ask about the roadmap")
    box.fill("What is a circuit breaker?")
    box.press("Enter")
    expect(page.get_by_text("statements supported · Confidence")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    answer = page.get_by_test_id("stChatMessage").last
    expect(answer).to_contain_text("A circuit breaker is a guard")
    expect(answer).to_contain_text("[1]")

    page.get_by_role("button", name="1 · Circuit Breaker").click()
    expect(page.get_by_text("13. Resiliency Patterns › Circuit Breaker").first).to_be_visible()
    marked = page.locator("span[style*='background-color'], span.stMarkdownColoredBackground")
    expect(marked.first).to_contain_text("A circuit breaker is a guard")
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

    page.get_by_role("link", name="Plan").click()
    page.get_by_role("button", name="Make a plan").click()
    expect(page.get_by_text("at 6 h a week you finish on")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    expect(page.get_by_role("heading", name="Timeline")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as Markdown").click()
    assert "- [ ] " in Path(download.value.path()).read_text(encoding="utf-8")
