"""The first page does not wait for the embedding model: it is drawn while the model's file is still being read."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import START_TIMEOUT_S, needs_chromium, serve
from tests.browser.views import wait_until_drawn

pytestmark = needs_chromium


def put_off(built: Path, home: Path) -> Path:
    """A home whose model is a pipe, so that loading it waits until somebody opens the other end; returns the model."""
    (home / "index").symlink_to(built / "index")
    shutil.copytree(built / "models", home / "models")
    (model,) = (home / "models").rglob("model.xml")
    model.rename(home / "model")
    os.mkfifo(home / "pipe")
    os.link(home / "pipe", model)
    return model


def let_go(home: Path, model: Path) -> None:
    """Put the model back, and end the wait of whoever loads it, once somebody does."""
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        try:
            writer = os.open(home / "pipe", os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody waits yet
            time.sleep(0.1)
        else:
            (home / "model").replace(model)
            os.close(writer)
            return
    raise AssertionError("nobody loaded the model")


def test_today_is_drawn_while_the_model_loads(page: Page, tmp_path: Path, real_home: Path) -> None:
    model = put_off(real_home, tmp_path)
    with serve(tmp_path) as address:
        page.goto(address)
        wait_until_drawn(page, "Today")
        page.get_by_role("button", name="Make my plan").click()
        expect(page.get_by_role("button", name="Start reading")).to_be_visible()

        let_go(tmp_path, model)
        page.get_by_role("link", name="Chat", exact=True).click()
        box = page.get_by_placeholder("Ask about the roadmap")
        box.fill("What is a circuit breaker?")
        box.press("Enter")
        answer = page.get_by_test_id("stChatMessage").last
        expect(answer).to_contain_text("A circuit breaker is a guard")
