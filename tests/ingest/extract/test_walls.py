from __future__ import annotations

import pytest

from ingest.extract.html.facts import Page
from ingest.extract.html.walls import (
    is_bot_wall,
    is_cookie_wall,
    is_login,
    is_parked,
    is_soft_404,
    is_too_little,
    judge,
    needs_javascript,
)
from tests.ingest.extract import pages
from tests.ingest.extract.makers import PROSE, page, refusal, sections


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("CLOUDFLARE", "bot wall"),
        ("CLOUDFLARE_BLOCK", "bot wall"),
        ("SORRY", "bot wall"),
        ("DATADOME", "bot wall"),
        ("ACCESS_DENIED", "bot wall"),
        ("PRESS_AND_HOLD", "bot wall"),
        ("LOGIN", "login page"),
        ("SSO", "login page"),
        ("MEMBERS", "login page"),
        ("SOFT_404", "soft 404"),
        ("SOFT_404_JOKE", "soft 404"),
        ("SOFT_404_REPOSITORY", "soft 404"),
        ("PARKED", "parked page"),
        ("PARKED_SCRIPT", "parked page"),
        ("NGINX", "parked page"),
        ("COOKIES", "cookie wall"),
        ("REACT", "needs JavaScript"),
        ("NEXT", "needs JavaScript"),
        ("SPINNER", "needs JavaScript"),
        ("NEEDS_JS", "needs JavaScript"),
        ("SHORT", "too little text"),
    ],
)
def test_pages_that_are_never_embedded(name: str, reason: str) -> None:
    assert refusal(getattr(pages, name), "https://example.org/page", "text/html") == f"skipped: {reason}"


@pytest.mark.parametrize(
    "name",
    ["ABOUT_CAPTCHAS", "ABOUT_404", "ABOUT_LOGINS", "ABOUT_COOKIES", "WITH_BANNER", "WITH_SCRIPTS", "SHORT_ENTRY"],
)
def test_articles_that_use_the_same_words(name: str) -> None:
    assert refusal(getattr(pages, name), "https://example.org/page", "text/html") == ""


def test_a_banner_is_not_part_of_the_article() -> None:
    assert sections(pages.WITH_BANNER, "a.html") == [("Scheduling", PROSE)]


def facts(text: str, title: str = "", **more: int | str) -> Page:
    values: dict[str, int | str] = {"heading": "", "visible": text, "text": text, **more}
    return Page(title=title, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("judgement", "holds", "fails"),
    [
        (is_bot_wall, facts("Please wait", "Just a moment..."), facts(PROSE * 5, "Just a moment...")),
        (is_bot_wall, facts("Hi", source="window._cf_chl_opt"), facts(PROSE * 3, source="window._cf_chl_opt")),
        (is_bot_wall, facts("Are you a robot?", source="g-recaptcha"), facts("Write to us.", source="g-recaptcha")),
        (is_login, facts("Forgot password?", password_fields=1), facts("Forgot password?")),
        (is_login, facts("Remember me", "Log in"), facts(PROSE * 3 + "Remember me", "Log in")),
        (is_soft_404, facts("We could not find that page.", "404"), facts("We could not find that page.", "Home")),
        (is_soft_404, facts("It was removed: page not found", "Page not found"), facts(PROSE * 3, "Page not found")),
        (is_parked, facts("This domain name is for sale."), facts(PROSE * 6 + "This domain name is for sale.")),
        (is_cookie_wall, facts("We use cookies. You consent."), facts(f"We use cookies. {PROSE}")),
        (needs_javascript, facts("Loading", scripts=1), facts("Loading")),
        (
            needs_javascript,
            facts("Enable JavaScript please", scripts=1),
            facts(PROSE * 2 + "Enable JavaScript", scripts=1),
        ),
        (is_too_little, facts("Moved."), facts(PROSE)),
    ],
)
def test_each_judgement_needs_its_evidence_and_little_text(judgement: object, holds: Page, fails: Page) -> None:
    assert callable(judgement)
    assert judgement(holds) is True
    assert judgement(fails) is False


def test_an_article_is_nothing_of_it() -> None:
    assert judge(facts(PROSE, "Scheduling")) is None


def test_walls_are_judged_for_pages_only() -> None:
    assert refusal("# Page not found\n\nWhat a 404 means.", "note.md") == ""
    assert refusal(page("<p>Short.</p>"), "a.html") == "skipped: too little text"
