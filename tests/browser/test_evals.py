"""The evals page and the report as one file, in a real browser, on a phone as well; neither asks for anything outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from evals.reporting.files import write_report
from tests.browser.conftest import downloaded, needs_chromium, serve
from tests.browser.views import PHONE, go_to
from tests.evals.reporting.samples import values

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the sample report."""
    directory = tmp_path_factory.mktemp("reports")
    write_report(directory / "latest.json", values())
    return directory


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, reports: Path) -> Iterator[str]:
    """The app of one learner; the page needs no index."""
    with serve(tmp_path_factory.mktemp("reader"), STUDY_EVALS_DIR=str(reports)) as url:
        yield url


def test_the_page_is_found_read_and_taken_along(page: Page, address: str, reports: Path) -> None:
    page.goto(address)
    go_to(page, "Evals")
    expect(page.get_by_text("2 of 3 limits are broken.")).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(2)
    page.get_by_role("tab", name="Worst cases").click()
    expect(page.get_by_text("broken promise", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("tab", name="Worst cases")).to_have_attribute("aria-selected", "true")
    assert downloaded(page, "HTML").path().read_bytes() == (reports / "latest.html").read_bytes()
    page.set_viewport_size(PHONE)
    page.get_by_role("tab", name="Modules").click()
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_is_one_file_that_fits_a_phone(browser: Browser, reports: Path, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    address = (reports / "latest.html").as_uri()
    page.goto(address)
    page.get_by_text("Reliability as a table").click()
    expect(page.get_by_role("columnheader", name="confidence")).to_be_visible()
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(19, 26, 26)")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert page.get_by_role("img").count() == 6
    assert asked == [address]
    assert said == []
    context.close()
