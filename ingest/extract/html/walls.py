"""Pages that answer with something else than what was asked for.

Owns: recognising bot walls, login pages, soft 404s, parked domains, cookie walls and pages that scripts must fill.
Refuses: anything about their content. Each judgement is a pure function of a ``Page``.

Every one also asks how much text there is: an article about CAPTCHAs says the same words as a CAPTCHA, but at length.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.sentences import split_sentences
from ingest.extract.html import phrases
from ingest.extract.html.facts import Page

_SHORT, _MEDIUM, _LONG = 120, 250, 600  # words
_CONSENT_SHARE = 0.5
_SHELL_WORDS = 60
_BARE_WORDS = 15
_MIN_WORDS = 20


def judge(page: Page) -> str | None:
    """The reason not to index this page, or None; the first that holds is the one that explains it best."""
    return next((reason for reason, holds in JUDGEMENTS if holds(page)), None)


def is_bot_wall(page: Page) -> bool:
    """A CAPTCHA, a browser check, or a block."""
    if page.visible_words > _MEDIUM:
        return False
    if phrases.BOT_TITLE.match(page.title) or phrases.BOT_TITLE.match(page.heading):
        return True
    if page.visible_words < _SHORT and any(mark in page.source for mark in phrases.CHALLENGE_MARKS):
        return True
    return bool(phrases.BOT_WORDS.search(page.visible)) and any(
        mark in page.source for mark in (*phrases.CHALLENGE_MARKS, *phrases.CAPTCHA_MARKS)
    )


def is_login(page: Page) -> bool:
    """A form to sign in where an article should be."""
    if page.words > _SHORT or page.visible_words > _MEDIUM:
        return False
    titled = bool(phrases.LOGIN_TITLE.match(page.title) or phrases.LOGIN_TITLE.match(page.heading))
    asks = bool(phrases.LOGIN_WORDS.search(page.visible))
    return (titled and (asks or page.password_fields > 0)) or (page.password_fields > 0 and asks)


def is_soft_404(page: Page) -> bool:
    """A page that says it is not there, sent as if it were."""
    if page.words > _SHORT:
        return False
    titled = bool(phrases.NOT_FOUND_TITLE.match(page.title) or phrases.NOT_FOUND_TITLE.match(page.heading))
    return titled and bool(phrases.NOT_FOUND_WORDS.search(f"{page.title} {page.visible}"))


def is_parked(page: Page) -> bool:
    """A domain for sale, or a server nobody has set up."""
    if page.visible_words > _MEDIUM:
        return False
    return bool(phrases.PARKED_WORDS.search(f"{page.title}. {page.visible}")) or (
        page.visible_words < _SHORT and any(host in page.source for host in phrases.PARKING_MARKS)
    )


def is_cookie_wall(page: Page) -> bool:
    """Consent text where an article should be; a banner above an article is not one."""
    text = page.text or page.visible
    if page.words > _LONG or not phrases.COOKIE.search(text):
        return False
    sentences = [sentence for line in text.split("\n") for sentence in split_sentences(line)]
    about = sum(len(sentence) for sentence in sentences if phrases.CONSENT_WORDS.search(sentence))
    return about >= _CONSENT_SHARE * len(text)


def needs_javascript(page: Page) -> bool:
    """A shell that scripts fill in the browser."""
    if page.words >= _SHELL_WORDS or page.visible_words >= _SHELL_WORDS or not page.scripts:
        return False
    if phrases.JAVASCRIPT_WORDS.search(page.visible):
        return True
    # Alone, neither proves it: "enable JavaScript to see the comments" stands below many an article.
    empty = page.mounts > 0 or page.visible_words < _BARE_WORDS
    return page.words < _MIN_WORDS and (empty or bool(phrases.JAVASCRIPT_WORDS.search(page.without_scripts)))


def is_too_little(page: Page) -> bool:
    """A caption, a redirect notice, a menu."""
    return page.words < _MIN_WORDS


JUDGEMENTS: tuple[tuple[str, Callable[[Page], bool]], ...] = (
    ("bot wall", is_bot_wall),
    ("login page", is_login),
    ("soft 404", is_soft_404),
    ("parked page", is_parked),
    ("cookie wall", is_cookie_wall),
    ("needs JavaScript", needs_javascript),
    ("too little text", is_too_little),
)
