"""The sources page in a real browser: a PDF is uploaded, watched, cited in an answer, left out, and removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from tests.browser.conftest import needs_chromium, serve, wait_for_conversation

pytestmark = needs_chromium
INGEST_TIMEOUT_MS = 180_000
QUESTION = "When does the Zephyr circuit breaker open?"


@pytest.fixture
def address(own_home: Path) -> Iterator[str]:
    with serve(own_home) as url:
        yield url


def write_pdf(path: Path) -> Path:
    sentences = (
        "The Zephyr circuit breaker opens after seven failed calls within forty seconds.",
        "While it is open, the gateway answers with the cached price list and marks it as stale.",
    )
    style = getSampleStyleSheet()["BodyText"]
    SimpleDocTemplate(str(path), title="Zephyr Runbook").build([Paragraph(sentence, style) for sentence in sentences])
    return path


def test_uploaded_pdf_is_cited_left_out_and_removed(page: Page, address: str, tmp_path: Path, own_home: Path) -> None:
    page.goto(f"{address}/sources")
    expect(page.get_by_text("Nothing of your own yet.")).to_be_visible()
    page.locator("input[type=file]").set_input_files(write_pdf(tmp_path / "zephyr-runbook.pdf"))
    page.get_by_role("button", name="Add 1 file").click()
    expect(page.get_by_text("This goes on when you leave the page.")).to_be_visible()

    # The run outlives the page that began it.
    page.get_by_role("link", name="Chat").click()
    expect(page.get_by_role("heading", name="Chat")).to_be_visible()
    page.get_by_role("link", name="Sources").click()
    expect(page.get_by_text("Done: 1 indexed.")).to_be_visible(timeout=INGEST_TIMEOUT_MS)
    expect(page.get_by_text("zephyr-runbook.pdf · indexed 1 chunk")).to_be_visible()
    expect(page.get_by_role("heading", name="What you added")).to_be_visible()

    page.get_by_role("link", name="Chat").click()
    box = page.get_by_placeholder("Ask about the roadmap")
    box.fill(QUESTION)
    box.press("Enter")
    expect(page.get_by_text("statements supported")).to_be_visible()
    answer = page.get_by_test_id("stChatMessage").last
    expect(answer).to_contain_text("opens after seven failed calls within forty seconds. 1")
    wait_for_conversation(page, QUESTION)
    answer.get_by_role("button", name="Source 1 Zephyr Runbook").click()
    expect(page.get_by_text("Your file zephyr-runbook.pdf")).to_be_visible()

    # Left out, it is not cited, and the choice outlives a reload.
    page.get_by_text("Roadmap only").click()
    page.wait_for_url("**roadmap_only=true**")
    page.reload()
    expect(page.get_by_role("switch", name="Roadmap only")).to_be_checked()
    box.fill(QUESTION)
    box.press("Enter")
    expect(page.get_by_test_id("stChatMessage")).to_have_count(4)
    expect(page.get_by_text("Reading the notes")).to_have_count(0)
    expect(page.get_by_test_id("stChatMessage").last).not_to_contain_text("seven failed calls")

    page.get_by_role("link", name="Sources").click()
    table = page.get_by_test_id("stDataFrame")
    expect(table.locator("canvas").first).to_be_visible()
    table.click(position={"x": 16, "y": 52})  # the box in front of the first row
    page.get_by_role("button", name="Remove …").click()
    expect(page.get_by_text("zephyr-runbook.pdf: the uploaded copy is deleted")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("Nothing of your own yet.")).to_be_visible(timeout=INGEST_TIMEOUT_MS)
    assert list((own_home / "uploads").iterdir()) == []
