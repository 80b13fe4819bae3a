"""A real Chromium and the real app on a port of its own; nothing may leave this machine."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Download, Page, Request, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.conftest import REPOSITORY

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; install Debian's chromium package"),
]
# The background services would reach for hosts outside this machine.
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
START_TIMEOUT_S = 60
PATIENCE_MS = 60_000
"""How long a machine that runs other tests beside these may take for one step."""
expect.set_options(timeout=PATIENCE_MS)
CLICKS = 3


def wait_until_quiet(page: Page) -> None:
    """Until no run goes on, and nothing is left, faded, from the one before."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    faded = page.locator("[data-stale='true'], [data-testid='stSkeleton']")
    expect(faded).to_have_count(0)


def downloaded(page: Page, button: str) -> Download:
    """The file that a button gives. A click that meets a page in the middle of a drawing is lost, and made again."""
    for _ in range(CLICKS):
        wait_until_quiet(page)
        with contextlib.suppress(PlaywrightTimeout), page.expect_download(timeout=PATIENCE_MS / CLICKS) as download:
            page.get_by_role("button", name=button).click()
            return download.value
    raise AssertionError(f"{button} gave no file")


def wait_for_conversation(page: Page, title: str) -> None:
    """Until a conversation that has just begun is drawn whole: once more, with its line in the sidebar."""
    expect(page.get_by_test_id("stSidebar").get_by_role("button", name=title)).to_be_visible()
    wait_until_quiet(page)


@contextmanager
def serve(home: Path, port: int | None = None, **more: str) -> Iterator[str]:
    """The app served from one home, with ``more`` in its environment; yields its address."""
    port = port or free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("STUDY_", "OPENAI_"))}
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=REPOSITORY,
        env={**environment, "STUDY_HOME": str(home), **more},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_open(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=START_TIMEOUT_S)


def free_port() -> int:
    """A port that nobody listens at now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
    """A fresh page for one test."""
    with watched(browser) as page:
        yield page


@contextmanager
def watched(browser: Browser) -> Iterator[Page]:
    """A fresh page that remembers every host it asked; at its end, only this machine may be among them."""
    requested: list[str] = []

    def remember(request: Request) -> None:
        requested.append(request.url)

    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.set_default_timeout(PATIENCE_MS)
    page.on("request", remember)
    yield page
    page.close()
    outside = [url for url in requested if urlsplit(url).scheme in {"http", "ws"} and "127.0.0.1" not in url]
    outside += [url for url in requested if urlsplit(url).scheme in {"https", "wss"}]
    assert outside == []
