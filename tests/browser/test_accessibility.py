"""Every page can be used by everybody: axe finds nothing serious, in both themes, and nothing scrolls sideways on a phone.

Each page is looked at twice: wide and light, then narrow and dark. What depends on colour and what depends on width
do not depend on each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from evals.reporting.files import write_report
from tests.browser.accessibility import violations
from tests.browser.conftest import needs_chromium, serve, watched
from tests.browser.lived import lived_home
from tests.browser.views import PHONE, VIEWS, WIDE, View, is_too_wide, open_view, wait_until_drawn
from tests.evals.reporting.samples import values

pytestmark = needs_chromium

EMPTY_VIEWS = tuple(
    view for view in VIEWS if view.name in {"today", "chat", "plan-timeline", "practise", "evals", "sources"}
)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, real_home: Path) -> Iterator[str]:
    """The app of somebody who has used it for two weeks, with a report of the evals."""
    home = lived_home(real_home, tmp_path_factory.mktemp("lived") / "home")
    reports = tmp_path_factory.mktemp("reports")
    write_report(reports / "latest.json", values())
    with serve(home, STUDY_EVALS_DIR=str(reports)) as url:
        yield url


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app of somebody who has just installed it, without even an index."""
    with serve(tmp_path_factory.mktemp("empty"), STUDY_EVALS_DIR=str(tmp_path_factory.mktemp("no-reports"))) as url:
        yield url


@pytest.fixture(scope="module")
def screen(browser: Browser) -> Iterator[Page]:
    """One window for all pages, so that a page costs a second and not three."""
    with watched(browser) as page:
        yield page


@pytest.mark.parametrize("view", VIEWS, ids=[view.name for view in VIEWS])
def test_pages_with_something_on_them(screen: Page, lived: str, view: View, tmp_path: Path) -> None:
    look(screen, lived, view, tmp_path)


@pytest.mark.parametrize("view", EMPTY_VIEWS, ids=[view.name for view in EMPTY_VIEWS])
def test_pages_with_nothing_on_them(screen: Page, empty: str, view: View, tmp_path: Path) -> None:
    look(screen, empty, view, tmp_path)


def test_a_page_that_cannot_be_read_is_found(screen: Page, empty: str) -> None:
    open_view(screen, empty, VIEWS[0])
    screen.evaluate(
        "document.querySelector('h1').innerHTML = '<span style=\"color: #ddd; background: #fff\">Today</span>'"
    )
    screen.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<input id=\"nameless\">')")
    screen.evaluate("document.querySelector('h1').style.width = '2000px'")
    found = {line.split(" ", 1)[0] for line in violations(screen)}
    assert {"color-contrast", "label"} <= found
    assert is_too_wide(screen)


def look(page: Page, app: str, view: View, folder: Path) -> None:
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    open_view(page, app, view)
    page.screenshot(path=folder / f"{view.name}-light.png")
    found = [f"light: {line}" for line in violations(page)]
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(19, 26, 26)")
    wait_until_drawn(page, view.heading)
    page.screenshot(path=folder / f"{view.name}-dark-phone.png")
    found += [f"dark, phone: {line}" for line in violations(page)]
    assert found == []
    assert not is_too_wide(page)
