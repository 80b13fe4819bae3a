"""Pictures of every page: ``python -m tests.browser.screenshots`` writes those of the README to ``.github``.

Owns: which pages, how wide and how high. Refuses: making anything up: the pages are those of a learner who has lived
with the app for two weeks (``lived.py``), on the index of ``STUDY_HOME`` and the last report of the evals.
``python -m tests.browser.screenshots FOLDER`` writes every page, light, dark and on a phone, for looking at.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from assistant.eval_report import reports_dir
from assistant.settings import load_settings
from tests.browser.conftest import CHROMIUM, CHROMIUM_FLAGS, serve
from tests.browser.lived import lived_home
from tests.browser.views import PHONE, VIEWS, WIDE, open_view
from tests.conftest import REPOSITORY

_COLORS = 128
_SETTLE_MS = 400
_TALLEST = 3000


@dataclass(frozen=True, slots=True)
class Picture:
    """A view as the README shows it, ``height`` pixels of it, after a click on the link ``opened``."""

    view: str
    height: int
    opened: str = ""


README = (
    Picture("today", 860),
    Picture("chat", 900, "Source 1 Circuit Breaker"),
    Picture("plan-timeline", 760),
    Picture("plan-week", 900),
    Picture("practise", 760),
    Picture("question", 540),
    Picture("roadmap", 700),
    Picture("topic", 760),
    Picture("placement", 610),
    Picture("links", 700),
    Picture("evals", 900),
    Picture("settings", 760),
)
_FILES = {"plan-timeline": "plan", "links": "sources"}


def main(arguments: Sequence[str]) -> None:
    """Take the README's pictures, or all of them into a folder."""
    with _app() as app, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        if arguments:
            _take_all(chromium, app, Path(arguments[0]))
        else:
            _take_those_of_the_readme(chromium, app)
        chromium.close()


@contextmanager
def _app() -> Iterator[str]:
    settings = load_settings()
    with tempfile.TemporaryDirectory() as folder:
        home = lived_home(settings.home, Path(folder) / "home")
        with serve(home, STUDY_EVALS_DIR=str(reports_dir(settings))) as url:
            yield url


def _take_those_of_the_readme(chromium: Browser, app: str) -> None:
    for picture in README:
        file = REPOSITORY / ".github" / f"{_FILES.get(picture.view, picture.view)}.png"
        _take(
            chromium,
            app,
            picture.view,
            {"width": WIDE["width"], "height": picture.height},
            "light",
            file,
            picture.opened,
        )
        # A page has few colours; so many are enough, and the file is a third of the size.
        with Image.open(file) as image:
            image.convert("RGB").quantize(_COLORS).save(file, optimize=True)


def _take_all(chromium: Browser, app: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for view in VIEWS:
        for name, size, scheme in (("light", WIDE, "light"), ("dark", WIDE, "dark"), ("phone", PHONE, "light")):
            _take(chromium, app, view.name, size, scheme, folder / f"{view.name}-{name}.png", whole=True)


def _take(
    chromium: Browser,
    app: str,
    name: str,
    size: ViewportSize,
    scheme: str,
    file: Path,
    opened: str = "",
    *,
    whole: bool = False,
) -> None:
    view = next(each for each in VIEWS if each.name == name)
    page = chromium.new_page(viewport=size, color_scheme="dark" if scheme == "dark" else "light")
    open_view(page, app, view)
    if opened:
        page.get_by_role("link", name=opened).first.click()
    if whole:
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": min(height, _TALLEST)})
    page.wait_for_timeout(_SETTLE_MS)
    page.screenshot(path=file)
    page.close()


if __name__ == "__main__":
    os.chdir(REPOSITORY)
    main(sys.argv[1:])
